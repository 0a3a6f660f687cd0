import type { Point } from '#shared/event/parts.ts';
import type { CrewId, UnitId } from '#shared/ids.ts';
import { isLive, type Stage, stageRank } from '#shared/order/order.ts';
import type { Live } from '#shared/sync/protocol.ts';

import type { Crew, Organisation } from '../../read/client-context.ts';
import type { Judged } from '../judge.ts';
import { metresBetween } from '../typed-point.ts';
import { isInUnit } from '../unit-tree.ts';
import type { CrewKnown } from './rank-crews.ts';

/** A crew to choose from, as far as it is known. */
export type CrewChoice = CrewKnown & { readonly crew: Crew };

type Around = {
  readonly org: Organisation;
  readonly live: Live;
  readonly judged: readonly Judged[];
  readonly unit: UnitId | null;
  readonly point: Point | undefined;
  /** Not to be chosen: who has it now. */
  readonly except: CrewId | null;
  /** Server time, ms. */
  readonly now: number;
};

/** The crews of a unit and below, with what is known of each at this moment. */
export function crewChoices({ org, live, judged, unit, point, except, now }: Around): readonly CrewChoice[] {
  const load = new Map<CrewId, number>();
  const atWork = new Set<CrewId>();
  for (const { order } of judged) {
    if (order.crew === null || !isLive(order)) continue;
    if (AT_WORK.has(order.stage)) atWork.add(order.crew);
    if (stageRank(order.stage) < stageRank('restored')) load.set(order.crew, (load.get(order.crew) ?? 0) + 1);
  }
  const fixes = new Map(live.fixes.map((fix) => [fix.crew, fix]));
  const heard = new Map(live.heard.map((one) => [one.crew, one.heard]));
  return [...org.crews.values()]
    .filter((crew) => crew.id !== except && unit !== null && isInUnit(crew.unit, unit, org))
    .map((crew): CrewChoice => {
      const fix = fixes.get(crew.id);
      const last = heard.get(crew.id);
      return {
        crew,
        name: crew.name,
        orders: load.get(crew.id) ?? 0,
        atWork: atWork.has(crew.id),
        silentMs: last === undefined ? null : Math.max(0, now - last),
        metres: fix && point ? metresBetween(fix, point) : null,
        fixAgeMs: fix ? Math.max(0, now - fix.at) : null,
      };
    });
}

const AT_WORK: ReadonlySet<Stage> = new Set<Stage>(['arrived']);
