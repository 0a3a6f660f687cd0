import type { OrderView } from '#shared/engine/views.ts';
import type { CrewId } from '#shared/ids.ts';
import type { Fact } from '#shared/order/order.ts';

import type { Chance } from './chance.ts';
import { isDeadSpot, type City } from './city/city.ts';
import { alongWay, lengthOf, nearestNode, spotAt, wayBetween } from './city/network.ts';
import { metres, toPoint, toSpot, type Spot } from './city/plane.ts';
import type { Post } from './post.ts';
import { drawSignature } from './signature.ts';
import type { World } from './world.ts';

/** What a van's tablet can do besides writing things down. */
export type VanTablet = Post & {
  /** Where the van is now. */
  readonly fix: (spot: Spot) => void;
  readonly coverage: (there: boolean) => void;
};

export type CrewDay = {
  readonly world: World;
  readonly city: City;
  readonly chance: Chance;
  readonly tablet: VanTablet;
  readonly crew: CrewId;
  /** Where the van stands when there is nothing to do. */
  readonly home: number;
  /** Times in which this tablet is heard by nobody, whatever the place: flat battery, cellar, left in the office. */
  readonly silent: readonly { readonly from: number; readonly to: number }[];
};

const SECOND = 1_000;
const MINUTE = 60_000;

/**
 * One crew's work, for ever:
 *
 *   idle ─► accepted ─► departed ─(drives along streets)─► arrived ─► restored ─► signed ─► submitted ─► idle
 *            any step: the order was taken away ─► idle
 */
export async function liveCrewDay(day: CrewDay): Promise<void> {
  const { world, chance, tablet, city } = day;
  let spot = spotAt(city.nodes, day.home);
  const be = (at: Spot, signal = true): void => {
    spot = at;
    const now = world.now();
    const silent = day.silent.some(({ from, to }) => now >= from && now < to);
    tablet.coverage(signal && !silent && !isDeadSpot(city, at));
    tablet.fix(at);
  };
  /** Drives until it is there (true) or there is another thing to do (false). */
  const drive = async (to: number, goOn: () => boolean): Promise<boolean> => {
    const way = wayBetween(city.network, nearestNode(city.network, spot), to);
    const length = lengthOf(way);
    for (let driven = 0; driven < length;) {
      await world.sleep(STEP_MS);
      if (!goOn()) return false;
      driven += (STEP_MS / SECOND) * speedAt(spot) * chance.between(0.7, 1.2);
      be(alongWay(way, driven));
    }
    return true;
  };
  const wait = async (ms: number, signal = true): Promise<void> => {
    const until = world.now() + ms;
    for (be(spot, signal); world.now() < until; be(spot, signal))
      await world.sleep(Math.min(STAND_MS, until - world.now()));
  };

  be(spot);
  for (;;) {
    const job = nextJob(day);
    if (!job) {
      if (metres(spot, spotAt(city.nodes, day.home)) > 100) await drive(day.home, () => !nextJob(day));
      else await wait(STAND_MS);
      continue;
    }
    await work(day, job, { drive, wait });
  }
}

type Moves = {
  readonly drive: (to: number, goOn: () => boolean) => Promise<boolean>;
  readonly wait: (ms: number, signal?: boolean) => Promise<void>;
};

async function work(day: CrewDay, { order }: OrderView, { drive, wait }: Moves): Promise<void> {
  const { tablet, chance, crew, city } = day;
  const mine = (): boolean => tablet.orders().some((view) => view.order.id === order.id && view.order.crew === crew);
  const done = (kind: Fact['kind']): boolean =>
    tablet
      .orders()
      .some(
        (view) =>
          view.order.id === order.id && view.order.facts.some((fact) => fact.kind === kind && fact.crew === crew),
      );
  const target = placeOf(day, order);
  const point = { ...toPoint(spotAt(city.nodes, target)), acc: chance.whole(6, 30) };

  if (!done('accepted')) {
    await wait(chance.between(15, 100) * SECOND);
    if (!mine()) return;
    await tablet.submit(order.id, { kind: 'accepted', data: { crew } });
  }
  await wait(chance.between(20, 120) * SECOND);
  if (!mine()) return;
  if (!done('departed')) await tablet.submit(order.id, { kind: 'departed', data: { crew } });
  if (!(await drive(target, mine))) return;
  if (!done('arrived')) await tablet.submit(order.id, { kind: 'arrived', data: { crew, point } });

  const cellar = chance.happens(0.15);
  await wait(chance.between(8, 24) * MINUTE, !cellar);
  if (chance.happens(0.3))
    await tablet.submit(order.id, { kind: 'noted', data: { crew, text: chance.pick(FINDINGS), point } });
  const safety = { earthsRemoved: true, peopleClear: true, customerTold: chance.happens(0.8) };
  await tablet.submit(order.id, { kind: 'restored', data: { crew, extent: 'all', safety, point } });
  await wait(chance.between(1, 3) * MINUTE, !cellar);
  if (chance.happens(0.85)) {
    const shown = [order.report?.address ?? order.id, '供电已恢复'];
    await tablet.submit(order.id, { kind: 'signed', data: { crew, shown, ...drawSignature(chance) } });
  }
  await wait(chance.between(30, 120) * SECOND);
  await tablet.submit(order.id, { kind: 'submitted', data: { crew } });
}

/** The oldest report first, as the tablet knows them. */
function nextJob({ tablet, crew }: CrewDay): OrderView | null {
  const open = tablet
    .orders()
    .filter(
      ({ order }) =>
        order.crew === crew &&
        !order.closed &&
        !order.archived &&
        !order.facts.some((fact) => fact.kind === 'submitted' && fact.crew === crew),
    );
  return open.toSorted((a, b) => (a.order.reportedAt?.est ?? 0) - (b.order.reportedAt?.est ?? 0))[0] ?? null;
}

/** The crossing nearest to where the order is; without a position, the street its address begins with. */
function placeOf({ city, home }: CrewDay, order: OrderView['order']): number {
  const point = order.report?.point;
  if (point) return nearestNode(city.network, toSpot(point));
  const street = city.streets.find(({ name }) => order.report?.address.includes(name));
  return street?.nodes[Math.floor(street.nodes.length / 2)] ?? home;
}

/** Metres a second: 28 km/h between crossings and lights, 45 in the country. */
const speedAt = (spot: Spot): number => (metres(spot, { x: 0, y: 0 }) < 3_400 ? 7.8 : 12.5);

const STEP_MS = 10 * SECOND;
const STAND_MS = 20 * SECOND;

const FINDINGS = [
  '跌落式熔断器 B 相熔丝熔断，已更换。',
  '树枝搭在低压导线上，已清除。',
  '台区总开关跳闸，查无短路，试送成功。',
  '表前开关烧坏，已换新。',
  '接户线接头松动发热，已重新压接。',
  '电缆分支箱进水，已排水烘干。',
];
