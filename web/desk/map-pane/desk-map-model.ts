import type { Point } from '#shared/event/parts.ts';
import type { CrewId, OrderId } from '#shared/ids.ts';
import { isLive } from '#shared/order/order.ts';
import type { Live } from '#shared/sync/protocol.ts';

import type { MapModel, MapOrder, MapVan } from '../../map/map-model.ts';
import type { Organisation } from '../../read/client-context.ts';
import { type Judged, SILENT_AFTER_MS } from '../judge.ts';
import { verdictWords, type Words } from '../order-words.ts';

type Around = {
  readonly rows: readonly Judged[];
  readonly live: Live;
  readonly org: Organisation;
  readonly names: ReadonlyMap<CrewId, string>;
  readonly selected: OrderId | null;
  readonly picked: Point | null;
  readonly at: number;
};

/** What the map shows: live orders that have a place, and the vans. The reach ring is drawn for the chosen order's van. */
export function deskMapModel({ rows, live, org, names, selected, picked, at }: Around, words: Words): MapModel {
  const chosen = rows.find(({ order }) => order.id === selected);
  return {
    orders: rows.flatMap((one): MapOrder[] => {
      const { order, look, share, silentMs } = one;
      const point = order.report?.point;
      if (!point || look === null || !(isLive(order) || order.id === selected)) return [];
      const title = `${order.id} ${order.report?.address ?? ''}`;
      return [
        { id: order.id, point, look, share, silent: silentMs !== null, word: verdictWords(one, words).word, title },
      ];
    }),
    vans: live.fixes.map((fix): MapVan => {
      const ageMs = Math.max(0, at - fix.at);
      return {
        id: fix.crew,
        name: names.get(fix.crew) ?? org.crews.get(fix.crew)?.name ?? fix.crew,
        point: fix,
        ageMs,
        age: words.format.age(ageMs),
        ...(chosen?.order.crew === fix.crew && ageMs >= SILENT_AFTER_MS ? { reachM: reachOf(ageMs) } : {}),
      };
    }),
    selected,
    picked,
  };
}

/** How far a van may have come: 40 km/h for as long as nothing was heard, at most 10 km. */
const reachOf = (ageMs: number): number => Math.min(10_000, (ageMs / 3_600_000) * 40_000);
