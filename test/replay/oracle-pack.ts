import type { RulePack } from '#shared/event/rule-pack.ts';

import type { BaseLevel, Pack, Rule } from '../oracle/history.ts';

const MINUTE = 60_000;
const AREAS = ['urban', 'rural', 'remote'] as const;
const LEVELS: readonly BaseLevel[] = ['soon', 'contact', 'missed'];

/** The name under which an area and a customer class have their limits. */
export const areaKey = (area: string, customerClass: string | undefined): string =>
  customerClass === 'important' ? `${area} important` : area;

/** A rule pack as the oracle reads it. */
export function oraclePack({ rules, silenceHours }: RulePack): Pack {
  return {
    rules: rules.map((rule): Rule => {
      const limitMs: Record<string, number> = {};
      for (const area of AREAS) {
        const ordinary = rule.limitMin[area];
        const important = rule.importantMin?.[area] ?? ordinary;
        if (ordinary !== undefined) limitMs[areaKey(area, undefined)] = ordinary * MINUTE;
        if (important !== undefined) limitMs[areaKey(area, 'important')] = important * MINUTE;
      }
      return {
        id: rule.id,
        kind: rule.kind,
        origin: rule.origin,
        stop: rule.stop,
        limitMs,
        warnShare: rule.warnAt,
        pausedBy: rule.pausedBy,
        giveUpMs: silenceHours * 60 * MINUTE,
        levels: LEVELS.filter((level) => rule.levels[level] !== undefined),
        escalateMs: rule.escalate.map(({ afterMin }) => afterMin * MINUTE),
      };
    }),
  };
}
