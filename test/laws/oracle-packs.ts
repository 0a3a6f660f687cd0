import type { MinutesByArea, Rule, RulePack } from '#shared/event/rule-pack.ts';
import { STATE_GRID } from '#shared/sla/packs/state-grid.ts';

import type { Pack, Rule as OracleRule } from '../oracle/history.ts';
import type { Draw } from './draw.ts';
import { MINUTE } from './world.ts';

const HOUR = 60 * MINUTE;

/** Each needs its origin before its stop. */
const STAGES = [
  ['reported', 'arrived'],
  ['arrived', 'restored'],
  ['reported', 'restored'],
  ['dispatched', 'accepted'],
  ['dispatched', 'contacted'],
  ['reported', 'dispatched'],
  ['accepted', 'departed'],
  ['arrived', 'etr'],
  ['restored', 'submitted'],
  ['submitted', 'visited'],
] as const satisfies readonly (readonly [Rule['origin'], Rule['stop']])[];

const WORD = { zh: '规则', en: 'Rule' };

/** A rule pack as a unit might make one, in order as `packFaults` sees it. */
export function aPack(draw: Draw): RulePack {
  const count = 1 + draw.below(3);
  const rules = Array.from({ length: count }, (_, index) => aRule(draw, index));
  return { id: 'drawn', name: WORD, silenceHours: draw.pick([1, 0.5, 24]), rules };
}

function aRule(draw: Draw, index: number): Rule {
  const [origin, stop] = index === 0 && !draw.once(3) ? STAGES[0] : draw.pick(STAGES);
  const kind = draw.pick(['target', 'target', 'target', 'ceiling'] as const);
  const levels = draw.pick(LEVELS);
  const urban = draw.pick([45, 10, 20, 30, 60]);
  const limitMin: MinutesByArea = { urban, rural: urban * 2, ...(draw.once(4) ? {} : { remote: urban * 3 }) };
  return {
    id: `rule${index}`,
    name: WORD,
    kind,
    origin,
    stop,
    limitMin,
    ...(draw.once(2) ? { importantMin: draw.pick([{ urban: urban / 2 }, { urban: urban / 2, rural: urban }]) } : {}),
    warnAt: draw.pick([0.8, 0.5, 0.75]),
    levels,
    escalate: levels.missed ? draw.pick(STEPS).map((afterMin) => ({ afterMin, tell: ['leader' as const] })) : [],
    pausedBy: kind === 'ceiling' ? [] : draw.pick(PAUSES),
    source: '试',
    confidence: 'M',
  };
}

const DESK: Rule['levels']['soon'] = ['dispatcher'];
const LEVELS: readonly Rule['levels'][] = [
  { soon: DESK, contact: DESK, missed: DESK },
  { soon: DESK, contact: DESK, missed: DESK },
  { soon: DESK, contact: DESK, missed: DESK },
  { missed: DESK },
  { soon: DESK, contact: DESK },
  { contact: DESK, missed: DESK },
  {},
];
const STEPS = [[10, 25, 45], [5], [10, 20], []] as const;
const PAUSES: readonly Rule['pausedBy'][] = [['weather'], [], ['weather', 'safety']];

/** A rule pack in the oracle's words. */
export const inOracleWords = ({ rules, silenceHours }: RulePack): Pack => ({
  rules: rules.map((rule): OracleRule => ({
    id: rule.id,
    kind: rule.kind,
    origin: rule.origin,
    stop: rule.stop,
    limitMs: limitsOf(rule),
    warnShare: rule.warnAt,
    pausedBy: rule.pausedBy,
    giveUpMs: silenceHours * HOUR,
    levels: LEVEL_NAMES.filter((level) => rule.levels[level] !== undefined),
    escalateMs: rule.escalate.map(({ afterMin }) => afterMin * MINUTE),
  })),
});

const LEVEL_NAMES = ['soon', 'contact', 'missed'] as const;
const AREAS = ['urban', 'rural', 'remote'] as const;

/** The oracle's area class: the customer class is written into the area's name. */
export const areaClass = (area: string, customerClass: 'ordinary' | 'important'): string =>
  customerClass === 'ordinary' ? area : `${area} important`;

function limitsOf({ limitMin, importantMin }: Rule): Record<string, number> {
  const limits: Record<string, number> = {};
  for (const area of AREAS) {
    const ordinary = limitMin[area];
    const important = importantMin?.[area] ?? ordinary;
    if (ordinary !== undefined) limits[areaClass(area, 'ordinary')] = ordinary * MINUTE;
    if (important !== undefined) limits[areaClass(area, 'important')] = important * MINUTE;
  }
  return limits;
}

/** The pack that holds where none was activated. */
export const DEFAULT_PACK: Pack = inOracleWords(STATE_GRID);
