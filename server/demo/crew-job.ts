import type { OrderView } from '#shared/engine/views.ts';
import type { MaterialsUsed, RETURN_REASONS, Suspended } from '#shared/event/field.ts';
import type { CrewId } from '#shared/ids.ts';
import { done as isDone } from '#shared/order/decide.ts';
import { type FieldKind, openUrges, type Order } from '#shared/order/order.ts';

import type { Chance } from './chance.ts';
import type { City } from './city/city.ts';
import { nearestNode, spotAt } from './city/network.ts';
import { toPoint, toSpot } from './city/plane.ts';
import type { Post } from './post.ts';
import { drawSignature } from './signature.ts';
import type { World } from './world.ts';

export type Job = {
  readonly world: World;
  readonly city: City;
  readonly chance: Chance;
  readonly tablet: Post;
  readonly crew: CrewId;
  /** Where the van stands when there is nothing to do. */
  readonly home: number;
  /** Gives no order back: the plot needs it. */
  readonly keeps: boolean;
};

/** `drive`: true when it got there, false when there was another thing to do. `wait`: without signal in a cellar. */
export type Moves = {
  readonly drive: (to: number, goOn: () => boolean) => Promise<boolean>;
  readonly wait: (ms: number, signal?: boolean) => Promise<void>;
};

const SECOND = 1_000;
const MINUTE = 60_000;

/**
 * One order from acceptance to submission, as far as it goes:
 *
 *   accepted ─► contacted ─► departed ─(drives)─► arrived ─► diagnosed ─(suspended ─► resumed)─► restored ─► submitted
 *       └► returned: nobody has it          any step: the order was taken away
 */
export async function doJob(job: Job, { order: { id } }: OrderView, { drive, wait }: Moves): Promise<void> {
  const { world, tablet, chance, crew } = job;
  const here = (): Order | null => tablet.orders().find(({ order }) => order.id === id)?.order ?? null;
  const mine = (): boolean => here()?.crew === crew;
  const done = (kind: FieldKind): boolean => {
    const order = here();
    return order !== null && isDone(order, kind, crew);
  };
  const order = here();
  if (!order) return;
  const target = placeOf(job, order);
  const point = { ...toPoint(spotAt(job.city.nodes, target)), acc: chance.whole(6, 30) };
  const age = world.now() - (order.reportedAt?.est ?? world.now());

  if (!done('accepted')) {
    // A visitor who sends an order is not kept waiting for what only history has time for.
    await wait((world.isLive() ? chance.between(2, 8) : chance.between(15, 100)) * SECOND);
    if (!mine()) return;
    await tablet.submit(id, { kind: 'accepted', data: { crew } });
  }
  if (!job.keeps && !done('departed') && chance.happens(RETURNS)) {
    await wait(chance.between(40, 150) * SECOND);
    if (mine()) await tablet.submit(id, { kind: 'returned', data: { crew, ...chance.pick(RETURNED) } });
    return;
  }
  await wait(chance.between(20, 90) * SECOND);
  if (!done('contacted') && chance.happens(0.85))
    await tablet.submit(id, { kind: 'contacted', data: { crew, reached: chance.happens(0.9) } });
  if (age > 25 * MINUTE && !done('explained'))
    await tablet.submit(id, { kind: 'explained', data: { crew, why: chance.pick(DELAYS) } });
  if (!mine()) return;
  if (!done('departed')) await tablet.submit(id, { kind: 'departed', data: { crew } });
  if (!(await drive(target, mine))) return;
  if (!done('arrived')) await tablet.submit(id, { kind: 'arrived', data: { crew, point } });

  const cellar = chance.happens(0.15);
  const work = chance.between(4, 14) * MINUTE;
  const finding = chance.pick(FINDINGS);
  await wait(chance.between(3, 7) * MINUTE, !cellar);
  if (!done('diagnosed')) {
    const etr = Math.ceil((world.now() + work + 8 * MINUTE) / (5 * MINUTE)) * 5 * MINUTE;
    await tablet.submit(id, { kind: 'diagnosed', data: { crew, cause: finding.cause, etr, point } });
  }
  if (chance.happens(SUSPENDS)) {
    await tablet.submit(id, { kind: 'suspended', data: { crew, ...chance.pick(SUSPENDED), point } });
    await wait(chance.between(6, 15) * MINUTE, !cellar);
    if (!mine()) return;
    await tablet.submit(id, { kind: 'resumed', data: { crew, point } });
  }
  await wait(work, !cellar);
  if (chance.happens(0.25)) await tablet.submit(id, { kind: 'noted', data: { crew, text: chance.pick(NOTES), point } });
  if (finding.items.length > 0)
    await tablet.submit(id, { kind: 'materialsUsed', data: { crew, items: [...finding.items] } });
  const safety = { earthsRemoved: true, peopleClear: true, customerTold: chance.happens(0.8) };
  await tablet.submit(id, { kind: 'restored', data: { crew, extent: 'all', safety, point } });
  await wait(chance.between(1, 3) * MINUTE, !cellar);
  if (chance.happens(0.85)) {
    const shown = [order.report?.address ?? id, '供电已恢复'];
    await tablet.submit(id, { kind: 'signed', data: { crew, shown, ...drawSignature(chance) } });
  }
  await wait(chance.between(30, 120) * SECOND);
  await tablet.submit(id, { kind: 'submitted', data: { crew } });
}

/** Somebody on the van answers what is urged, when the tablet has heard of it. For ever. */
export async function answerUrges({ world, chance, tablet, crew }: Job): Promise<void> {
  for (;;) {
    await world.sleep(chance.between(60, 150) * SECOND);
    for (const { order } of tablet.orders()) {
      if (order.crew !== crew || order.closed) continue;
      for (const { id: urge } of openUrges(order)) {
        const arrived = isDone(order, 'arrived', crew);
        const answer = arrived ? 'waitingSwitching' : chance.pick(['tenMinutes', 'twentyMinutes'] as const);
        await tablet.submit(order.id, { kind: 'urgeAnswered', data: { crew, urge, answer } });
      }
    }
  }
}

/** The crossing nearest to where the order is; without a position, the street its address begins with. */
function placeOf({ city, home }: Job, order: Order): number {
  const point = order.report?.point;
  if (point) return nearestNode(city.network, toSpot(point));
  const street = city.streets.find(({ name }) => order.report?.address.includes(name));
  return street?.nodes[Math.floor(street.nodes.length / 2)] ?? home;
}

const RETURNS = 0.06;
const SUSPENDS = 0.15;

const RETURNED: readonly { readonly reason: (typeof RETURN_REASONS)[number]; readonly note?: string }[] = [
  { reason: 'noMaterial', note: '缺 10kV 熔管，库房在北郊' },
  { reason: 'vanBroken', note: '右后胎扎了' },
  { reason: 'noAccess', note: '涵洞积水过不去' },
  { reason: 'notOurWork', note: '是光缆，不是电线' },
];

const SUSPENDED: readonly Pick<Suspended, 'reason' | 'note'>[] = [
  { reason: 'weather', note: '阵风太大，不能登杆' },
  { reason: 'switching', note: '等调度停送电' },
  { reason: 'material', note: '等送熔管' },
  { reason: 'customerAbsent' },
];

const DELAYS = ['前面还有一户，路上积水。', '树倒在路上，正在绕行。', '大风，多处同时停电，按时限先后去。'] as const;

type Finding = { readonly cause: string; readonly items: MaterialsUsed['items'] };
const FINDINGS: readonly Finding[] = [
  { cause: '跌落式熔断器 B 相熔丝熔断', items: [{ what: '熔丝 20A', count: 1, unit: '根' }] },
  { cause: '树枝搭在低压导线上', items: [] },
  { cause: '台区总开关跳闸，查无短路', items: [] },
  { cause: '表前开关烧坏', items: [{ what: '微型断路器 C63', count: 1, unit: '只' }] },
  {
    cause: '接户线接头松动发热',
    items: [
      { what: '并沟线夹', count: 2, unit: '只' },
      { what: '绝缘胶带', count: 1, unit: '卷' },
    ],
  },
  { cause: '电缆分支箱进水', items: [{ what: '硅胶堵料', count: 2, unit: '包' }] },
  { cause: '低压导线断线', items: [{ what: '绝缘导线 70', count: 35, unit: '米' }] },
];

const NOTES = [
  '杆号牌掉了，建议补挂。',
  '楼道太暗，拍不清表箱。',
  '客户要求换大一号开关，已告知走营业厅。',
  '变压器低压侧 B 相偏重。',
] as const;
