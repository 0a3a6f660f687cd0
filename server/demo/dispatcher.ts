import type { OrderView } from '#shared/engine/views.ts';
import type { CrewId } from '#shared/ids.ts';
import { isLive } from '#shared/order/order.ts';
import { STATE_GRID } from '#shared/sla/packs/state-grid.ts';
import { arrivalClock } from '#shared/sla/stage-clock.ts';

import type { Wishes } from './calls.ts';
import type { Chance } from './chance.ts';
import { metres, toSpot, type Spot } from './city/plane.ts';
import { attend, finish, type Habits } from './desk-habits.ts';
import type { Post } from './post.ts';

export type CrewPost = { readonly crew: CrewId; readonly home: Spot };

export type Dispatcher = Habits & {
  readonly chance: Chance;
  readonly crews: readonly CrewPost[];
  readonly wishes: Wishes;
  /** Kept free for something the plot has in store. */
  readonly reserved: (crew: CrewId) => boolean;
  /** The crew's tablet rings. */
  readonly ring: (crew: CrewId) => void;
};

type Order = OrderView['order'];

const MINUTE = 60_000;
/** Orders one crew is given at once. */
const HAND_FULL = 2;
/** What is left for the visitor is taken after all so long past its limit. */
const LEFT_FOR_MS = 20 * MINUTE;
const STALLED_MS = 20 * MINUTE;

/** The visitor's colleague at the desk: sends crews, gives stalled orders to others, closes what is done. For ever. */
export async function liveDispatcher(dispatcher: Dispatcher): Promise<void> {
  const { world, chance, desk } = dispatcher;
  for (;;) {
    await world.sleep(chance.between(20, 45) * 1_000);
    // Read again for each: what was sent a moment ago counts.
    for (const { id } of byLimit(liveOrders(desk))) {
      const live = liveOrders(desk);
      const order = live.find((one) => one.id === id);
      if (order) await look(dispatcher, order, live);
    }
  }
}

const liveOrders = (desk: Post): Order[] =>
  desk
    .orders()
    .map(({ order }) => order)
    .filter(isLive);

const byLimit = (orders: readonly Order[]): Order[] =>
  orders
    .map((order) => ({ order, limit: limitOf(order) }))
    .toSorted((a, b) => a.limit - b.limit)
    .map(({ order }) => order);

async function look(dispatcher: Dispatcher, order: Order, live: readonly Order[]): Promise<void> {
  const { world, desk } = dispatcher;
  const now = world.now();
  const chance = dispatcher.chance.branch(order.report?.address ?? order.id);
  if (!order.crew) {
    const crew = crewFor(dispatcher, chance, order, live);
    if (!crew) return;
    await desk.submit(order.id, { kind: 'dispatched', data: { crew } });
    dispatcher.ring(crew);
    return;
  }
  const looked = { order, chance, limit: limitOf(order) };
  if (order.stage === 'submitted') return finish(dispatcher, looked);
  const [held, another] = order.holdings;
  const stalled = order.stage === 'dispatched' && held && !another && now - held.fromAt > STALLED_MS;
  if (stalled && !dispatcher.wishes.has(order.id)) {
    const to = nearest(dispatcher, order, live);
    if (to && loadOf(live, to) === 0) {
      const data = { from: order.crew, to, reason: '久未接单，就近改派' };
      await desk.submit(order.id, { kind: 'reassigned', data });
      dispatcher.ring(to);
    }
  }
  await attend(dispatcher, looked);
}

/** Whom to send now, or null: nobody is free, or the order is left for the visitor. */
function crewFor(dispatcher: Dispatcher, chance: Chance, order: Order, live: readonly Order[]): CrewId | null {
  const now = dispatcher.world.now();
  const wish = dispatcher.wishes.get(order.id);
  if (wish !== undefined && wish !== 'nobody') return wish;
  const reported = order.reportedAt?.est ?? now;
  const left = wish === 'nobody' || chance.happens(0.2);
  const from = left ? limitOf(order) + LEFT_FOR_MS : reported + chance.between(1, 4) * MINUTE;
  return now < from ? null : nearest(dispatcher, order, live);
}

function nearest({ crews, reserved }: Dispatcher, order: Order, live: readonly Order[]): CrewId | null {
  const spot = order.report?.point ? toSpot(order.report.point) : { x: 0, y: 0 };
  const cost = ({ crew, home }: CrewPost): number => metres(home, spot) + loadOf(live, crew) * 2_500;
  const gaveBack = (crew: CrewId): boolean =>
    order.holdings.some((held) => held.crew === crew && held.end?.returned !== undefined);
  const free = crews.filter(({ crew }) => loadOf(live, crew) < HAND_FULL && !reserved(crew) && !gaveBack(crew));
  return free.toSorted((a, b) => cost(a) - cost(b))[0]?.crew ?? null;
}

const loadOf = (live: readonly Order[], crew: CrewId): number =>
  live.filter((order) => order.crew === crew && order.stage !== 'submitted').length;

const limitOf = (order: Order): number => arrivalClock(order, STATE_GRID)?.limit.to ?? Number.POSITIVE_INFINITY;
