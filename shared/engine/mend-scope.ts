import type { Subject } from '../ids.ts';
import { LIMITS } from '../sync/limits.ts';
import type { Heads, SyncAnswer } from '../sync/protocol.ts';
import { addHash, emptySum, sumText } from '../sync/scope-sum.ts';
import type { SubjectRecord } from './ports.ts';

/** What takes the place of records that differed. `records`: all of them then. */
export type Repaired = {
  readonly records: ReadonlyMap<Subject, SubjectRecord>;
  readonly put: readonly SubjectRecord[];
  readonly remove: readonly Subject[];
};

/** The next slice of what is held, in the order of the subjects' names. */
export function headsFrom(records: ReadonlyMap<Subject, SubjectRecord>, after: string): Heads {
  const held = [...records.values()]
    .filter(({ subject, drop }) => drop?.why !== 'archived' && subject > after)
    .toSorted((a, b) => (a.subject < b.subject ? -1 : 1));
  const slice = held.slice(0, LIMITS.heads);
  const upTo = held.length > slice.length ? (slice.at(-1)?.subject ?? null) : null;
  return { after, upTo, held: slice.map(({ subject, events }) => [subject, events.length, sumOf(events)]) };
}

/** What differed, as the server has it. What is gone there but has unsent work is the outbox's to show. */
export function mended(
  records: ReadonlyMap<Subject, SubjectRecord>,
  { subjects, gone, drops }: NonNullable<SyncAnswer['repair']>,
): Repaired {
  const dropped = new Map(drops?.map((drop) => [drop.subject, drop]));
  const put = subjects.map(({ subject, events }): SubjectRecord => ({
    subject,
    events,
    // An early server does not say what was taken away.
    drop: dropped.get(subject) ?? (drops ? null : (records.get(subject)?.drop ?? null)),
  }));
  const all = new Map(records);
  for (const record of put) all.set(record.subject, record);
  for (const subject of gone) all.delete(subject);
  return { records: all, put, remove: gone };
}

function sumOf(events: SubjectRecord['events']): string {
  const sum = emptySum();
  for (const { hash } of events) addHash(sum, hash);
  return sumText(sum);
}
