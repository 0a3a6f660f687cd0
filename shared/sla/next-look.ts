import type { Order } from '../order/order.ts';
import { asks, stepsLeft } from './escalations.ts';
import type { Judged } from './judge.ts';

/**
 * `at`: look at that time. `waits`: look when a device that was not heard beyond it before has been heard up to then, and
 * when one is lost or found. Server time, ms.
 */
export type NextLook = { readonly at: number | null; readonly waits: number | null };

/** When an order has to be looked at next if nothing happens, or null if only a new fact can change it. */
export function nextLook(order: Order, judged: readonly Judged[]): NextLook | null {
  const times = judged.flatMap((one) => timesOf(order, one)).filter((at) => at > (judged[0]?.now ?? 0));
  const waiting = judged.filter(isWaiting);
  if (times.length === 0 && waiting.length === 0) return null;
  // Whoever is silent at one limit is silent at each later one, but a lost one, whom nobody waits to hear, may have been
  // silent at a limit that the silent have passed.
  const silent = waiting.filter(({ verdict }) => verdict?.is === 'unknown');
  const limits = (silent.length > 0 ? silent : waiting).map(({ clock }) => clock.limit.to);
  return { at: least(times), waits: least(limits) };
}

/**
 * A whole limit has passed a millisecond after it. Escalations are looked at as their times come; who is told then
 * depends on what stands, so a shelved alert is looked at again when its time is over.
 */
function timesOf({ alerts }: Order, judged: Judged): readonly number[] {
  const { clock, verdict, now } = judged;
  if (verdict === null) return [];
  if (verdict.is === 'running') {
    const warns = clock.rule.levels.soon && now < clock.warn.to;
    return [...(warns ? [Math.ceil(clock.warn.to)] : []), after(clock.limit.to)].filter(Number.isFinite);
  }
  const waited = isWaiting(judged) ? [after(clock.giveUp)] : [];
  if (clock.stop || clock.ended) return waited;
  const mine = alerts.filter((alert) => alert.rule === clock.rule.id && alert.epoch === clock.epoch);
  const steps = stepsLeft(judged, mine);
  const shelved = mine.flatMap(({ level, end, taken }) =>
    asks({ level }) && !end && taken?.until ? [taken.until] : [],
  );
  return [...waited, ...steps.map((step) => after(step.after)), ...(steps.length > 0 ? shelved : [])];
}

/** Somebody who could know better is silent, or lost and may be found. */
const isWaiting = ({ clock, verdict, now }: Judged): boolean =>
  (verdict?.is === 'unknown' && verdict.why === 'silent') ||
  (verdict?.is === 'missed' && !verdict.evidence && now <= clock.giveUp);

const after = (at: number): number => Math.floor(at) + 1;

const least = (times: readonly number[]): number | null => (times.length === 0 ? null : Math.min(...times));
