import type { ReadonlySignal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

import type { MapList } from '#shared/api/maps.ts';
import type { OrderLog, SearchAnswer, SearchQuery } from '#shared/api/orders.ts';
import type { EquipmentAnswer } from '#shared/api/positions.ts';
import type { ProblemCode } from '#shared/api/problem.ts';
import type { Report, ReportQuery } from '#shared/api/report.ts';
import type { DemoAccounts, Session } from '#shared/api/session.ts';
import type { Unsent } from '#shared/engine/unsent.ts';
import type {
  About,
  NotSaved,
  OpenTap,
  OrderView,
  Organisation,
  OutboxItem,
  SyncStatus,
} from '#shared/engine/views.ts';
import type { Draft, Kind } from '#shared/event/catalog.ts';
import type { Point } from '#shared/event/parts.ts';
import type { EventId, OrderId, PersonId } from '#shared/ids.ts';
import type { Refusal } from '#shared/order/decide.ts';
import type { Result } from '#shared/result.ts';
import type { Live } from '#shared/sync/protocol.ts';

export type {
  About,
  Crew,
  Custody,
  Device,
  NotSaved,
  OpenTap,
  OrderView,
  Organisation,
  OutboxItem,
  SyncState,
  SyncStatus,
  TraceLine,
} from '#shared/engine/views.ts';

/** The device's own position. `at`: time of the fix, ms. `speed`: metres per second, where the device says it. */
export type Fix = Point & { readonly at: number; readonly speed?: number };

/** How full the battery is: `level` 0 … 1. */
export type Power = { readonly level: number; readonly charging: boolean };

/** A failed question to the server: its problem code, or it was not reached. */
export type Unanswered = ProblemCode | 'network';

/**
 * All that a screen may read and do. Signals are made from what is stored on this device and nothing else;
 * writing returns once it is stored.
 */
export type Client = {
  /** Who this device belongs to; stored, so it holds offline. Null: show enrol or sign-in. */
  readonly session: ReadonlySignal<Session | null>;
  readonly status: ReadonlySignal<SyncStatus>;
  /** Every order held here, also those taken away (`drop`). */
  readonly orders: ReadonlySignal<readonly OrderView[]>;
  readonly order: (id: OrderId) => ReadonlySignal<OrderView | null>;
  readonly org: ReadonlySignal<Organisation>;
  /** News that is not in the log, for the desk. */
  readonly live: ReadonlySignal<Live>;
  /** Server-corrected time, ms: each ten seconds; `seconds` each second, for as long as somebody shows it. */
  readonly now: ReadonlySignal<number>;
  readonly seconds: ReadonlySignal<number>;
  readonly taps: ReadonlySignal<readonly OpenTap[]>;
  /** What the outbox keeps, for the sync page; oldest first. */
  readonly outbox: ReadonlySignal<readonly OutboxItem[]>;

  /** Resolves after the strict outbox transaction (I7). 'notSaved': see `status.notSaved` for what to read out. */
  readonly submit: (about: About, draft: Draft, tap?: OpenTap) => Promise<Result<EventId, Refusal | 'notSaved'>>;
  /** Keeps a first tap with its clock reading until `submit` takes it or it is dropped; it survives a crash. */
  readonly openTap: (order: OrderId, kind: Kind) => Promise<Result<OpenTap, 'notSaved'>>;
  readonly dropTap: (tap: OpenTap) => Promise<void>;
  /** The person has read out or written down what could not be saved. */
  readonly dismissNotSaved: (notSaved: NotSaved) => void;
  readonly markRead: (order: OrderId) => Promise<void>;

  /** None of these ever erases the outbox (I19). */
  readonly signIn: (name: string, password: string) => Promise<Result<Session, Unanswered>>;
  readonly enrol: (code: string) => Promise<Result<Session, Unanswered>>;
  /** Of several who signed in on this tablet: this one works now. */
  readonly actAs: (person: PersonId) => Promise<boolean>;
  readonly signOut: () => Promise<void>;
  readonly syncNow: () => void;

  /** The read-only query API; roles of the desk. */
  readonly search: (query: SearchQuery) => Promise<Result<SearchAnswer, Unanswered>>;
  readonly orderLog: (id: OrderId) => Promise<Result<OrderLog, Unanswered>>;
  readonly report: (query: ReportQuery) => Promise<Result<Report, Unanswered>>;
  /** What a map may draw below its marks. */
  readonly maps: () => Promise<Result<MapList, Unanswered>>;
  /** Equipment of the grid in a box: west, south, east, north. */
  readonly equipment: (box: readonly [number, number, number, number]) => Promise<Result<EquipmentAnswer, Unanswered>>;
  /** A question to the server beside those: the raw answer, to be read with its schema. */
  readonly ask: (method: 'GET' | 'POST', path: string, body?: unknown) => Promise<Result<unknown, Unanswered>>;
  /** Posts a line of JSON and a file behind it; each line of the answer is told as it comes. */
  readonly upload: (
    path: string,
    what: { readonly head: object; readonly file: Blob },
    told: { readonly line: (line: unknown) => void; readonly refused: (problem: unknown) => void },
  ) => Promise<boolean>;
  /** Accounts a demonstration shows on its sign-in page; empty lists on a real server. */
  readonly demoAccounts: () => Promise<Result<DemoAccounts, Unanswered>>;

  /** The machine itself. `clockOffMs`: its own clock minus server time, ms. `unsent`: all the centre has not got. */
  readonly tablet: {
    readonly power: ReadonlySignal<Power | null>;
    clockOffMs(): number;
    unsent(): Promise<Unsent>;
  };
  readonly position: { watch(on: boolean): void; readonly here: ReadonlySignal<Fix | null> };
  /** False: the address is not one the browser trusts, and several of its powers are missing. */
  readonly secure: boolean;
  /** A newer build is ready; `apply` reloads into it once nothing is being stored. */
  readonly update: { readonly ready: ReadonlySignal<boolean>; apply(): void };
};

export const ClientContext = createContext<Client | null>(null);

/** The client of the app this screen is in. */
export function useClient(): Client {
  const client = useContext(ClientContext);
  if (!client) throw new Error('no client above this screen');
  return client;
}
