import { idOf } from '../event/envelope.ts';
import type { Subject } from '../ids.ts';
import type { Outbox, Own, StateChange } from './outbox.ts';
import { earlierName, type CacheMeta, type SubjectRecord } from './ports.ts';

/**
 * I10: an own event the server has taken leaves only when its position is inside a verified backup, and when what is
 * shown here does not need the outbox for it any more. Without a backup it stays for ever.
 */
export function releasable(outbox: Outbox, meta: CacheMeta, records: ReadonlyMap<Subject, SubjectRecord>): Own[] {
  const { safe, epoch } = meta;
  if (safe === null) return [];
  return outbox.all().filter(({ row: { state }, event, id }) => {
    if (state.is !== 'received' || state.epoch !== epoch || state.q > safe) return false;
    const record = records.get(event.subject);
    return !record || record.events.some((logged) => idOf(logged.event) === id);
  });
}

/** Subjects that were to be erased and have delivered their unsent work (I14). */
export const erasable = (outbox: Outbox, records: ReadonlyMap<Subject, SubjectRecord>): Subject[] =>
  [...records.values()]
    .filter(({ subject, drop }) => drop?.why === 'archived' && !outbox.unsent(subject))
    .map(({ subject }) => subject);

/**
 * Another history: the server was restored from a backup, and which of our events it still has is not known. All are
 * offered again, with the place they had; what it has it answers with its position (I12). `before`: the history heard of
 * last. What it held for us may be gone with the rest.
 */
export const reoffered = (outbox: Outbox, epoch: string, before: string | null): StateChange[] =>
  outbox.all().flatMap(({ row: { writer, n, state } }): StateChange[] => {
    const again = { is: 'waiting', tries: 0, ...earlierName(state) } as const;
    if (state.is === 'received' && state.epoch !== epoch)
      return [{ writer, n, state: { ...again, lay: { epoch: state.epoch, q: state.q } } }];
    const forgotten = state.is === 'held' && before !== null && before !== epoch;
    return forgotten ? [{ writer, n, state: again }] : [];
  });
