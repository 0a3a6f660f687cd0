import type { OrderView } from '#shared/engine/views.ts';
import type { CrewId } from '#shared/ids.ts';
import { done } from '#shared/order/decide.ts';

import { isDeadSpot } from './city/city.ts';
import { alongWay, lengthOf, nearestNode, spotAt, wayBetween } from './city/network.ts';
import { metres, type Spot } from './city/plane.ts';
import { answerUrges, doJob, type Job } from './crew-job.ts';
import type { Post } from './post.ts';

/** What a van's tablet can do besides writing things down. */
export type VanTablet = Post & {
  /** Where the van is now. */
  readonly fix: (spot: Spot) => void;
  readonly coverage: (there: boolean) => void;
  readonly startShift: (crew: CrewId, people: readonly string[]) => Promise<void>;
};

export type CrewDay = Job & {
  readonly tablet: VanTablet;
  /** Who is on the van. */
  readonly people: readonly string[];
  /** Times in which this tablet is heard by nobody, whatever the place: flat battery, cellar, left in the office. */
  readonly silent: readonly { readonly from: number; readonly to: number }[];
};

const SECOND = 1_000;

/** One crew's work, for ever: one order after the other, the oldest report first, and home when there is none. */
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
  await world.sleep(chance.between(5, 50) * SECOND);
  await tablet.startShift(day.crew, day.people);
  void answerUrges({ ...day, chance: chance.branch('urges') });
  for (;;) {
    const job = nextJob(day);
    if (job) await doJob(day, job, { drive, wait });
    else if (metres(spot, spotAt(city.nodes, day.home)) > 100) await drive(day.home, () => !nextJob(day));
    else await wait(world.isLive() ? LOOK_MS : STAND_MS);
  }
}

/** The oldest report first, as the tablet knows them. */
function nextJob({ tablet, crew }: CrewDay): OrderView | null {
  const open = tablet
    .orders()
    .filter(({ order }) => order.crew === crew && !order.closed && !order.archived && !done(order, 'submitted', crew));
  return open.toSorted((a, b) => (a.order.reportedAt?.est ?? 0) - (b.order.reportedAt?.est ?? 0))[0] ?? null;
}

/** Metres a second: 28 km/h between crossings and lights, 45 in the country. */
const speedAt = (spot: Spot): number => (metres(spot, { x: 0, y: 0 }) < 3_400 ? 7.8 : 12.5);

const STEP_MS = 10 * SECOND;
const STAND_MS = 20 * SECOND;
/** With nothing to do and a visitor at the desk, somebody has an eye on the tablet. */
const LOOK_MS = 2 * SECOND;
