import type { Subject } from '#shared/ids.ts';

type Changed = readonly Subject[] | 'all';

/**
 * Shows what changed at once; while much comes (`busy`) only so often, the first of it at once and nothing of it later
 * than that.
 */
export function createIntervals(
  everyMs: number,
  show: (changed: Changed) => void,
): (changed: Changed, busy: boolean) => void {
  let gathered: Set<Subject> | 'all' = new Set();
  let shownAt = Number.NEGATIVE_INFINITY;
  let timer: number | null = null;
  const flush = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const changed = gathered === 'all' ? 'all' : [...gathered];
    gathered = new Set();
    show(changed);
    shownAt = performance.now();
  };
  return (changed, busy) => {
    if (changed === 'all') gathered = 'all';
    else if (gathered !== 'all') for (const subject of changed) gathered.add(subject);
    const wait = shownAt + everyMs - performance.now();
    if (!busy || wait <= 0) flush();
    else timer ??= window.setTimeout(flush, wait);
  };
}
