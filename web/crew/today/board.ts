import type { RulePack } from '#shared/event/rule-pack.ts';
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

/** How one order stands with the crew. `due`: ms; `arrived`: when the crew did, if it has. */
type Standing = {
  readonly away: boolean;
  readonly step: boolean;
  readonly due: number;
  readonly arrived: number | null;
};

/**
 * The next order is the one with an unanswered first tap; else the one the crew stands at (the latest arrival);
 * else what is due first. All others follow by what is due first. Whoever keeps the function asks about each order
 * once per change, however many there are.
 */
export function createBoard(
  crew: CrewId,
  activations: readonly Activation[],
): (views: readonly OrderView[], taps: readonly OpenTap[]) => Board {
  const standings = new WeakMap<OrderView, Standing>();
  const watching = new Map<RulePack, RulePack>();
  const packOf = (order: Order): RulePack => {
    const pack = packFor(activations, order);
    const known = watching.get(pack);
    const watched = known ?? { ...pack, rules: pack.rules.filter(isWatched) };
    if (!known) watching.set(pack, watched);
    return watched;
  };
  const standing = (view: OrderView): Standing => {
    const known = standings.get(view);
    if (known) return known;
    const found = {
      away: isAway(view, crew),
      step: hasStep(view.order, crew),
      due: dueAt(view.order, packOf(view.order)),
      arrived: done(view.order, 'arrived', crew) ? arrivedAt(view.order, crew) : null,
    };
    standings.set(view, found);
    return found;
  };
  return (views, taps) => boardOf(views, { crew, taps, standing });
}

type Asking = {
  readonly crew: CrewId;
  readonly taps: readonly OpenTap[];
  readonly standing: (view: OrderView) => Standing;
};

function boardOf(views: readonly OrderView[], { crew, taps, standing }: Asking): Board {
  const unreadable = views.filter((view) => view.order.stage === 'unknown');
  const known = views.filter((view) => view.order.stage !== 'unknown' && !view.order.archived);
  const away = known.filter((view) => standing(view).away).toSorted((a, b) => awayAt(b, crew) - awayAt(a, crew));
  const held = known.filter((view) => !standing(view).away);
  const open = held
    .filter((view) => standing(view).step)
    .toSorted((a, b) => finite(standing(a).due) - finite(standing(b).due) || reportedAt(a) - reportedAt(b));
  const asked = open.find((view) => taps.some((tap) => tap.order === view.order.id));
  const next = asked ?? latestArrival(open, standing) ?? open[0] ?? null;
  return {
    next,
    others: open.filter((view) => view !== next),
    away,
    done: held.filter((view) => !standing(view).step),
    unreadable,
  };
}

const isAway = ({ order, drop }: OrderView, crew: CrewId): boolean =>
  drop !== null || (order.crew !== crew && takenFrom(order, crew) !== null);

const awayAt = (view: OrderView, crew: CrewId): number => takenFrom(view.order, crew)?.at ?? 0;

const hasStep = (order: Order, crew: CrewId): boolean => isLive(order) && nextStep(order, crew) !== null;

const arrivedAt = (order: Order, crew: CrewId): number =>
  order.facts.findLast((fact) => fact.kind === 'arrived' && fact.crew === crew)?.time.est ?? 0;

/** Where the crew is: the order it arrived at last. */
const latestArrival = (open: readonly OrderView[], standing: (view: OrderView) => Standing): OrderView | undefined =>
  open
    .filter((view) => standing(view).arrived !== null)
    .toSorted((a, b) => (standing(b).arrived ?? 0) - (standing(a).arrived ?? 0))[0];

/** When the first clock of these rules that is waited for runs out; what has stopped is due no more. */
function dueAt(order: Order, watched: RulePack): number {
  const waiting = stageClocks(order, watched).filter(({ stop }) => !stop);
  return Math.min(...waiting.map(({ limit }) => limit.to));
}

/** What is never due comes last, and two of those are alike. */
const finite = (due: number): number => Math.min(due, Number.MAX_SAFE_INTEGER);

const reportedAt = ({ order }: OrderView): number => order.reportedAt?.est ?? 0;
