import type { DeviceId, PersonId, Subject } from '#shared/ids.ts';

import type { HeldRow } from '../store/held-rows.ts';
import type { Store } from '../store/store.ts';
import type { Again, JudgedAgain } from '../store/take-again.ts';
import { checkItem } from './check-item.ts';
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
  const readAgain = async (row: HeldRow): Promise<Known> => {
    const device = await roster.device(row.device);
    const item = checkItem(parsed(row.raw), device?.writers ?? []);
    const by = item.is === 'event' ? item.event.by : null;
    const author = by === null ? undefined : await authorOn(row.device, by);
    return { row, item, blocked: device?.blocked ?? true, author };
  };

  const authorOn = async (of: DeviceId, by: PersonId): Promise<Author | undefined> => {
    const [device, person] = await Promise.all([roster.device(of), roster.person(by)]);
    if (!device || !person || !(await accounts.wasSignedIn(of, by))) return undefined;
    const crew = device.crew === null ? null : await roster.crew(device.crew);
    return { role: person.role, unit: crew?.unit ?? person.unit };
  };

  const again: ReleaseHeld['again'] = async (rows, force = false) => {
    const judged: JudgedAgain[] = [];
    for (let at = 0; at < rows.length; at += AT_ONCE) {
      const known = new Map<number, Known>();
      for (const row of rows.slice(at, at + AT_ONCE)) known.set(row.id, await readAgain(row));
      const answers = await log.release([...known.values()], (row, { event, draft }, view, lost) => {
        const { author, blocked } = known.get(row.id) ?? { author: undefined, blocked: true };
        if (blocked && !force) return 'notAllowed';
        const code = refusal({ event, draft, view, lost, author, device: row.device, receivedAt: row.rcv });
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

type Known = Again & { readonly blocked: boolean; readonly author: Author | undefined };

function parsed(raw: string): unknown {
  try {
    const value: unknown = JSON.parse(raw);
    return value;
  } catch {
    return null;
  }
}
