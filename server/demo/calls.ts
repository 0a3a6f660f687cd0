import type { CrewId, OrderId, UnitId } from '#shared/ids.ts';

import type { Chance } from './chance.ts';
import { addressOn, anyAddress, type Address, type City, type Quarter } from './city/city.ts';
import { spotAt } from './city/network.ts';
import { metres } from './city/plane.ts';
import { customerReport, type Trouble } from './customers.ts';
import type { Post } from './post.ts';
import type { World } from './world.ts';

/** What the dispatcher's colleagues agree on about an order: who is to get it, or that it is left alone. */
export type Wishes = Map<OrderId, CrewId | 'nobody'>;

export type Calls = {
  readonly world: World;
  readonly city: City;
  readonly chance: Chance;
  readonly agent: Post;
  readonly unitOf: (quarter: Quarter) => UnitId;
  /** When the visitor comes in; the storm lies before it. */
  readonly opening: number;
  readonly wishes: Wishes;
  /** There is something new for the dispatcher. */
  readonly ring: () => void;
};

/** One call that belongs to the plot: a house in town near `home`, for `crew` or for nobody. */
export type PlannedCall = { readonly at: number; readonly home: number; readonly crew: CrewId | 'nobody' };

const MINUTE = 60_000;

/** Customers call, one by one and, when a feeder fails, many along one line. For ever. */
export async function liveCalls(calls: Calls, planned: readonly PlannedCall[]): Promise<void> {
  const single = async (): Promise<void> => {
    const chance = calls.chance.branch('single');
    for (;;) {
      await calls.world.sleep(Math.min(chance.gapMs(perHour(calls)), 8 * MINUTE));
      const order = await take(calls, chance, anyAddress(calls.city, chance), 'house');
      if (order && chance.happens(0.07)) await endAtOnce(calls, chance, order);
    }
  };
  const later = async (): Promise<void> => {
    const chance = calls.chance.branch('later');
    await calls.world.sleep(calls.opening + 4 * MINUTE - calls.world.now());
    for (;;) {
      await failFeeder(calls, chance, chance.whole(4, 7));
      await calls.world.sleep(chance.between(35, 60) * MINUTE);
    }
  };
  const plot = planned.map(async ({ at, home, crew }) => {
    const chance = calls.chance.branch(`planned ${at}`);
    await calls.world.sleep(at - calls.world.now());
    const order = await take(calls, chance, houseNear(calls.city, chance, home), 'house');
    if (order) calls.wishes.set(order, crew);
  });
  await Promise.all([single(), later(), ...STORM.map((failure) => stormFailure(calls, failure)), ...plot]);
}

/** Minutes before the opening, and how many call. */
const STORM = [
  { before: 78, reports: 10 },
  { before: 66, reports: 8 },
  { before: 47, reports: 11 },
  { before: 14, reports: 5 },
] as const;

async function stormFailure(calls: Calls, { before, reports }: (typeof STORM)[number]): Promise<void> {
  const chance = calls.chance.branch(`storm ${before}`);
  await calls.world.sleep(calls.opening - before * MINUTE - calls.world.now());
  await failFeeder(calls, chance, reports);
}

/** The first call comes within a minute, the others thinner and thinner; some are the same trouble as the first. */
async function failFeeder(calls: Calls, chance: Chance, reports: number): Promise<void> {
  const feeder = chance.whole(0, calls.city.supply.feeders.length - 1);
  const merges = chance.branch('merges');
  let first: OrderId | null = null;
  for (let report = 0; report < reports; report++) {
    await calls.world.sleep(chance.gapMs(90 / (1 + report / 3)));
    const order = await take(calls, chance, addressOn(calls.city, chance, feeder), 'feeder');
    first ??= order;
    if (!order || !first || order === first || !merges.happens(0.25)) continue;
    await calls.world.sleep(merges.between(20, 50) * 1_000);
    await calls.agent.submit(order, { kind: 'merged', data: { into: first, reason: '同一条线，同一次停电' } });
  }
}

/** No crew is needed: the customer could be helped on the phone. */
async function endAtOnce(calls: Calls, chance: Chance, order: OrderId): Promise<void> {
  const { reason, note } = chance.pick(ENDS);
  await calls.world.sleep(chance.between(15, 50) * 1_000);
  await calls.agent.submit(order, { kind: 'endedAtIntake', data: { reason, note } });
}

const ENDS = [
  { reason: 'guided', note: '指导客户合上漏保，已来电' },
  { reason: 'arrears', note: '欠费停电，已告知缴费' },
  { reason: 'customerSide', note: '物业配电房在检修' },
] as const;

async function take(calls: Calls, chance: Chance, address: Address, trouble: Trouble): Promise<OrderId | null> {
  const report = customerReport(calls.city, chance, address, trouble);
  calls.ring();
  return calls.agent.submit('new', { kind: 'reported', data: { ...report, unit: calls.unitOf(address.quarter) } });
}

function perHour({ world, opening }: Calls): number {
  const before = (opening - world.now()) / MINUTE;
  return before <= 80 && before >= 20 ? 22 : 12;
}

/** The nearest of some houses in town that one has to drive to. */
function houseNear(city: City, chance: Chance, home: number): Address {
  const away = ({ spot }: Address): number => metres(spot, spotAt(city.nodes, home));
  const houses = Array.from({ length: 80 }, () => anyAddress(city, chance)).filter(
    (house) => house.area === 'urban' && away(house) > DRIVE_M,
  );
  const [nearest] = houses.toSorted((a, b) => away(a) - away(b));
  if (!nearest) throw new Error('no house in town');
  return nearest;
}

const DRIVE_M = 900;
