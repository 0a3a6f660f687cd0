import type { CrewId } from '#shared/ids.ts';
import { done } from '#shared/order/decide.ts';
import type { Alert, Order } from '#shared/order/order.ts';

import type { Chance } from './chance.ts';
import type { Post } from './post.ts';
import type { World } from './world.ts';

/** A crew nobody hears and which says over the radio, at `from`, when about it arrived: just inside the limit. */
export type RadioCall = { readonly crew: CrewId; readonly from: number };

export type Habits = { readonly world: World; readonly desk: Post; readonly radio: readonly RadioCall[] };

/** An order at which somebody looks. `chance`: the same for this order at every look. `limit`: of the arrival, ms. */
export type Looked = { readonly order: Order; readonly chance: Chance; readonly limit: number };

const MINUTE = 60_000;

/** What a dispatcher does about an order that a crew has, besides deciding who has it. */
export async function attend(habits: Habits, looked: Looked): Promise<void> {
  for (const habit of [takeRadio, urge, tellCustomers, claim]) await habit(habits, looked);
}

/** Calls the customer back, sometimes; closes in any case. */
export async function finish({ world, desk }: Habits, { order, chance }: Looked): Promise<void> {
  const now = world.now();
  const submitted = order.facts.findLast((fact) => fact.kind === 'submitted')?.time.est ?? now;
  const callsAfter = chance.between(2, 6) * MINUTE;
  const closesAfter = chance.between(6, 14) * MINUTE;
  const [calls, reached, satisfied] = [chance.happens(0.6), chance.happens(0.85), chance.unit()];
  if (calls && now - submitted > callsAfter && !order.facts.some(({ kind }) => kind === 'visited')) {
    const opinion = satisfied < 0.85 ? 'yes' : satisfied < 0.95 ? 'partly' : 'no';
    const heard = reached ? ({ satisfied: opinion, arrival: 'confirmed' } as const) : {};
    await desk.submit(order.id, { kind: 'visited', data: { reached, ...heard } });
  }
  if (now - submitted > closesAfter) await desk.submit(order.id, { kind: 'closed', data: { outcome: 'restored' } });
}

async function takeRadio({ world, desk, radio }: Habits, { order, limit }: Looked): Promise<void> {
  const { crew } = order;
  if (!crew || done(order, 'arrived', crew)) return;
  const call = radio.find((one) => one.crew === crew);
  if (!call || world.now() < Math.max(call.from, limit + MINUTE)) return;
  // Nobody looked at a watch: the five minutes that a typed time is unsure by reach over the limit.
  const at = { at: limit - MINUTE, source: 'typed' } as const;
  await desk.submit(order.id, { kind: 'arrived', data: { crew, radio: true, at } });
}

/** The customer calls again. */
async function urge({ world, desk }: Habits, { order, chance, limit }: Looked): Promise<void> {
  const urges = chance.branch('urge');
  const [wants, after, words] = [urges.happens(0.4), urges.between(1, 9) * MINUTE, urges.pick(WORDS)];
  if (!wants || !order.crew || done(order, 'arrived', order.crew) || world.now() < limit + after) return;
  if (order.facts.some(({ kind }) => kind === 'urged')) return;
  await desk.submit(order.id, { kind: 'urged', data: { level: 'handler', words } });
}

/** What the crew expects becomes what customers are told. */
async function tellCustomers({ world, desk }: Habits, { order, chance }: Looked): Promise<void> {
  const found = order.facts.findLast(({ kind, etr }) => kind === 'diagnosed' && etr !== undefined);
  const etr = found?.etr;
  const tells = chance.branch('etr');
  if (
    etr === undefined ||
    order.facts.some(({ kind }) => kind === 'etrSet') ||
    !tells.happens(0.75) ||
    etr < world.now()
  )
    return;
  await desk.submit(order.id, { kind: 'etrSet', data: { etr } });
}

/** Most of what asks for somebody is claimed after a while, and again when the time to look again has come. */
async function claim({ world, desk }: Habits, { order, chance }: Looked): Promise<void> {
  const now = world.now();
  const claims = chance.branch('claim');
  const [wants, after] = [claims.happens(0.8), claims.between(2, 6) * MINUTE];
  const open = order.alerts.find((alert) => alert.end === null && alert.level !== 'soon' && isWaiting(alert, now));
  if (!wants || !open || now - open.raisedAt < after) return;
  const data = { alert: open.id, how: 'claimed', until: now + 10 * MINUTE } as const;
  await desk.submit(order.id, { kind: 'alertAcknowledged', data });
}

const isWaiting = ({ taken, quiet }: Alert, now: number): boolean =>
  !quiet && (taken === null || (taken.until !== null && taken.until <= now));

const WORDS = [
  '客户第二次来电，问几点到。',
  '家里有老人，客户很急。',
  '店里冰柜化了，催第二次。',
  '物业问整栋楼什么时候来电。',
] as const;
