import type { Session } from '../api/session.ts';
import type { LoggedEvent, Seen } from '../event/envelope.ts';
import type { PersonId, Q, Subject, WriterId } from '../ids.ts';
import type { Result } from '../result.ts';
import type { Cursor, Drop, HeldCode, Live, SyncAnswer, SyncRequest } from '../sync/protocol.ts';
import type { Anchor, Exchange, GpsFix } from '../time/clock-reading.ts';
import type { Unanswered } from './http-transport.ts';
import type { OpenTap, SyncState } from './views.ts';

/** What the engine needs from the machine it runs on. Browser, demo and tests each bring their own. */
export type Ports = {
  readonly outbox: OutboxStorage;
  readonly cache: CacheStorage;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly wake: Wake;
  readonly locks: Locks;
  readonly bus: Bus;
  readonly mirror: Mirror;
  readonly random: Random;
};

/** `full`: no space left. `failed`: anything else the storage answered with. Nothing was stored in either case. */
export type StorageProblem = 'full' | 'failed';
export type Stored<T = null> = Promise<Result<T, StorageProblem>>;

/**
 * `was`: its hash under the name of a writer that turned out to be two (I3). A restored server may hold it under that again.
 * `erased`: its texts were redacted, and `bytes` are what is left; `hash` stays the one it was made with (I4).
 */
type Renamed = { readonly was?: string; readonly erased?: true };
/** What is told with an event beside it. `lay`: where it was before the server was restored (I12). */
type Told = Renamed & { readonly lay?: Seen };
export type RowState =
  | ({ readonly is: 'waiting'; readonly tries: number } & Told)
  | ({ readonly is: 'parked'; readonly tries: number; readonly at: number } & Told)
  | ({ readonly is: 'received'; readonly q: Q; readonly epoch: string } & Renamed)
  | ({ readonly is: 'held'; readonly code: HeldCode; readonly ref: string } & Renamed);

/** `bytes`: the envelope's canonical text, made once and never looked into by a storage. `keyId`: what seals it, if anything. */
export type OutboxRow = {
  readonly writer: WriterId;
  readonly n: number;
  readonly bytes: string;
  readonly hash: string;
  readonly keyId: string | null;
  readonly author: PersonId | null;
  readonly state: RowState;
};

/** What a row goes on knowing whatever becomes of it. */
export const earlierName = ({ was, erased }: RowState): Renamed => ({
  ...(was === undefined ? {} : { was }),
  ...(erased ? { erased } : {}),
});

/** Is this the same event under the name it got later? */
export const isCopyOf = ({ state }: OutboxRow, { hash }: Pick<OutboxRow, 'hash'>): boolean => state.was === hash;

/**
 * `counter`: the highest number this writer gave out. `registered`: the server knows the writer's name. `goneAt`: when it was
 * begun in place of an outbox that had been evicted; whatever name it takes later keeps that.
 */
export type OutboxMeta = {
  readonly writer: WriterId;
  readonly counter: number;
  readonly registered: boolean;
  readonly goneAt?: number;
};

/** `openTaps`: first taps without an answer. `parked`: rows put aside. `earlier`: the names that were left, as they were then. */
export type OutboxFacts = {
  readonly meta: OutboxMeta | null;
  readonly openTaps: number;
  readonly waiting: number;
  readonly parked: number;
  readonly earlier: readonly Pick<OutboxMeta, 'writer' | 'counter'>[];
};

/** What the clocks showed, in the order written down; with what was learned of the true time just before. */
export type Mark = {
  readonly wall: number;
  readonly mono: number;
  readonly page: string;
  readonly why: 'minute' | 'wake' | 'tap' | 'contact' | 'fix';
  readonly exchange?: Exchange;
  readonly fix?: GpsFix;
};

/**
 * The outbox database. Every method is one transaction; a write answers `ok` only when it is durable (I7).
 * `make` runs inside the transaction, so what it reads of a clock is never older than a read that came before it.
 */
export type OutboxStorage = {
  load(): Promise<{ meta: OutboxMeta | null; rows: readonly OutboxRow[]; taps: readonly OpenTap[] }>;
  /** Fulfilled when what another copy still had is here again: how many events. They may not be in an earlier `load`. */
  recovered?(): Promise<number>;
  /** What a request says about the outbox, read at one moment. */
  facts(): Promise<OutboxFacts>;
  /** Names the writer; a writer that was here before continues its numbers. `goneAt`: another outbox was evicted. */
  begin(writer: WriterId, registered: boolean, goneAt?: number): Stored<OutboxMeta>;
  /** Counter, row and what the clocks showed together; the first tap it answers goes with them. Needs a writer. */
  append(make: (n: number, writer: WriterId) => OutboxRow, tap: string | null, read?: () => Mark): Stored<OutboxRow>;
  /**
   * Gives an event another name beside the one it has: counter and copy together. A copy that was made before is given
   * back; where `from` is gone, `failed`.
   */
  copy(from: OutboxRow, make: (n: number, writer: WriterId) => OutboxRow): Stored<OutboxRow>;
  setStates(changes: readonly { readonly writer: WriterId; readonly n: number; readonly state: RowState }[]): Stored;
  remove(rows: readonly Pick<OutboxRow, 'writer' | 'n'>[]): Stored;
  /** Puts other bytes in the place of a row's own, wherever it has copies, and marks it `erased`. */
  erase(rows: readonly Pick<OutboxRow, 'writer' | 'n' | 'bytes'>[]): Stored;
  keepTap(make: () => OpenTap, read?: () => Mark): Stored<OpenTap>;
  dropTap(id: string): Stored;
  /** Keeps the newest `keep` marks. Those in the middle of an even stretch make room for the next one. */
  mark(read: () => Mark, keep: number): Stored;
  /** In the order in which they were written down. */
  marks(): Promise<readonly Mark[]>;
};

/** One subject with its events, q ascending. */
export type SubjectRecord = {
  readonly subject: Subject;
  readonly events: readonly LoggedEvent[];
  readonly drop: Drop | null;
};

/**
 * `staging`: a pull from nothing is under way beside what is shown, and `cursor` belongs to it; what is shown is of history
 * `shown` then, null: nobody knows.
 */
export type CacheMeta = {
  readonly cursor: Cursor | null;
  readonly staging: boolean;
  readonly shown?: string | null;
  readonly epoch: string | null;
  readonly safe: Q | null;
  readonly session: Session | null;
  readonly live: Live;
  readonly anchor: Anchor | null;
  readonly lastSuccessAt: number | null;
};

/**
 * One step of the cache, all or nothing: `clear` first, then the rest. `staged`: the same for the pull from nothing. `erased`:
 * subjects of which nothing that was stored before may stay anywhere; what is left of them is in `put`.
 */
export type CachePatch = {
  readonly clear: boolean;
  readonly put: readonly SubjectRecord[];
  readonly remove: readonly Subject[];
  readonly erased?: readonly Subject[];
  readonly staged: { readonly clear: boolean; readonly put: readonly SubjectRecord[] } | null;
  readonly meta: Partial<CacheMeta>;
};

export type CacheContents = {
  readonly meta: CacheMeta;
  readonly records: readonly SubjectRecord[];
  readonly staged: readonly SubjectRecord[];
  readonly reads: ReadonlyMap<Subject, Q>;
};

/** The cache database: disposable, one record per subject. */
export type CacheStorage = {
  load(): Promise<CacheContents>;
  read(subjects: readonly Subject[]): Promise<{ records: readonly SubjectRecord[]; meta: CacheMeta }>;
  /** The next fencing number; every `apply` with a smaller one is refused from now on (I16). */
  fence(): Stored<number>;
  apply(fence: number, patch: CachePatch): Promise<Result<null, StorageProblem | 'fenced'>>;
  /** What a page that does not lead may save too. */
  saveSession(session: Session | null): Stored;
  markRead(subject: Subject, q: Q): Stored;
};

export const EMPTY_CACHE: CacheMeta = {
  cursor: null,
  staging: false,
  epoch: null,
  safe: null,
  session: null,
  live: { heard: [], fixes: [] },
  anchor: null,
  lastSuccessAt: null,
};

/** `afterMs`: how long the server asked to be left alone. */
export type SyncFailure = {
  readonly is: 'network' | 'captivePortal' | 'signInNeeded' | 'blocked' | 'busy' | 'tooLarge' | 'refused' | 'defect';
  readonly afterMs: number;
};

export type Transport = {
  readonly sync: (request: SyncRequest) => Promise<Result<SyncAnswer, SyncFailure>>;
  /** A question beside sync: `body` undefined asks without one. The raw answer, to be read with its schema. */
  readonly ask: (
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    body?: unknown,
  ) => Promise<Result<unknown, Unanswered>>;
};

/** `wall`: whole ms since 1970. `mono`: ms of page session `page`; may stop while the machine sleeps. */
export type Clock = { wall(): number; mono(): number; readonly page: string };

/** Reasons to act. Each subscription gives back how to end it. */
export type Wake = {
  after(ms: number, run: () => void): () => void;
  /** Network back, page shown again: try now. */
  onWake(run: () => void): () => void;
  /** A hint from the server, `null` when the stream of hints was lost and may have missed some. */
  onHint(run: (head: Q | null) => void): () => void;
};

/** Runs `work` while this page alone holds the lock. The promise ends with `work`. */
export type Locks = { hold(name: string, work: () => Promise<void>): Promise<void> };

/** What one page tells the others of its origin; they read the rest from storage. */
export type Notice =
  | { readonly is: 'outbox' }
  | { readonly is: 'cache'; readonly subjects: readonly Subject[] | 'all' }
  | { readonly is: 'session' }
  | { readonly is: 'syncNow' }
  | { readonly is: 'state'; readonly state: SyncState; readonly nextTryAt: number | null };
export type Bus = { post(notice: Notice): void; listen(hear: (notice: Notice) => void): () => void };

/** A place that is not cleared together with the outbox, to notice that it was. */
export type Mirror = { read(): string | null; write(text: string): void };

export type Random = { bytes(count: number): Uint8Array; /** In [0, 1). */ next(): number };
