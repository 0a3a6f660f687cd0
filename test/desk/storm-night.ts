import { asDeviceId, type CrewId } from '#shared/ids.ts';
import { foldAll } from '#shared/order/fold.ts';
import { judgeClock } from '#shared/sla/judge.ts';
import { STATE_GRID } from '#shared/sla/packs/state-grid.ts';
import { planAlerts } from '#shared/sla/plan-alerts.ts';
import { arrivalClock } from '#shared/sla/stage-clock.ts';
import type { Live } from '#shared/sync/protocol.ts';

import { createChance } from '../../server/demo/chance.ts';
import { anyAddress, buildCity } from '../../server/demo/city/city.ts';
import { toPoint } from '../../server/demo/city/plane.ts';
import { about, at, CREWMAN, DISPATCHER } from '../builders.ts';
import type { Held } from '../crew/fake-client.ts';
import { type OrderStory, orderOf } from '../crew/orders.ts';
import { crewId } from './fake-desk.ts';

export const STORM_NOW = at('14:55:20');
const ALPHABET = 'ACDEFGHJKMNPQRTUVWXY';
const MINUTE = 60_000;

/** Nobody is fetched from his desk in these pictures. */
const STORM_PACK = { ...STATE_GRID, rules: STATE_GRID.rules.map((rule) => ({ ...rule, escalate: [] })) };

const clockOf = (ms: number): string => new Date(ms).toISOString().slice(11, 19);

/** Plans alerts as the server does and writes them into the story, at the moments a look was due. */
export function looked(story: OrderStory, heard: (crew: CrewId, now: number) => number, until: number): OrderStory {
  const clock = arrivalClock(foldAll(story.id, story.events), STORM_PACK);
  if (!clock) return story;
  const moments = [clock.warn.to, clock.limit.to + 1, ...story.events.map(({ rcv }) => rcv ?? 0), until].toSorted(
    (a, b) => a - b,
  );
  for (const now of moments.filter((moment) => moment <= until)) {
    const known = story.events.filter(({ rcv }) => (rcv ?? 0) <= now);
    const order = foldAll(story.id, known);
    const seen = arrivalClock(order, STORM_PACK);
    if (!seen) continue;
    const devicesOf = (crew: CrewId) => [{ device: asDeviceId(crew), heard: heard(crew, now) }];
    for (const draft of planAlerts(order, [judgeClock(order, seen, { now, devicesOf })]))
      story.record(draft.kind, clockOf(now), draft.data, { by: null });
  }
  return story;
}

/** Vans: the first five have news, the others went silent one after another. */
export function stormLive(crews: number): Live {
  const city = buildCity('relight');
  const chance = createChance('vans');
  const heard = Array.from({ length: crews }, (_, index) => ({ crew: crewId(index + 1), heard: heardOf(index + 1) }));
  return {
    heard,
    fixes: heard.map(({ crew, heard: last }) => ({ ...toPoint(anyAddress(city, chance).spot), crew, at: last })),
  };
}

const heardOf = (n: number): number => (n <= 5 ? STORM_NOW - n * 50_000 : STORM_NOW - (n * 7 - 10) * MINUTE);

/** A storm afternoon: the orders named in the README's picture, and as many ordinary ones as asked for. */
export function stormNight(ordinary: number, { crews = 8, oldest = 34 } = {}): readonly Held[] {
  const city = buildCity('relight');
  const chance = createChance('orders');
  const heard = (crew: CrewId, now: number): number => Math.min(now, heardOf(Number(crew.split('-')[1])));
  const place = () => {
    const found = anyAddress(city, chance);
    return { address: found.text, point: toPoint(found.spot), area: found.area } as const;
  };
  const inTown = () => ({ ...place(), area: 'urban' as const });

  const missed = orderOf('P4X', '14:03', {
    ...inTown(),
    hazards: ['medical'],
    customers: 3,
    words: '家里老人吸氧，机器停了',
    customer: { name: '张*', phone: '138****2201', account: '*8841' },
  })
    .dispatched('14:06', crewId(3))
    .field('accepted', '14:08', crewId(3))
    .field('departed', '14:20:40', crewId(3));
  const silent = orderOf('N3M', '14:02', { ...inTown(), customers: 31, words: '整村没电' })
    .dispatched('14:04', crewId(6))
    .field('accepted', '14:06', crewId(6))
    .field('departed', '14:11', crewId(6));
  const silentToo = orderOf('C8T', '14:05', inTown())
    .dispatched('14:07', crewId(7))
    .field('accepted', '14:09', crewId(7));
  const soon = orderOf('D5R', '14:17', { ...inTown(), hazards: ['lineDown'], words: '线掉在路上，还在冒火' })
    .dispatched('14:20', crewId(2))
    .field('accepted', '14:22', crewId(2))
    .field('departed', '14:30', crewId(2));
  const waiting = orderOf('E2N', '14:21', { ...inTown(), customers: 1 });
  const proved = orderOf('D3Q', '14:01', { ...inTown(), words: '单元楼没电', customers: 12 })
    .dispatched('14:03', crewId(1))
    .field('accepted', '14:05', crewId(1))
    .field('departed', '14:09', crewId(1));
  const told = (crew: CrewId, now: number): number => (now < at('14:54:30') ? at('14:09') : heard(crew, now));
  looked(proved, told, at('14:50'));
  proved.record(
    'arrived',
    { ...about('14:43', 5 * MINUTE, 'C'), given: 'typed', why: 'typed' },
    { crew: crewId(1), radio: true, at: { at: at('14:43'), source: 'typed' } },
    { by: DISPATCHER },
  );
  received(proved, '14:51:10');
  proved.record('arrived', { ...about('14:21:08', 20_000, 'A'), why: 'gps' }, { crew: crewId(1) }, { by: CREWMAN });
  received(proved, '14:54:40');
  proved.record('restored', about('14:48:30', 20_000, 'A'), { crew: crewId(1), extent: 'all' });
  received(proved, '14:54:40');
  proved.record('signed', about('14:50:12', 20_000, 'A'), {
    crew: crewId(1),
    name: '李**',
    shown: ['D3Q-1 14:21 到达 14:48 复电 免费'],
    width: 600,
    height: 200,
    strokes: [
      [60, 120, 110, 60, 150, 130, 190, 70, 230, 140],
      [270, 60, 275, 150],
      [250, 95, 330, 88],
      [360, 120, 400, 70, 440, 120, 480, 80, 540, 130],
    ],
  });
  received(proved, '14:54:40');

  const named = [missed, silent, silentToo, soon, waiting].map((story) => looked(story, heard, STORM_NOW));
  const rest = Array.from({ length: ordinary }, (_, index) => {
    const name = `${ALPHABET[index % 20] ?? 'A'}${2 + (Math.floor(index / 20) % 8)}${ALPHABET[Math.floor(index / 160) % 20] ?? 'A'}`;
    const since = STORM_NOW - chance.whole(1, oldest) * MINUTE;
    const story = orderOf(name, clockOf(since), { ...place(), customers: chance.whole(1, 40) });
    const crew = crewId(chance.whole(1, crews));
    if (chance.happens(0.25)) return looked(story, heard, STORM_NOW);
    story.dispatched(clockOf(since + MINUTE), crew);
    if (chance.happens(0.6)) story.field('accepted', clockOf(since + 2 * MINUTE), crew);
    return looked(story, heard, STORM_NOW);
  });
  return [...named, looked(proved, told, STORM_NOW), ...rest].map((story) => story.held());
}

/** The last event came to the centre at this moment. */
function received(story: OrderStory, clock: string): void {
  story.events[story.events.length - 1] = { ...story.last, rcv: at(clock) };
}
