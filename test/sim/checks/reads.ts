import type { CachePatch, SubjectRecord } from '#shared/engine/ports.ts';
import type { Cursor } from '#shared/sync/protocol.ts';

import { endOf, type MachineTrace } from '../history.ts';
import { logWhere, type Check, type Indexed, type IndexedLog } from './indexed.ts';

/**
 * C3, C4: after every step of every cache, each order it shows has exactly the log's events up to where the cursor stands,
 * and one that was taken away has a beginning of them: no hole ever, nothing of the future, not only at the end.
 */
export const cachesHaveNoHoles: Check = (history) => history.machines.flatMap((machine) => cacheOf(history, machine));

function cacheOf(history: Indexed, { machine, disk }: MachineTrace): readonly string[] {
  const records = new Map<string, SubjectRecord>();
  let cursor: Cursor | null = null;
  const wrong: string[] = [];
  for (const step of disk) {
    if (step.is === 'lostAll' || step.is === 'lostCache') {
      records.clear();
      cursor = null;
    }
    if (step.is !== 'apply') continue;
    const before: Cursor | null = cursor;
    cursor = take(records, step.patch, cursor);
    // What is gathered aside is judged when it takes the place of all.
    const aside: boolean = step.patch.staged !== null && !step.patch.clear;
    if (!cursor || aside) continue;
    const log = logWhere(history.indexed, cursor);
    const at = `machine ${machine}, ${new Date(step.at).toISOString()}`;
    if (!log) wrong.push(`${at}: its cursor ${cursor.q} ${cursor.h} is in no history`);
    else wrong.push(...judge(log, { records, patch: step.patch, before, cursor }).map((says) => `${at}: ${says}`));
    if (wrong.length > MOST) break;
  }
  return wrong;
}

const MOST = 5;

function take(records: Map<string, SubjectRecord>, patch: CachePatch, cursor: Cursor | null): Cursor | null {
  if (patch.clear) records.clear();
  for (const record of patch.put) records.set(record.subject, record);
  for (const subject of patch.remove) records.delete(subject);
  return patch.meta.cursor === undefined ? cursor : patch.meta.cursor;
}

type Step = {
  readonly records: ReadonlyMap<string, SubjectRecord>;
  readonly patch: CachePatch;
  readonly before: Cursor | null;
  readonly cursor: Cursor;
};

/** What was put has to be right, and what was not put must not have needed it. */
function judge(log: IndexedLog, { records, patch, before, cursor }: Step): readonly string[] {
  const pulling = cursor.towards;
  const put = patch.put.flatMap((record) => judgeRecord(log, record, endOf(cursor)));
  if (pulling) return put;
  const from = before?.epoch === cursor.epoch && !patch.clear ? before.q : 0;
  const forgotten = log.lines.slice(from, cursor.q).flatMap(({ q, event }) => {
    const record = records.get(event.subject);
    const has = !record || record.drop !== null || record.events.some((one) => one.q === q);
    return has ? [] : [`${event.subject} lacks position ${q}, the cursor stands at ${cursor.q}`];
  });
  return [...put, ...forgotten];
}

function judgeRecord(log: IndexedLog, { subject, events, drop }: SubjectRecord, end: number): readonly string[] {
  // Kept for its unsent work only, perhaps from another history.
  if (drop?.why === 'archived') return [];
  const all = (log.bySubject.get(subject) ?? []).filter(({ q }) => q <= end);
  const wanted = drop ? all.slice(0, events.length) : all;
  const same =
    wanted.length === events.length &&
    events.every((one, index) => one.q === wanted[index]?.q && one.hash === wanted[index].hash);
  if (same) return [];
  return [
    `${subject} shows ${events.map(({ q }) => q).join()} instead of ${wanted.map(({ q }) => q).join()} (up to ${end})`,
  ];
}
