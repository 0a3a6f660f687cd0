import * as z from 'zod/mini';

import { UnitId } from '../ids.ts';
import { Instant } from '../time/clock-reading.ts';
import { SUSPEND_REASONS } from './field.ts';
import { text } from './parts.ts';

const Words = z.object({ zh: text(120), en: text(120) });

/** Minutes by area class; an area that is not named has no clock. */
const MinutesByArea = z.object({
  urban: z.optional(z.number().check(z.gt(0), z.lte(100_000))),
  rural: z.optional(z.number().check(z.gt(0), z.lte(100_000))),
  remote: z.optional(z.number().check(z.gt(0), z.lte(100_000))),
});
export type MinutesByArea = z.infer<typeof MinutesByArea>;

/** Who is told: the crew itself, its desk, its unit's leader, the leader of the unit above. */
export const TELL = ['crew', 'dispatcher', 'leader', 'director'] as const;
const Tell = z.array(z.enum(TELL)).check(z.maxLength(4));

export const RULE_ORIGINS = [
  'reported',
  'dispatched',
  'accepted',
  'departed',
  'arrived',
  'restored',
  'submitted',
] as const;
export const RULE_STOPS = [
  'dispatched',
  'accepted',
  'contacted',
  'departed',
  'arrived',
  'etr',
  'restored',
  'submitted',
  'visited',
] as const;
export type RuleStop = (typeof RULE_STOPS)[number];

/**
 * One stage's clock. `target`: a promise, which permitted suspensions may pause; `ceiling`: a regulator's bound, which
 * nothing pauses. `averageMin`: what the average of all orders is promised to be, for reports.
 * `levels`: the alerts it raises, by whom to tell; a level that is missing is not raised. `escalate`: after so many
 * minutes past the limit without anybody attending, at most three steps. `confidence`: of the numbers: A official text
 * seen, B quoted by a utility, C weak, M from memory.
 */
export const Rule = z.object({
  id: z.string().check(z.regex(/^[a-z][A-Za-z0-9]{0,39}$/)),
  name: Words,
  kind: z.enum(['target', 'ceiling']),
  origin: z.enum(RULE_ORIGINS),
  stop: z.enum(RULE_STOPS),
  limitMin: MinutesByArea,
  /** For important customers, where they have limits of their own. */
  importantMin: z.optional(MinutesByArea),
  averageMin: z.optional(MinutesByArea),
  /** Share of the limit at which `soon` is due. */
  warnAt: z.number().check(z.gt(0), z.lt(1)),
  levels: z.object({ soon: z.optional(Tell), contact: z.optional(Tell), missed: z.optional(Tell) }),
  escalate: z
    .array(z.object({ afterMin: z.number().check(z.gt(0), z.lte(100_000)), tell: Tell }))
    .check(z.maxLength(3)),
  pausedBy: z.array(z.enum(SUSPEND_REASONS)).check(z.maxLength(SUSPEND_REASONS.length)),
  source: text(300),
  confidence: z.enum(['A', 'B', 'C', 'M']),
});
export type Rule = z.infer<typeof Rule>;

/** `silenceHours`: so long past a limit a silent crew counts as missed without evidence. */
export const RulePack = z.object({
  id: z.string().check(z.regex(/^[a-z][a-z0-9-]{0,39}$/)),
  name: Words,
  silenceHours: z.number().check(z.gt(0), z.lte(1_000)),
  rules: z.array(Rule).check(z.minLength(1), z.maxLength(40)),
});
export type RulePack = z.infer<typeof RulePack>;

/** From `from` on, orders reported under it are judged by `pack`. `unit`: the centre that put it into force, for all. */
export const RulePackActivated = z.object({ unit: UnitId, from: Instant, pack: RulePack });
export type RulePackActivated = z.infer<typeof RulePackActivated>;
