import { Envelope, envelopeText, idOf, type LoggedEvent } from '../event/envelope.ts';
import { eventId, subjectType, subjectId, type EventId, type OrderId, type Subject, type WriterId } from '../ids.ts';
import { ok, type Result } from '../result.ts';
import { LIMITS } from '../sync/limits.ts';
import type { EventTime } from '../time/event-time.ts';
import type { Mark, OutboxMeta, OutboxRow, OutboxStorage, RowState, StorageProblem } from './ports.ts';
import { localTime } from './time.ts';
import type { Custody, OpenTap, OutboxItem } from './views.ts';

/** An own event with the row that keeps it. */
export type Own = { readonly row: OutboxRow; readonly event: Envelope; readonly id: EventId; readonly time: EventTime };

/**
 * The outbox as this page knows it. What waits is read off the rows and nowhere else (I18); every change is stored
 * first and shown then. Another page's changes come in by `reload`.
 */
export type Outbox = {
  /** Reads everything again; gives the subjects whose rows changed. */
  readonly reload: () => Promise<readonly Subject[]>;
  /** Subjects of what another page recorded and `append` read along; told once. */
  readonly unsaid: () => readonly Subject[];
  /** Has this page changed any row, so that others have to read them anew? Told once. */
  readonly changed: () => boolean;
  readonly meta: () => OutboxMeta | null;
  readonly taps: () => readonly OpenTap[];
  /** In (writer, n) order. */
  readonly all: () => readonly Own[];
  readonly of: (subject: Subject) => readonly Own[];
  readonly get: (id: EventId) => Own | undefined;
  /** Work about a subject that only exists here. */
  readonly unsent: (subject: Subject) => boolean;
  readonly begin: (
    writer: WriterId,
    registered: boolean,
    goneAt?: number,
  ) => Promise<Result<OutboxMeta, StorageProblem>>;
  readonly append: (
    make: (n: number, writer: WriterId) => OutboxRow,
    tap: string | null,
    read?: () => Mark,
  ) => Promise<Result<OutboxRow, StorageProblem>>;
  readonly copy: (
    from: Own,
    make: (n: number, writer: WriterId) => OutboxRow,
  ) => Promise<Result<OutboxRow, StorageProblem>>;
  readonly setStates: (changes: readonly StateChange[]) => Promise<Result<null, StorageProblem>>;
  /** These events were redacted: of those that are here, what is left of them stays. */
  readonly erase: (events: readonly LoggedEvent[]) => Promise<Result<readonly Own[], StorageProblem>>;
  readonly remove: (ids: readonly Own[]) => Promise<Result<null, StorageProblem>>;
  readonly keepTap: (make: () => OpenTap, read?: () => Mark) => Promise<Result<OpenTap, StorageProblem>>;
  readonly dropTap: (id: string) => Promise<Result<null, StorageProblem>>;
};

export type StateChange = { readonly writer: WriterId; readonly n: number; readonly state: RowState };

export function createOutbox(storage: OutboxStorage): Outbox {
  let meta: OutboxMeta | null = null;
  let taps: readonly OpenTap[] = [];
  const owns = new Map<EventId, Own>();
  const bySubject = new Map<Subject, Set<EventId>>();
  let sorted: readonly Own[] | null = null;
  let hasChanged = false;

  const keep = (row: OutboxRow): Own => {
    const id = eventId(row.writer, row.n);
    const known = owns.get(id);
    const own = known && known.row.bytes === row.bytes ? { ...known, row } : readRow(row);
    owns.set(id, own);
    const ids = bySubject.get(own.event.subject);
    if (ids) ids.add(id);
    else bySubject.set(own.event.subject, new Set([id]));
    sorted = null;
    return own;
  };
  const forget = (own: Own): void => {
    owns.delete(own.id);
    bySubject.get(own.event.subject)?.delete(own.id);
    sorted = null;
  };
  const of = (subject: Subject): readonly Own[] =>
    [...(bySubject.get(subject) ?? [])].flatMap((id) => owns.get(id) ?? []).toSorted(byNumber);

  const unsaid: Subject[] = [];
  const reload = async (): Promise<readonly Subject[]> => {
    const stored = await storage.load();
    meta = stored.meta;
    taps = stored.taps;
    const changed = new Set<Subject>();
    const present = new Set(stored.rows.map((row) => eventId(row.writer, row.n)));
    for (const own of owns.values())
      if (!present.has(own.id)) {
        forget(own);
        changed.add(own.event.subject);
      }
    for (const row of stored.rows) {
      const before = owns.get(eventId(row.writer, row.n))?.row;
      if (before && before.hash === row.hash && sameState(before.state, row.state)) continue;
      changed.add(keep(row).event.subject);
    }
    return [...changed];
  };

  return {
    reload,
    unsaid: () => unsaid.splice(0),
    changed() {
      const told = hasChanged;
      hasChanged = false;
      return told;
    },
    meta: () => meta,
    taps: () => taps,
    all: () => (sorted ??= [...owns.values()].toSorted(byNumber)),
    of,
    get: (id) => owns.get(id),
    unsent: (subject) => of(subject).some((own) => own.row.state.is === 'waiting' || own.row.state.is === 'parked'),
    async begin(writer, registered, goneAt) {
      const begun = await storage.begin(writer, registered, goneAt);
      if (begun.ok) meta = begun.value;
      return begun;
    },
    async append(make, tap, read) {
      const stored = await storage.append(make, tap, read);
      if (!stored.ok) return stored;
      const row = stored.value;
      // Another page recorded in between: what it made comes first, so that all is sent in its order.
      const isNext = meta?.writer === row.writer && row.n <= meta.counter + 1;
      if (meta?.writer === row.writer) meta = { ...meta, counter: Math.max(meta.counter, row.n) };
      if (tap !== null) taps = taps.filter((one) => one.id !== tap);
      if (!isNext) unsaid.push(...(await reload().catch(() => [])));
      if (!owns.has(eventId(row.writer, row.n))) keep(row);
      return stored;
    },
    async copy(from, make) {
      const stored = await storage.copy(from.row, make);
      if (!stored.ok) {
        // Another page may be about the same.
        await reload().catch(() => []);
        return stored;
      }
      const { writer, n } = stored.value;
      if (meta?.writer === writer) meta = { ...meta, counter: Math.max(meta.counter, n) };
      keep(stored.value);
      return stored;
    },
    async setStates(changes) {
      if (changes.length === 0) return { ok: true, value: null };
      const stored = await storage.setStates(changes);
      hasChanged = true;
      if (!stored.ok) return stored;
      for (const { writer, n, state } of changes) {
        const own = owns.get(eventId(writer, n));
        if (own) keep({ ...own.row, state });
      }
      return stored;
    },
    async remove(gone) {
      if (gone.length === 0) return { ok: true, value: null };
      const stored = await storage.remove(gone.map(({ row }) => ({ writer: row.writer, n: row.n })));
      hasChanged = true;
      if (stored.ok) gone.forEach(forget);
      return stored;
    },
    async erase(events) {
      const gone = events.flatMap(({ event, hash }) => {
        const own = owns.get(idOf(event));
        return own && own.row.hash === hash && !own.row.state.erased ? [{ own, bytes: envelopeText(event) }] : [];
      });
      if (gone.length === 0) return ok([]);
      const stored = await storage.erase(
        gone.map(({ own: { row }, bytes }) => ({ writer: row.writer, n: row.n, bytes })),
      );
      hasChanged = true;
      if (!stored.ok) return stored;
      return ok(gone.map(({ own: { row }, bytes }) => keep({ ...row, bytes, state: { ...row.state, erased: true } })));
    },
    async keepTap(make, read) {
      const stored = await storage.keepTap(make, read);
      if (stored.ok) taps = [...taps.filter((tap) => tap.id !== stored.value.id), stored.value];
      return stored;
    },
    async dropTap(id) {
      const stored = await storage.dropTap(id);
      if (stored.ok) taps = taps.filter((tap) => tap.id !== id);
      return stored;
    },
  };
}

/** The next events to push, in n order, of those that are `wanted`, within what the protocol allows and `most` events. */
export function nextBatch(
  rows: readonly Own[],
  writer: WriterId,
  { most, wanted }: { most: number; wanted: (own: Own) => boolean },
): readonly Own[] {
  const batch: Own[] = [];
  let bytes = 0;
  for (const own of rows) {
    if (own.row.writer !== writer || !wanted(own)) continue;
    // A character is at most three bytes of UTF-8.
    bytes += own.row.bytes.length * 3;
    if (batch.length > 0 && (batch.length >= Math.min(most, LIMITS.pushEvents) || bytes > LIMITS.pushBytes)) break;
    batch.push(own);
  }
  return batch;
}

/** Custody of an own event: settled once its position in the current history is inside a verified backup. */
export function custodyOf(state: RowState, epoch: string | null, safe: number | null): Custody {
  if (state.is === 'held') return 'held';
  if (state.is !== 'received') return 'here';
  return state.epoch === epoch && safe !== null && state.q <= safe ? 'settled' : 'received';
}

export function outboxItem(own: Own, epoch: string | null, safe: number | null): OutboxItem {
  const { row, event, id, time } = own;
  const { state } = row;
  return {
    id,
    kind: event.kind,
    order: subjectType(event.subject) === 'order' ? subjectId<OrderId>(event.subject) : null,
    author: row.author,
    state: state.is,
    custody: custodyOf(state, epoch, safe),
    heldCode: state.is === 'held' ? state.code : null,
    tries: state.is === 'waiting' || state.is === 'parked' ? state.tries : 0,
    since: time.est,
  };
}

function readRow(row: OutboxRow): Own {
  const event = Envelope.parse(JSON.parse(row.bytes));
  return { row, event, id: idOf(event), time: localTime(event) };
}

const byNumber = (a: Own, b: Own): number =>
  a.row.writer === b.row.writer ? a.row.n - b.row.n : a.row.writer < b.row.writer ? -1 : 1;

const sameState = (a: RowState, b: RowState): boolean => JSON.stringify(a) === JSON.stringify(b);
