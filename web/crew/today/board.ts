import type { CrewId } from '#shared/ids.ts';
import { done } from '#shared/order/decide.ts';
import { nextStep } from '#shared/order/operations.ts';
import { isLive, type Order, takenFrom } from '#shared/order/order.ts';
import { STATE_GRID } from '#shared/sla/packs/state-grid.ts';
import { arrivalClock } from '#shared/sla/stage-clock.ts';

import type { OpenTap, OrderView } from '../../read/client-context.ts';

/** Today's orders as the list shows them; each order is in exactly one place. */
export type Board = {
  readonly next: OrderView | null;
  readonly others: readonly OrderView[];
  /** Taken away from this crew, newest first; they stay readable. */
  readonly away: readonly OrderView[];
  readonly done: readonly OrderView[];
  /** Their reports have not come yet. */
  readonly unreadable: readonly OrderView[];
};

/**
 * The next order is the one with an unanswered first tap; else the one the crew stands at (the latest arrival);
 * else what is due first. All others follow by what is due first.
 */
export function boardOf(views: readonly OrderView[], crew: CrewId, taps: readonly OpenTap[]): Board {
  const unreadable = views.filter((view) => view.order.stage === 'unknown');
  const known = views.filter((view) => view.order.stage !== 'unknown' && !view.order.archived);
  const away = known.filter((view) => isAway(view, crew)).toSorted((a, b) => awayAt(b, crew) - awayAt(a, crew));
  const held = known.filter((view) => !isAway(view, crew));
  const open = held.filter((view) => hasStep(view.order, crew)).toSorted((a, b) => byDue(a.order, b.order));
  const asked = open.find((view) => taps.some((tap) => tap.order === view.order.id));
  const next = asked ?? standingAt(open, crew) ?? open[0] ?? null;
  return {
    next,
    others: open.filter((view) => view !== next),
    away,
    done: held.filter((view) => !hasStep(view.order, crew)),
    unreadable,
  };
}

const isAway = ({ order, drop }: OrderView, crew: CrewId): boolean =>
  drop !== null || (order.crew !== crew && takenFrom(order, crew) !== null);

const awayAt = (view: OrderView, crew: CrewId): number => takenFrom(view.order, crew)?.at ?? 0;

const hasStep = (order: Order, crew: CrewId): boolean => isLive(order) && nextStep(order, crew) !== null;

function standingAt(open: readonly OrderView[], crew: CrewId): OrderView | undefined {
  const arrivedAt = ({ order }: OrderView): number =>
    order.facts.findLast((fact) => fact.kind === 'arrived' && fact.crew === crew)?.time.est ?? 0;
  return open.filter((view) => done(view.order, 'arrived', crew)).toSorted((a, b) => arrivedAt(b) - arrivedAt(a))[0];
}

/** A clock that has stopped is due no more. */
function dueAt(order: Order): number {
  const clock = arrivalClock(order, STATE_GRID);
  return clock && !clock.stop ? clock.limit.to : Infinity;
}

function byDue(a: Order, b: Order): number {
  const [dueA, dueB] = [dueAt(a), dueAt(b)];
  if (dueA !== dueB) return dueA < dueB ? -1 : 1;
  return (a.reportedAt?.est ?? 0) - (b.reportedAt?.est ?? 0);
}
