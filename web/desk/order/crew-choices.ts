import type { Point } from '#shared/event/parts.ts';
import type { CrewId, UnitId } from '#shared/ids.ts';
import { isLive } from '#shared/order/order.ts';
import type { Live } from '#shared/sync/protocol.ts';

import type { Crew, Organisation } from '../../read/client-context.ts';
import type { Judged } from '../judge.ts';
import { metresBetween } from '../typed-point.ts';
import { isInUnit } from '../unit-tree.ts';

/** A crew to choose from. `metres`: from its last place to the order, if both are known. */
export type CrewChoice = {
  readonly crew: Crew;
  readonly orders: number;
  readonly heard: number | null;
  readonly metres: number | null;
};

type Around = {
  readonly org: Organisation;
  readonly live: Live;
  readonly judged: readonly Judged[];
  readonly unit: UnitId | null;
  readonly point: Point | undefined;
  /** Not to be chosen: who has it now. */
  readonly except: CrewId | null;
};

/** The crews of a unit and below, the nearest first; without a place the one with the fewest orders first. */
export function crewChoices({ org, live, judged, unit, point, except }: Around): readonly CrewChoice[] {
  const load = new Map<CrewId, number>();
  for (const { order } of judged)
    if (order.crew !== null && isLive(order)) load.set(order.crew, (load.get(order.crew) ?? 0) + 1);
  const fixes = new Map(live.fixes.map((fix) => [fix.crew, fix]));
  const heard = new Map(live.heard.map((one) => [one.crew, one.heard]));
  return [...org.crews.values()]
    .filter((crew) => crew.id !== except && unit !== null && isInUnit(crew.unit, unit, org))
    .map((crew): CrewChoice => {
      const fix = fixes.get(crew.id);
      return {
        crew,
        orders: load.get(crew.id) ?? 0,
        heard: heard.get(crew.id) ?? null,
        metres: fix && point ? metresBetween(fix, point) : null,
      };
    })
    .sort(
      (a, b) =>
        (a.metres ?? Number.MAX_VALUE) - (b.metres ?? Number.MAX_VALUE) ||
        a.orders - b.orders ||
        a.crew.name.localeCompare(b.crew.name, undefined, { numeric: true }),
    );
}
