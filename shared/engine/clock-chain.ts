import { LIMITS } from '../sync/limits.ts';
import type { ClockChain, ClockReading, Exchange, GpsFix, Run } from '../time/clock-reading.ts';
import type { Mark } from './ports.ts';

/** Inside one page session the wall clock went on as the monotonic one did, but for this. */
const EVEN_MS = 500;

/**
 * May `next` take the place of `last`? `first` and `last` are the two marks written down before it. In a stretch of one
 * page session in which both clocks went on evenly, what lies between its ends says nothing more.
 */
export function replacesLast(first: Mark | undefined, last: Mark | undefined, next: Mark): boolean {
  if (!first || !last || last.exchange || last.fix) return false;
  return first.page === last.page && last.page === next.page && isEven(first, last) && isEven(first, next);
}

/**
 * The chain a push of `taps` sends: from the last whole exchange before the earliest of them up to now. Leaving readings
 * out widens bounds; the two sides of a set-back are never left out, so that nothing looks better for it.
 */
export function chainFor(marks: readonly Mark[], taps: readonly ClockReading[]): ClockChain {
  const placed = taps.map((tap) => placeOf(marks, tap)).filter((index) => index >= 0);
  const earliest = placed.length === 0 ? marks.length - 1 : Math.min(...placed);
  const before = marks.findLastIndex(({ exchange }, index) => index < earliest && exchange !== undefined);
  return toRuns(fewEnough(marks.slice(Math.max(0, before))));
}

/** Readings in tenths of a millisecond: finer than any browser tells. */
const tenths = (mono: number): number => Math.round(mono * 10) / 10;

const isEven = (a: Mark, b: Mark): boolean => Math.abs(b.wall - a.wall - (b.mono - a.mono)) <= EVEN_MS;

/** The number of the first mark that is not before a tap. */
function placeOf(marks: readonly Mark[], tap: ClockReading): number {
  const after = marks.findIndex(({ page, mono }) => page === tap.page && mono >= tap.mono);
  return after >= 0 ? after : marks.findLastIndex(({ page }) => page === tap.page);
}

function fewEnough(marks: readonly Mark[]): readonly Mark[] {
  let kept: Mark[] = [];
  for (const mark of marks) {
    if (replacesLast(kept.at(-2), kept.at(-1), mark)) kept.pop();
    kept.push(mark);
  }
  while (kept.length > LIMITS.chainPoints) {
    const fewer = thinned(kept);
    if (fewer.length === kept.length) return kept.slice(-LIMITS.chainPoints);
    kept = fewer;
  }
  return kept;
}

/** Every other reading that has no set-back beside it leaves. */
function thinned(marks: readonly Mark[]): Mark[] {
  let left = false;
  return marks.filter((mark, index) => {
    const [before, after] = [marks[index - 1], marks[index + 1]];
    const plain = !mark.exchange && !mark.fix && before?.page === mark.page && after?.page === mark.page;
    left = plain && !left && !losesBetween(before, mark) && !losesBetween(mark, after);
    return !left;
  });
}

const losesBetween = (a: Mark, b: Mark): boolean => b.wall - a.wall < b.mono - a.mono - EVEN_MS;

type Building = { page: string; points: [number, number][]; exchanges: Exchange[]; fixes: GpsFix[] };

function toRuns(marks: readonly Mark[]): ClockChain {
  const runs: Building[] = [];
  for (const { page, mono, wall, exchange, fix } of marks) {
    let run = runs.at(-1);
    if (run?.page !== page) {
      run = { page, points: [], exchanges: [], fixes: [] };
      runs.push(run);
    }
    run.points.push([tenths(mono), wall]);
    if (exchange) run.exchanges.push(exchange);
    if (fix) run.fixes.push(fix);
  }
  return runs.map(({ page, points, exchanges, fixes }): Run => ({
    page,
    points,
    ...(exchanges.length > 0 ? { exchanges } : {}),
    ...(fixes.length > 0 ? { fixes } : {}),
  }));
}
