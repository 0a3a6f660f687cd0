import type { Recorded } from '../event/envelope.ts';
import { idOf } from '../event/envelope.ts';
import { orderSubject, subjectId, subjectType, type OrderId, type Q, type Subject } from '../ids.ts';
import { foldAll } from '../order/fold.ts';
import { foldOrganisation } from './organisation.ts';
import { custodyOf, type Outbox, type Own } from './outbox.ts';
import { EMPTY_CACHE, type CacheContents, type CacheMeta, type CachePatch, type SubjectRecord } from './ports.ts';
import type { Organisation, OrderView, SyncStatus, TraceLine } from './views.ts';

/**
 * What this device knows: fold(cache ∪ outbox), by event id. Own events stand after the cache until a page covers
 * them (I6). Only subjects that changed are folded again, and only when somebody looks.
 */
export type ReadModel = {
  readonly load: (contents: CacheContents) => void;
  /** Takes over what was stored; gives the subjects that changed, or 'all'. */
  readonly apply: (patch: CachePatch) => readonly Subject[] | 'all';
  /** What another page stored. */
  readonly adopt: (meta: CacheMeta, records: readonly SubjectRecord[], asked: readonly Subject[]) => readonly Subject[];
  /** Own rows of these subjects changed. */
  readonly touch: (subjects: readonly Subject[]) => void;
  readonly setMeta: (meta: Partial<CacheMeta>) => readonly Subject[];
  readonly markRead: (subject: Subject) => Q;
  readonly meta: () => CacheMeta;
  readonly records: () => ReadonlyMap<Subject, SubjectRecord>;
  readonly staged: () => ReadonlyMap<Subject, SubjectRecord>;
  /** So many orders are still to come; null: none, or nobody said. */
  readonly expect: (orders: number | null) => void;
  readonly pulling: () => SyncStatus['pulling'];
  readonly order: (id: OrderId) => OrderView | null;
  readonly orders: () => readonly OrderView[];
  readonly organisation: () => Organisation;
};

export function createReadModel(outbox: Outbox): ReadModel {
  let meta: CacheMeta = EMPTY_CACHE;
  let records = new Map<Subject, SubjectRecord>();
  let staged = new Map<Subject, SubjectRecord>();
  let reads = new Map<Subject, Q>();
  let views = new Map<Subject, OrderView | null>();
  let organisation: Organisation | null = null;
  let list: readonly OrderView[] | null = null;
  let toCome: number | null = null;

  const touch = (subjects: readonly Subject[]): void => {
    for (const subject of subjects) {
      views.delete(subject);
      if (subjectType(subject) !== 'order') organisation = null;
    }
    if (subjects.length > 0) list = null;
  };
  const touchAll = (): void => {
    views = new Map();
    organisation = null;
    list = null;
  };
  const view = (subject: Subject): OrderView | null => {
    const known = views.get(subject);
    if (known !== undefined) return known;
    const held = { record: records.get(subject), owns: outbox.of(subject), readUpTo: reads.get(subject) ?? 0 };
    const made = viewOf(subject, held, meta);
    views.set(subject, made);
    return made;
  };
  /** Everything that is not an order, with what was recorded here and no page has covered. */
  const told = () =>
    [...records.values()]
      .filter(({ subject }) => subjectType(subject) !== 'order')
      .map(({ subject, events }) => {
        const covered = new Set(events.map((one) => idOf(one.event)));
        const ahead = outbox.of(subject).filter((own) => !covered.has(own.id) && own.row.state.is !== 'held');
        return { subject, events: [...events, ...ahead.map(recordedHere)] };
      });
  const setMeta = (patch: Partial<CacheMeta>): readonly Subject[] => {
    const before = meta;
    meta = { ...meta, ...patch };
    // What is made of the outbox alone ends where the log has it and shows it to nobody here.
    const alone =
      before.cursor === meta.cursor
        ? []
        : outbox.all().flatMap(({ event: { subject } }) => (records.has(subject) ? [] : [subject]));
    touch(alone);
    if (before.safe === meta.safe && before.epoch === meta.epoch) return alone;
    // Custody marks change where the backup has moved past something.
    const from = before.epoch === meta.epoch ? Math.min(before.safe ?? 0, meta.safe ?? 0) : 0;
    const moved = [...records.values()].filter((one) => (one.events.at(-1)?.q ?? 0) > from).map((one) => one.subject);
    const all = [...alone, ...moved, ...outbox.all().map((own) => own.event.subject)];
    touch(all);
    return all;
  };

  return {
    load(contents) {
      meta = contents.meta;
      records = new Map(contents.records.map((record) => [record.subject, record]));
      staged = new Map(contents.staged.map((record) => [record.subject, record]));
      reads = new Map(contents.reads);
      toCome = null;
      touchAll();
    },
    apply(patch) {
      if (patch.clear) records = new Map();
      for (const record of patch.put) records.set(record.subject, record);
      for (const subject of patch.remove) records.delete(subject);
      if (patch.staged?.clear) staged = new Map();
      for (const record of patch.staged?.put ?? []) staged.set(record.subject, record);
      const changed = [...patch.put.map((record) => record.subject), ...patch.remove];
      touch(changed);
      const custody = setMeta(patch.meta);
      if (!patch.clear) return [...new Set([...changed, ...custody])];
      touchAll();
      return 'all';
    },
    adopt(next, found, asked) {
      const present = new Map(found.map((record) => [record.subject, record]));
      for (const subject of asked) {
        const record = present.get(subject);
        if (record) records.set(subject, record);
        else records.delete(subject);
      }
      touch(asked);
      return [...new Set([...asked, ...setMeta(next)])];
    },
    touch,
    setMeta,
    markRead(subject) {
      const q = records.get(subject)?.events.at(-1)?.q ?? 0;
      reads.set(subject, q);
      touch([subject]);
      return q;
    },
    meta: () => meta,
    records: () => records,
    staged: () => staged,
    expect(orders) {
      toCome = orders;
    },
    pulling() {
      if (toCome === null) return null;
      const come = [...(meta.staging ? staged : records).keys()];
      return { have: come.filter((subject) => subjectType(subject) === 'order').length, toCome };
    },
    order: (id) => view(orderSubject(id)),
    orders() {
      if (list) return list;
      const subjects = new Set([...records.keys(), ...outbox.all().map((own) => own.event.subject)]);
      list = [...subjects].flatMap((subject) => (subjectType(subject) === 'order' ? (view(subject) ?? []) : []));
      return list;
    },
    organisation: () => (organisation ??= foldOrganisation(told())),
  };
}

type Held = { readonly record: SubjectRecord | undefined; readonly owns: readonly Own[]; readonly readUpTo: Q };

function viewOf(subject: Subject, { record, owns, readUpTo }: Held, meta: CacheMeta): OrderView | null {
  const logged: readonly Recorded[] = record?.events ?? [];
  const covered = new Set(logged.map((one) => idOf(one.event)));
  const rest = owns.filter((own) => !covered.has(own.id));
  // Nothing is made of what the log will not take alone, nor of what only waits for a backup: the outbox shows those.
  if (!record && !rest.some((own) => own.row.state.is !== 'held' && stillAhead(own, meta))) return null;
  const ownIds = new Set(owns.map((own) => own.id));
  const line = (recorded: Recorded, own: Own | undefined): TraceLine => ({
    recorded,
    id: idOf(recorded.event),
    own: own !== undefined,
    custody:
      own && recorded.q === null ? custodyOf(own.row.state, meta.epoch, meta.safe) : inLog(recorded.q, meta.safe),
  });
  const events = [
    ...logged.map((one) =>
      line(
        one,
        owns.find((own) => own.id === idOf(one.event)),
      ),
    ),
    ...rest.map((own) => line(recordedHere(own), own)),
  ];
  // What the server holds in quarantine is shown, but moves nothing: the log does not have it.
  const counted = events.filter((one) => one.custody !== 'held').map((one) => one.recorded);
  const base = owns[0]?.row.writer.slice(0, 3);
  const news = logged.findLast(
    ({ event }) => !ownIds.has(idOf(event)) && (!base || !event.writer.startsWith(base)) && event.by !== null,
  );
  return {
    order: foldAll(subjectId<OrderId>(subject), counted),
    events,
    drop: record?.drop ?? null,
    unread: (news?.q ?? 0) > readUpTo,
  };
}

const recordedHere = ({ event, row, time }: Own): Recorded => ({ event, hash: row.hash, q: null, rcv: null, time });

/** Not in the log yet, or in a part of it that no page has covered. */
function stillAhead(own: Own, meta: CacheMeta): boolean {
  const { state } = own.row;
  return state.is !== 'received' || state.epoch !== meta.cursor?.epoch || state.q > meta.cursor.q;
}

const inLog = (q: Q | null, safe: Q | null): TraceLine['custody'] =>
  q !== null && safe !== null && q <= safe ? 'settled' : 'received';
