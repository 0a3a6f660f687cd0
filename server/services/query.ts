import type { OrderHit, OrderLog, SearchAnswer, SearchQuery } from '#shared/api/orders.ts';
import type { Report, ReportQuery } from '#shared/api/report.ts';
import { understood } from '#shared/event/catalog.ts';
import { asOrderId, EventId, orderSubject, type OrderId, type UnitId } from '#shared/ids.ts';
import { err, ok, type Result } from '#shared/result.ts';

import type { Clock } from '../device/clock.ts';
import type { SearchMark } from '../store/search.ts';
import type { Store } from '../store/store.ts';
import type { Asker } from './asker.ts';
import { createOneAtATime } from './one-at-a-time.ts';
import { reportOrders } from './report.ts';
import { unitAndBelow } from './unit-subtree.ts';

/** What a desk reads beside its live work set, archive included: always of its own unit and those below. */
export type Query = {
  readonly search: (asker: Asker, query: SearchQuery) => Promise<Result<SearchAnswer, 'badRequest'>>;
  /** Null: no such order, or not for this asker's eyes. */
  readonly orderLog: (asker: Asker, order: OrderId) => Promise<OrderLog | null>;
  /** Counting is long: one report at a time, and the same question once. */
  readonly report: (asker: Asker, query: ReportQuery) => Promise<Report>;
};

const USUAL_LIMIT = 50;
const EVENTS_AT_MOST = 10_000;

export function createQuery(store: Store, clock: Clock): Query {
  const unitsOf = async (top: UnitId): Promise<readonly UnitId[]> => unitAndBelow(await store.roster.units(), top);
  /** Of the asker's units those that were asked for. */
  const unitsWanted = async (asker: Asker, unit: UnitId | undefined): Promise<readonly UnitId[]> => {
    const own = await unitsOf(asker.unit);
    return unit === undefined ? own : own.includes(unit) ? unitsOf(unit) : [];
  };
  const counting = createOneAtATime<Report>();

  return {
    search: async (asker, { text = '', stage = null, unit, after, limit = USUAL_LIMIT }) => {
      const mark = after === undefined ? null : parseMark(after);
      if (after !== undefined && !mark) return err('badRequest');
      const search = { text, units: await unitsWanted(asker, unit), stage, after: mark, limit: limit + 1 };
      const hits = await store.search.orders(search);
      const page = hits.slice(0, limit);
      const last = page.at(-1);
      return ok({ hits: page, more: hits.length > limit && last ? markOf(last) : null });
    },

    orderLog: async (asker, order) => {
      const lines = await store.pages.page(0, EVENTS_AT_MOST, orderSubject(order));
      const reported = lines.map(({ event }) => understood(event)).find((draft) => draft?.kind === 'reported');
      if (reported?.kind !== 'reported') return null;
      if (!(await unitsOf(asker.unit)).includes(reported.data.unit)) return null;
      return { id: order, events: lines.map(({ event, hash, q, rcv, time }) => ({ event, hash, q, rcv, time })) };
    },

    report: async (asker, query) => {
      const units = await unitsWanted(asker, query.unit);
      return counting(JSON.stringify([query, units]), () => reportOrders(store, { query, units, now: clock() }));
    },
  };
}

const markOf = ({ reportedAt, id }: OrderHit): string => `${reportedAt}_${id}`;

function parseMark(text: string): SearchMark | null {
  const [, at, id] = /^(-?\d{1,15})_(.+)$/.exec(text) ?? [];
  const parsed = EventId.safeParse(id);
  return at !== undefined && parsed.success ? { reportedAt: Number(at), order: asOrderId(parsed.data) } : null;
}
