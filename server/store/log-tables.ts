import type { AlertLevel } from '#shared/event/alert.ts';
import type { LoggedEvent, Seen } from '#shared/event/envelope.ts';
import type { CrewId, DeviceId, EventId, OrderId, PersonId, Subject, UnitId, WriterId } from '#shared/ids.ts';
import type { Order } from '#shared/order/order.ts';
import type { NextLook } from '#shared/sla/next-look.ts';
import type { HeldCode } from '#shared/sync/protocol.ts';

import type { PlacedEvent } from './insert-event.ts';
import type { redaction } from './schema-redaction.ts';
import type { crew, crewPast, device, deviceCrew, orderRow, pack, person, receipt, scope, unit } from './schema.ts';

/**
 * The rows that a transaction on the log reads and changes, each at once; includes what it has changed so far. Whoever
 * works through this says nothing about where they lie: SQLite answers from the database, PostgreSQL from what it read
 * before (`postgres/known.ts`), and writes the changes afterwards.
 */
export type LogTables = {
  /** Runs `work`; if it throws, only its own changes are undone. */
  readonly part: (work: () => void) => void;
  readonly events: EventTable;
  readonly orders: OrderTable;
  readonly scopes: ScopeTable;
  readonly organisation: OrganisationTables;
  readonly alerts: AlertTables;
  readonly redactions: RedactionTable;
};

export type EventTable = {
  readonly withNumber: (writer: WriterId, n: number) => { readonly q: number; readonly hash: string } | null;
  /** When the event at this position was received. */
  readonly receivedAt: (q: number) => number | null;
  readonly insert: (placed: PlacedEvent) => void;
  /** Everything about a subject, q ascending. */
  readonly of: (subject: Subject) => readonly LoggedEvent[];
  /** Puts `text` in the place of an event's own, and nothing in the place of what quarantine keeps of it; hash and chain stay. */
  readonly erase: (event: { readonly q: number; readonly hash: string; readonly text: string }) => void;
  /** The highest number of a writer in the log, 0: none. */
  readonly lastN: (writer: WriterId) => number;
  readonly putLastN: (writer: WriterId, lastN: number) => void;
  /** From this number on the writer's events are held; null: it is not forked. */
  readonly forkedN: (writer: WriterId) => number | null;
  readonly putForkedN: (writer: WriterId, forkedN: number) => void;
  /** Moves the mark up to which everything of this writer is in log or quarantine. */
  readonly advance: (writer: WriterId) => void;
  /** Keeps a request's raw readings; gives their number. */
  readonly keepReceipt: (row: Omit<typeof receipt.$inferSelect, 'id'>) => number;
  /** Takes custody of what may not enter the log; the same bytes again get the same number. */
  readonly hold: (held: Held, rcv: number) => number;
  /** What was held has entered the log after all: the event of this hash, whoever brought it. */
  readonly release: (placed: Numbered & { readonly q: number }) => void;
  /** The same for what was held under this hash, and has come back under another name. */
  readonly releaseFork: (placed: { readonly device: DeviceId; readonly hash: string; readonly q: number }) => void;
  /** What was held under hash `was` is held under another name and hash now: both enter the log together. */
  readonly followFork: (of: { readonly device: DeviceId; readonly was: string; readonly hash: string }) => void;
  /** Is anything of these writers held, or lies any of these hashes in quarantine? May say yes where nothing is. */
  readonly anyHeld: (of: {
    readonly writers: readonly WriterId[];
    readonly hashes: readonly string[];
    readonly subjects: readonly Subject[];
  }) => boolean;
  /** Has anything about it entered the log from quarantine? */
  readonly letIn: (subject: Subject) => boolean;
  /** Is another event held under this number, one that might enter the log some day? */
  readonly heldOther: (made: Numbered) => boolean;
  /** Why it may not enter the log now. */
  readonly setHeldCode: (id: number, code: HeldCode) => void;
  /** The readings that came with a request. */
  readonly receiptOf: (id: number) => Omit<typeof receipt.$inferSelect, 'id'> | null;
  /**
   * Up to where another history is the present one too; null: it is the present one, or this server was never restored.
   * One that is unknown here began behind the copy it was restored from.
   */
  readonly sharedUpTo: (epoch: string) => number | null;
};

/**
 * `writer` null: nobody could say which it is of. `gathering`: nothing is wrong with it, it waits for its turn after a
 * restore. `hash`, `subject`: of what could be read as an event. `receipt`: number of the readings that came with it.
 * `lay`: where it was in an earlier history of the log.
 */
export type Held = {
  readonly device: DeviceId;
  readonly writer: WriterId | null;
  readonly n: number;
  readonly code: HeldCode | 'gathering';
  readonly raw: string;
  readonly hash: string | null;
  readonly subject: Subject | null;
  readonly receipt: number | null;
  readonly lay: Seen | null;
};

/** An event under its number, as two outboxes may both have given it out. */
type Numbered = { readonly writer: WriterId; readonly n: number; readonly hash: string };

export type OrderRow = typeof orderRow.$inferSelect;
/** What an order's events decide, as often as they do. */
export type OrderValues = Omit<OrderRow, 'sourceSystem' | 'sourceKey'>;

export type OrderTable = {
  readonly get: (id: OrderId) => Pick<OrderRow, 'state' | 'history' | 'lastQ' | 'broken'> | null;
  readonly bySource: (system: string, key: string) => OrderId | null;
  readonly insert: (row: OrderRow) => void;
  /** `before`: what lies there. */
  readonly update: (row: OrderValues, before: Order) => void;
  readonly markBroken: (id: OrderId, broken: string) => void;
  /** An order that has news is looked at next. */
  readonly wake: (id: OrderId) => void;
};

/** Who may see a subject, from when to when. */
export type ScopeTable = {
  readonly open: (row: { readonly subject: Subject; readonly holder: string; readonly q: number }) => void;
  readonly close: (
    row: { readonly subject: Subject; readonly holder: string; readonly q: number } & Pick<
      typeof scope.$inferSelect,
      'why' | 'toCrew' | 'by' | 'reason'
    >,
  ) => void;
  /** An event about a subject that does not move its scope. */
  readonly touch: (subject: Subject, q: number) => void;
  /** Why it was taken away at `q`, in other words. */
  readonly reword: (row: { readonly subject: Subject; readonly q: number; readonly reason: string }) => void;
  /** An archived subject leaves every view, also those it had left before. */
  readonly archive: (subject: Subject, q: number) => void;
};

export type Membership = Pick<typeof deviceCrew.$inferSelect, 'crew' | 'toQ'>;

export type OrganisationTables = {
  readonly exists: (subject: Subject) => boolean;
  /** The unit above; null: none, or there is no such unit. */
  readonly parentOf: (unit: UnitId) => UnitId | null;
  readonly unitOfCrew: (crew: CrewId) => UnitId | null;
  readonly unitOfPerson: (person: PersonId) => UnitId | null;
  /** The units a crew was in before it was moved. */
  readonly unitsBefore: (crew: CrewId) => readonly UnitId[];
  readonly device: (
    id: DeviceId,
  ) => Pick<typeof device.$inferSelect, 'unit' | 'person' | 'enrolledAt' | 'blocked' | 'was'> | null;
  readonly deviceOf: (writer: WriterId) => DeviceId | null;
  /** The devices that are in a crew now, by their names. */
  readonly devicesIn: (crew: CrewId) => readonly DeviceId[];
  /** Every crew the device ever joined, in the order it did. */
  readonly memberships: (of: DeviceId) => readonly Membership[];
  readonly addUnit: (row: typeof unit.$inferSelect) => void;
  readonly addCrew: (row: typeof crew.$inferSelect) => void;
  readonly renameUnit: (id: UnitId, name: string) => void;
  readonly renameCrew: (id: CrewId, name: string) => void;
  /** What it leaves is kept: until `toQ` it was in the unit it is in now. */
  readonly moveCrew: (left: Pick<typeof crewPast.$inferSelect, 'crew' | 'toQ' | 'toBy'>, unit: UnitId) => void;
  readonly addPerson: (row: typeof person.$inferSelect) => void;
  readonly addDevice: (row: typeof device.$inferSelect) => void;
  readonly addPack: (row: typeof pack.$inferSelect) => void;
  /** A name that is taken stays with its first device. */
  readonly addWriter: (name: WriterId, of: DeviceId) => void;
  readonly changeDevice: (
    id: DeviceId,
    set: { readonly blocked?: true; readonly lost?: boolean; readonly unit?: UnitId; readonly was?: DeviceId },
  ) => void;
  /** Wakes the clocks that wait for somebody who may be this device: it was declared lost, or found. */
  readonly wakeLost: (id: DeviceId) => void;
  readonly join: (row: Pick<typeof deviceCrew.$inferSelect, 'device' | 'crew' | 'fromQ' | 'fromAt'>) => void;
  readonly leave: (row: {
    readonly device: DeviceId;
    readonly crew: CrewId;
    readonly toQ: number;
    readonly toBy: PersonId | null;
  }) => void;
};

/** Once a device was in a crew: from when, until which position, and up to when it has been heard (server time, ms). */
export type Member = {
  readonly device: DeviceId;
  readonly fromAt: number;
  readonly toQ: number | null;
  readonly heard: number;
  readonly lost: boolean;
};

export type AlertKey = {
  readonly order: OrderId;
  readonly rule: string;
  readonly level: AlertLevel;
  readonly epoch: number;
};

export type AlertTables = {
  readonly isRaised: (key: AlertKey) => boolean;
  readonly keepRaised: (key: AlertKey, alert: EventId) => void;
  readonly lookAgain: (id: OrderId, next: NextLook) => void;
  readonly lookNoMore: (id: OrderId) => void;
  readonly everInCrew: (crew: CrewId) => readonly Member[];
};

export type RedactionRow = typeof redaction.$inferSelect;

export type RedactionTable = {
  /** Of the event that came with this hash. */
  readonly get: (hash: string) => RedactionRow | null;
  /** May there be one of any of these? Asked once for all of a push. */
  readonly any: (hashes: readonly string[]) => boolean;
  /** In the place of an earlier row of the same event. */
  readonly put: (row: RedactionRow) => void;
};
