import { RULE_ORIGINS, type MinutesByArea, type Rule, type RulePack } from '../event/rule-pack.ts';

/** What makes no sense in a pack that is well formed; the words are where they are shown. */
export type PackFaultReason =
  | 'sameId'
  | 'noArea'
  | 'sameAsOrigin'
  | 'stopsBeforeItBegins'
  | 'shorterThanNearerArea'
  | 'longerThanOrdinary'
  | 'ceilingPauses'
  | 'repeated'
  | 'stepsDoNotGrow'
  | 'nobodyTold'
  | 'climbsFromNothing';

/** Where: `rules.2.limitMin.rural`. */
export type PackFault = { readonly path: string; readonly reason: PackFaultReason };

/** Everything that makes no sense in a well-formed pack; empty if it may be put into force. */
export function packFaults({ rules }: RulePack): readonly PackFault[] {
  return rules.flatMap((rule, index) => {
    const isTaken = rules.findIndex(({ id }) => id === rule.id) < index;
    const faults = [...(isTaken ? [{ path: 'id', reason: 'sameId' as const }] : []), ...ruleFaults(rule)];
    return faults.map(({ path, reason }) => ({ path: `rules.${index}.${path}`, reason }));
  });
}

function ruleFaults(rule: Rule): readonly PackFault[] {
  const { limitMin, importantMin, averageMin, pausedBy, kind } = rule;
  return [
    ...stageFaults(rule),
    ...(AREAS.every((area) => limitMin[area] === undefined) ? [fault('limitMin', 'noArea')] : []),
    ...[limitMin, importantMin, averageMin].flatMap((minutes, index) =>
      areaFaults(minutes ?? {}, ['limitMin', 'importantMin', 'averageMin'][index] ?? ''),
    ),
    ...AREAS.filter((area) => (importantMin?.[area] ?? 0) > (limitMin[area] ?? Infinity)).map((area) =>
      fault(`importantMin.${area}`, 'longerThanOrdinary'),
    ),
    ...(kind === 'ceiling' && pausedBy.length > 0 ? [fault('pausedBy', 'ceilingPauses')] : []),
    ...(new Set(pausedBy).size < pausedBy.length ? [fault('pausedBy', 'repeated')] : []),
    ...alertFaults(rule),
  ];
}

/** In the order of the work; being told of a restoration time or spoken with can come at any place. */
const WORK: readonly string[] = [...RULE_ORIGINS, 'visited'];

function stageFaults({ origin, stop }: Rule): readonly PackFault[] {
  if (origin === stop) return [fault('stop', 'sameAsOrigin')];
  const isBefore = WORK.includes(stop) && WORK.indexOf(stop) < WORK.indexOf(origin);
  return isBefore ? [fault('stop', 'stopsBeforeItBegins')] : [];
}

const AREAS = ['urban', 'rural', 'remote'] as const;

/** Farther out is never sooner. */
const areaFaults = (minutes: MinutesByArea, path: string): readonly PackFault[] =>
  AREAS.filter((area, index) => {
    const nearer = AREAS.slice(0, index).map((one) => minutes[one] ?? 0);
    return (minutes[area] ?? Infinity) < Math.max(0, ...nearer);
  }).map((area) => fault(`${path}.${area}`, 'shorterThanNearerArea'));

function alertFaults({ levels, escalate }: Rule): readonly PackFault[] {
  const empty = Object.entries(levels).filter(([, tell]) => tell?.length === 0);
  return [
    ...empty.map(([level]) => fault(`levels.${level}`, 'nobodyTold')),
    ...escalate.flatMap(({ tell, afterMin }, index) => [
      ...(tell.length === 0 ? [fault(`escalate.${index}.tell`, 'nobodyTold')] : []),
      ...(index > 0 && afterMin <= (escalate[index - 1]?.afterMin ?? 0)
        ? [fault(`escalate.${index}.afterMin`, 'stepsDoNotGrow')]
        : []),
    ]),
    ...(escalate.length > 0 && levels.missed === undefined ? [fault('escalate', 'climbsFromNothing')] : []),
  ];
}

const fault = (path: string, reason: PackFaultReason): PackFault => ({ path, reason });
