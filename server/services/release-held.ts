import type { DeviceId, Subject } from '#shared/ids.ts';

import type { HeldRow } from '../store/held-rows.ts';
import type { Store } from '../store/store.ts';
import type { Again, JudgedAgain } from '../store/take-again.ts';
import { createAuthorOn } from './author-on.ts';
import { checkItem } from './check-item.ts';
import { earlierDevices } from './earlier-devices.ts';
import { refusal, type Author } from './refusal.ts';

/** Takes what is held into the log, if nothing is against it any more. */
export type ReleaseHeld = {
  /** In the order given. `force`: rights are not asked; what makes no event stays all the same. */
  readonly again: (rows: readonly HeldRow[], force?: boolean) => Promise<readonly JudgedAgain[]>;
  /** What was held because these subjects were not there, or not that crew's. */
  readonly waitingFor: (subjects: readonly Subject[]) => Promise<void>;
  /** All that was gathered after a restore, in the order it had before. */
  readonly gathered: () => Promise<{ readonly released: number; readonly held: number }>;
};

/** What one transaction takes at most: others are waiting. */
const AT_ONCE = 200;

export function createReleaseHeld({
  log,
  held,
  roster,
  accounts,
}: Pick<Store, 'log' | 'held' | 'roster' | 'accounts'>): ReleaseHeld {
  const authorOn = createAuthorOn({ roster, accounts });
  const readAgain = async (row: HeldRow): Promise<Known> => {
    const device = await roster.device(row.device);
    const earlier = device ? await earlierDevices(roster, device) : [];
    const item = checkItem(parsed(row.raw), device?.writers ?? [], earlier);
    // What was a stranger's when it came may be of a device that the bringing one is known to have been.
    const recorder = earlier.find(({ id }) => id === item.recorder) ?? device;
    const by = item.is === 'event' ? item.event.by : null;
    const author = by === null || !recorder ? undefined : await authorOn(recorder.id, by);
    const blocked = !device || !recorder || device.blocked || recorder.blocked;
    return { row, item, blocked, author, device: recorder?.id ?? row.device };
  };

  const again: ReleaseHeld['again'] = async (rows, force = false) => {
    const judged: JudgedAgain[] = [];
    for (let at = 0; at < rows.length; at += AT_ONCE) {
      const known = new Map<number, Known>();
      for (const row of rows.slice(at, at + AT_ONCE)) known.set(row.id, await readAgain(row));
      const answers = await log.release([...known.values()], (row, { event, draft }, view, lost) => {
        const { author, blocked, device } = known.get(row.id) ?? {
          author: undefined,
          blocked: true,
          device: row.device,
        };
        if (blocked && !force) return 'notAllowed';
        const code = refusal({ event, draft, view, lost, author, device, receivedAt: row.rcv });
        return force && code === 'notAllowed' ? null : code;
      });
      judged.push(...answers);
    }
    return judged;
  };

  return {
    again,
    waitingFor: async (subjects) => {
      if (subjects.length === 0) return;
      const rows = await held.waitingFor(subjects, AT_ONCE);
      if (rows.length > 0) await again(rows.toSorted(byPlace));
    },
    gathered: async () => {
      const count = { released: 0, held: 0 };
      const about = new Set<Subject>();
      for (;;) {
        const rows = await held.gathered(AT_ONCE);
        if (rows.length === 0) break;
        for (const { subject } of rows) if (subject !== null) about.add(subject);
        for (const { is } of await again(rows)) count[is] += 1;
      }
      // What had no position before may have come in behind what needed it.
      if (about.size > 0) await again((await held.waitingFor([...about], Number.MAX_SAFE_INTEGER)).toSorted(byPlace));
      return count;
    },
  };
}

/** The place it had before a restore, then the order of arrival. */
const byPlace = (a: HeldRow, b: HeldRow): number =>
  (a.lay?.q ?? Number.MAX_SAFE_INTEGER) - (b.lay?.q ?? Number.MAX_SAFE_INTEGER) || a.id - b.id;

/** `device`: the one that recorded it. */
type Known = Again & {
  readonly blocked: boolean;
  readonly author: Author | undefined;
  readonly device: DeviceId;
};

function parsed(raw: string): unknown {
  try {
    const value: unknown = JSON.parse(raw);
    return value;
  } catch {
    return null;
  }
}
