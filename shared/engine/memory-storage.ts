import { eventId, type EventId, type Q, type Subject, type WriterId } from '../ids.ts';
import { err, ok } from '../result.ts';
import { replacesLast } from './clock-chain.ts';
import {
  EMPTY_CACHE,
  isCopyOf,
  type CacheMeta,
  type CacheStorage,
  type Mark,
  type OutboxMeta,
  type OutboxRow,
  type RowState,
  type OutboxStorage,
  type SubjectRecord,
} from './ports.ts';
import type { OpenTap } from './views.ts';

/** An outbox that lives as long as the process: for simulated tablets and tests. Keeps the contract of the real one. */
export function createMemoryOutbox(): OutboxStorage {
  const rows = new Map<EventId, OutboxRow>();
  const taps = new Map<string, OpenTap>();
  const writers = new Map<WriterId, OutboxMeta>();
  let current: WriterId | null = null;
  let marks: readonly Mark[] = [];
  const meta = (): OutboxMeta | null => (current === null ? null : (writers.get(current) ?? null));
  const writeDown = (mark: Mark): void => {
    const before = replacesLast(marks.at(-2), marks.at(-1), mark) ? marks.slice(0, -1) : marks;
    marks = [...before, mark];
  };
  const put = (row: OutboxRow): void => void rows.set(eventId(row.writer, row.n), row);

  return {
    load: () => Promise.resolve({ meta: meta(), rows: [...rows.values()], taps: [...taps.values()] }),
    facts() {
      const count = (is: RowState['is']): number => [...rows.values()].filter((row) => row.state.is === is).length;
      const earlier = [...writers.values()].filter(({ writer }) => writer !== current);
      const [waiting, parked] = [count('waiting'), count('parked')];
      return Promise.resolve({ meta: meta(), openTaps: taps.size, waiting, parked, earlier });
    },
    begin(writer, registered, goneAt = meta()?.goneAt) {
      const counter = writers.get(writer)?.counter ?? 0;
      const begun = { writer, counter, registered, ...(goneAt === undefined ? {} : { goneAt }) };
      writers.set(writer, begun);
      current = writer;
      return Promise.resolve(ok(begun));
    },
    append(make, tap, read) {
      const before = meta();
      if (!before) return Promise.reject(new Error('the outbox has no writer yet'));
      const n = before.counter + 1;
      const row = make(n, before.writer);
      writers.set(before.writer, { ...before, counter: n });
      put(row);
      if (tap !== null) taps.delete(tap);
      if (read) writeDown(read());
      return Promise.resolve(ok(row));
    },
    async copy(from, make) {
      const made = [...rows.values()].find((row) => isCopyOf(row, from));
      if (made) return ok(made);
      return rows.has(eventId(from.writer, from.n)) ? this.append(make, null) : err('failed');
    },
    setStates(changes) {
      for (const { writer, n, state } of changes) {
        const row = rows.get(eventId(writer, n));
        if (row) put({ ...row, state });
      }
      return Promise.resolve(ok(null));
    },
    remove(gone) {
      for (const { writer, n } of gone) rows.delete(eventId(writer, n));
      return Promise.resolve(ok(null));
    },
    erase(gone) {
      for (const { writer, n, bytes } of gone) {
        const row = rows.get(eventId(writer, n));
        if (row) put({ ...row, bytes, state: { ...row.state, erased: true } });
      }
      return Promise.resolve(ok(null));
    },
    keepTap(make, read) {
      const tap = make();
      taps.set(tap.id, tap);
      if (read) writeDown(read());
      return Promise.resolve(ok(tap));
    },
    dropTap(id) {
      taps.delete(id);
      return Promise.resolve(ok(null));
    },
    mark(read, keep) {
      writeDown(read());
      marks = marks.slice(-keep);
      return Promise.resolve(ok(null));
    },
    marks: () => Promise.resolve(marks),
  };
}

/** A cache that lives as long as the process. */
export function createMemoryCache(): CacheStorage {
  let meta: CacheMeta = EMPTY_CACHE;
  let fence = 0;
  const records = new Map<Subject, SubjectRecord>();
  const staged = new Map<Subject, SubjectRecord>();
  const reads = new Map<Subject, Q>();

  return {
    load: () =>
      Promise.resolve({
        meta,
        records: [...records.values()],
        staged: [...staged.values()],
        reads: new Map(reads),
      }),
    read: (subjects) => Promise.resolve({ meta, records: subjects.flatMap((subject) => records.get(subject) ?? []) }),
    fence() {
      fence += 1;
      return Promise.resolve(ok(fence));
    },
    apply(mine, patch) {
      if (mine < fence) return Promise.resolve(err('fenced'));
      if (patch.clear) records.clear();
      for (const record of patch.put) records.set(record.subject, record);
      for (const subject of patch.remove) records.delete(subject);
      if (patch.staged?.clear) staged.clear();
      for (const record of patch.staged?.put ?? []) staged.set(record.subject, record);
      meta = { ...meta, ...patch.meta };
      return Promise.resolve(ok(null));
    },
    saveSession(session) {
      meta = { ...meta, session };
      return Promise.resolve(ok(null));
    },
    markRead(subject, q) {
      reads.set(subject, q);
      return Promise.resolve(ok(null));
    },
  };
}
