import type { CrewId } from '#shared/ids.ts';
import { done } from '#shared/order/decide.ts';
import { nextStep } from '#shared/order/operations.ts';
import { isLive, type Order, takenFrom } from '#shared/order/order.ts';
import { isWatched } from '#shared/sla/leading.ts';
import { type Activation, packFor } from '#shared/sla/pack-for.ts';
import { stageClocks } from '#shared/sla/stage-clock.ts';

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

type Asking = {
  readonly crew: CrewId;
  readonly taps: readonly OpenTap[];
  readonly activations: readonly Activation[];
};

/**
 * The next order is the one with an unanswered first tap; else the one the crew stands at (the latest arrival);
 * else what is due first. All others follow by what is due first.
 */
export function boardOf(views: readonly OrderView[], { crew, taps, activations }: Asking): Board {
  const unreadable = views.filter((view) => view.order.stage === 'unknown');
  const known = views.filter((view) => view.order.stage !== 'unknown' && !view.order.archived);
  const away = known.filter((view) => isAway(view, crew)).toSorted((a, b) => awayAt(b, crew) - awayAt(a, crew));
  const held = known.filter((view) => !isAway(view, crew));
  const open = held
    .filter((view) => hasStep(view.order, crew))
    .toSorted((a, b) => byDue(a.order, b.order, activations));
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

/** When the first clock that is waited for and that somebody is told of runs out; what has stopped is due no more. */
function dueAt(order: Order, activations: readonly Activation[]): number {
  const waiting = stageClocks(order, packFor(activations, order)).filter(({ rule, stop }) => isWatched(rule) && !stop);
  return Math.min(...waiting.map(({ limit }) => limit.to));
}

function byDue(a: Order, b: Order, activations: readonly Activation[]): number {
  const [dueA, dueB] = [dueAt(a, activations), dueAt(b, activations)];
  if (dueA !== dueB) return dueA < dueB ? -1 : 1;
  return (a.reportedAt?.est ?? 0) - (b.reportedAt?.est ?? 0);
}
