import type { Draft, Kind } from '../event/catalog.ts';
import type { Recorded, Seen } from '../event/envelope.ts';
import type { CrewMade, PersonMade, ShiftStarted, UnitMade } from '../event/organisation.ts';
import type { CrewId, DeviceId, EventId, OrderId, PersonId, Subject, UnitId, WriterId } from '../ids.ts';
import type { Order } from '../order/order.ts';
import type { Activation } from '../sla/pack-for.ts';
import type { Drop, HeldCode } from '../sync/protocol.ts';
import type { ClockReading } from '../time/clock-reading.ts';

/** Where an event lies: only here, in the server's custody, in a verified backup too, or in the server's quarantine. */
export type Custody = 'here' | 'received' | 'settled' | 'held';

/** One event of an order's trace, in fold order. `own`: recorded on this device. */
export type TraceLine = {
  readonly recorded: Recorded;
  readonly id: EventId;
  readonly custody: Custody;
  readonly own: boolean;
};

/** An order as this device knows it. `drop`: it was taken away, and by whom; it stays readable. `unread`: news by others. */
export type OrderView = {
  readonly order: Order;
  readonly events: readonly TraceLine[];
  readonly drop: Drop | null;
  readonly unread: boolean;
};

export type Unit = UnitMade & { readonly id: UnitId };
/** `shift`: how the crew last began a shift; `at`: server time, ms. */
export type Crew = CrewMade & {
  readonly id: CrewId;
  readonly shift?: ShiftStarted & { readonly at: number; readonly by: PersonId | null };
};
export type Person = PersonMade & { readonly id: PersonId };

/**
 * One time a device was with a crew: from its first position (null: here alone, not in the log yet) until before `toQ`.
 * `fromAt`: estimate, ms.
 */
export type Membership = {
  readonly crew: CrewId;
  readonly fromQ: number | null;
  readonly fromAt: number;
  readonly toQ: number | null;
};

/** `writer`: what it is called. `crew`: the crew it is with now. `lost`: since then it is not waited for, if it is. */
export type Device = {
  readonly id: DeviceId;
  readonly writer: WriterId;
  readonly form: 'tablet' | 'desk' | 'process' | 'import';
  readonly unit: UnitId | null;
  readonly person: PersonId | null;
  readonly crew: CrewId | null;
  readonly memberships: readonly Membership[];
  readonly blocked: boolean;
  /** Numbers of its outboxes that came in a file, and who brought it; `at`: when, server time, ms. */
  readonly brought?: readonly {
    readonly writer: WriterId;
    readonly from: number;
    readonly to: number;
    readonly by: PersonId | null;
    readonly at: number;
  }[];
  readonly lost: { readonly at: number; readonly by: PersonId | null; readonly reason: string } | null;
  /** Since when a later outbox of it has another name: the one before was evicted, or copied. */
  readonly renamedAt?: number;
};

export type Organisation = {
  readonly units: ReadonlyMap<UnitId, Unit>;
  readonly crews: ReadonlyMap<CrewId, Crew>;
  readonly persons: ReadonlyMap<PersonId, Person>;
  readonly devices: ReadonlyMap<DeviceId, Device>;
  /** In log order: of those that fit a report, the last one holds. */
  readonly activations: readonly Activation[];
};

/** What a draft is about: an order, the one it begins, or something else that is there. */
export type About = OrderId | 'new' | Subject;

/** A first tap that waits for its second: what was read at that moment. `at`: server-corrected time of the tap, ms. */
export type OpenTap = {
  readonly id: string;
  readonly order: OrderId;
  readonly kind: Kind;
  readonly by: PersonId | null;
  readonly seen: Seen | null;
  readonly clock: ClockReading;
  readonly at: number;
};

/** One event still kept in the outbox. `since`: server-corrected time it was recorded, ms. `tries`: pushes that died with it. */
export type OutboxItem = {
  readonly id: EventId;
  readonly kind: string;
  readonly order: OrderId | null;
  readonly author: PersonId | null;
  readonly state: 'waiting' | 'parked' | 'received' | 'held';
  readonly custody: Custody;
  readonly heldCode: HeldCode | null;
  readonly tries: number;
  readonly since: number;
};

/**
 * What could not be stored, to be shown in full and read out over the radio. `order`: what it is about, if that is an
 * order that is there. `at`: server-corrected time of the tap.
 */
export type NotSaved = {
  readonly about: About;
  readonly order: OrderId | null;
  readonly draft: Draft;
  readonly at: number;
  readonly because: 'full' | 'failed';
};

/** Numbers of an earlier outbox on this device that were given out and are gone. `also`: those of other names it had. */
export type Lost = LostNumbers & { readonly also?: readonly LostNumbers[] | undefined };
type LostNumbers = { readonly writer: WriterId; readonly from: number; readonly to: number };

export type SyncState = 'idle' | 'going' | 'noNetwork' | 'captivePortal' | 'signInNeeded' | 'blocked' | 'serverBusy';

/** Times are server-corrected, ms. */
export type SyncStatus = {
  readonly state: SyncState;
  /** Events that only exist here, and the time of the oldest. */
  readonly waiting: number;
  readonly since: number | null;
  readonly held: number;
  readonly parked: number;
  readonly lastSuccessAt: number | null;
  readonly nextTryAt: number | null;
  /** Positions up to here are in a verified backup; null: the server has none set up. */
  readonly safe: number | null;
  readonly notSaved: NotSaved | null;
  readonly lost: Lost | null;
  /** The browser had emptied this device, so that nobody can say what was lost with its outbox. */
  readonly evicted: boolean;
  /** A pull of several pages is under way: orders that have come, and those that still come. */
  readonly pulling: { readonly have: number; readonly toCome: number } | null;
  /** Events the browser had thrown away, and the second copy brought back when this page opened. */
  readonly recovered: number;
  /** Whether the browser promised to keep what is stored here, and how full it is; null: not known. */
  readonly persisted: boolean | null;
  readonly storage: { readonly usedBytes: number; readonly quotaBytes: number } | null;
};
