import {
  USUAL_ZONE,
  type Report,
  type ReportQuery,
  type ReportRow,
  type ReportRule,
  type ReportStep,
} from '#shared/api/report.ts';
import type { Rule, RulePack } from '#shared/event/rule-pack.ts';
import type { UnitId } from '#shared/ids.ts';
import type { Order } from '#shared/order/order.ts';
import { judge } from '#shared/sla/judge.ts';
import type { DevicesOf } from '#shared/sla/knowledge.ts';
import { packFor, type Activation } from '#shared/sla/pack-for.ts';
import { exactly } from '#shared/time/event-time.ts';
import { createDays, daysBetween, monthOf, nextDay, weekOf, type Day, type Days } from '#shared/time/local-day.ts';

import type { OrderMark } from '../store/order-pages.ts';
import type { Store } from '../store/store.ts';
import { countClock } from './count-clock.ts';
import { createGroups, type Groups } from './report-groups.ts';
import { createTally, type Tally } from './tally-arrivals.ts';

/** `units`: only their orders; null: all. `now`: server time, ms. */
export type ReportRequest = {
  readonly query: ReportQuery;
  readonly units: readonly UnitId[] | null;
  readonly now: number;
};

/** Clocks against their limits, archive included; the cost follows the orders of the period. */
export async function reportOrders(store: Pick<Store, 'orders' | 'roster'>, request: ReportRequest): Promise<Report> {
  const { units, now, query } = request;
  const { by = 'area', zone = USUAL_ZONE, from, to } = query;
  const days = createDays(zone);
  const counting: Counting = {
    request,
    days,
    packs: await store.roster.activations(),
    asked: onlyRule(query.rule),
    groups: await createGroups(by, store, { units, days }),
    rules: new Map(),
    tallies: new Map(),
    step: stepOf(query),
    byDay: new Map(),
  };
  for (const rule of packFor(counting.packs, { reportedAt: exactly(now) }).rules) counting.rules.set(rule.id, rule);
  const period = {
    from: from === undefined ? Number.MIN_SAFE_INTEGER : days.start(from),
    to: to === undefined ? Number.MAX_SAFE_INTEGER : days.start(nextDay(to, 1)),
  };
  let after: OrderMark | null = null;
  // A page at a time: others are served between two, and no more than one is held.
  do {
    after = await store.orders.page({ after, limit: PAGE, units, ...period }, (order, devicesOf) =>
      countOrder(counting, order, devicesOf),
    );
    await breathe();
  } while (after !== null);
  return {
    by,
    zone,
    from: from ?? null,
    to: to ?? null,
    at: now,
    known: [...counting.rules.values()].map(({ id, name, kind }): ReportRule => ({ id, name, kind })),
    rules: await rowsOf(counting),
    step: counting.step,
    days: await daysOf(counting),
    spread: query.rule === undefined ? null : (counting.tallies.get(query.rule)?.get(ALL)?.spread() ?? null),
  };
}

/** By rule, by group. `byDay` of the one rule asked for. */
type Counting = {
  readonly request: ReportRequest;
  readonly days: Days;
  readonly packs: readonly Activation[];
  /** A pack with only what was asked for, for judging is most of the work. */
  readonly asked: (pack: RulePack) => RulePack;
  readonly groups: Groups;
  readonly rules: Map<string, Rule>;
  readonly tallies: Map<string, Map<string, Tally>>;
  readonly step: ReportStep;
  readonly byDay: Map<Day, Tally>;
};

const PAGE = 50;
const ALL = 'all';

const breathe = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

function countOrder(counting: Counting, order: Order, devicesOf: DevicesOf): void {
  const { now, query } = counting.request;
  if (query.area !== undefined && order.report?.area !== query.area) return;
  const judged = judge(order, counting.asked(packFor(counting.packs, order)), { now, devicesOf });
  for (const one of judged) {
    const { rule, stop } = one.clock;
    if (query.rule !== undefined && rule.id !== query.rule) continue;
    const counted = countClock(order, one, judged);
    if (!counting.rules.has(rule.id)) counting.rules.set(rule.id, rule);
    const tallies = madeIn(counting.tallies, rule.id, () => new Map<string, Tally>());
    for (const key of [ALL, ...counting.groups.of(order, stop?.fact ?? null)])
      madeIn(tallies, key, createTally).add(counted);
    if (query.rule !== undefined && order.reportedAt)
      madeIn(counting.byDay, FIRST_OF[counting.step](counting.days.of(order.reportedAt.est)), createTally).add(counted);
  }
}

/** The rule asked for, with the ceiling of its stage. */
function onlyRule(id: string | undefined): (pack: RulePack) => RulePack {
  const made = new Map<RulePack, RulePack>();
  return (pack) => {
    const wanted = pack.rules.find((rule) => rule.id === id);
    if (id === undefined) return pack;
    return madeIn(made, pack, () => ({
      ...pack,
      rules: pack.rules.filter(
        (rule) =>
          rule === wanted || (rule.kind === 'ceiling' && rule.origin === wanted?.origin && rule.stop === wanted.stop),
      ),
    }));
  };
}

const FIRST_OF: { readonly [S in ReportStep]: (day: Day) => Day } = { day: (day) => day, week: weekOf, month: monthOf };

function stepOf({ from, to }: ReportQuery): ReportStep {
  const length = from === undefined || to === undefined ? Infinity : daysBetween(from, to) + 1;
  return length <= 45 ? 'day' : length <= 300 ? 'week' : 'month';
}

async function rowsOf({ rules, tallies, groups, request }: Counting): Promise<ReportRow[]> {
  const rows: ReportRow[] = [];
  for (const rule of rules.keys()) {
    const mine = tallies.get(rule);
    if (!mine) continue;
    const found = groups.sorted([...mine.keys()].filter((key) => key !== ALL));
    for (const group of [{ key: ALL, name: null, depth: 0 }, ...found]) {
      const figures = mine.get(group.key)?.figures();
      if (!figures) continue;
      const area = (request.query.by ?? 'area') === 'area' ? group.key : ALL;
      rows.push({ rule, area, ...group, ...figures });
      // Sorting a year's times is the longest step of all.
      await breathe();
    }
  }
  return rows;
}

async function daysOf({ byDay }: Counting): Promise<Report['days']> {
  const found: Report['days'] = [];
  for (const [day, tally] of [...byDay].toSorted(([a], [b]) => a.localeCompare(b))) {
    found.push({ day, ...tally.figures() });
    await breathe();
  }
  return found;
}

function madeIn<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key) ?? make();
  map.set(key, known);
  return known;
}
