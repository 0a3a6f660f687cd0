import * as z from 'zod/mini';

import { CrewMade, PersonMade, UnitMade } from '../event/organisation.ts';
import { RulePack } from '../event/rule-pack.ts';
import { CrewId, EventId, PersonId, UnitId } from '../ids.ts';
import { Instant } from '../time/clock-reading.ts';

/** Under a unit that is there already. */
export const MakeUnit = z.extend(UnitMade, { parent: UnitId });
export type MakeUnit = z.infer<typeof MakeUnit>;

export const MakeCrew = CrewMade;
export type MakeCrew = z.infer<typeof MakeCrew>;

/** With a password the person signs in at desks under this name; without one only a tablet's code lets them in. */
export const MakePerson = z.extend(PersonMade, {
  password: z.optional(z.string().check(z.minLength(8), z.maxLength(200))),
});
export type MakePerson = z.infer<typeof MakePerson>;

/** A new password for somebody who signs in at desks, or a first one; what was open in their name is closed. */
export const GivePassword = z.object({
  person: PersonId,
  password: z.string().check(z.minLength(8), z.maxLength(200)),
});
export type GivePassword = z.infer<typeof GivePassword>;

/** Orders reported from `from` on (server time, ms) are judged by `pack`; null: from now on. */
export const ActivateRules = z.object({ from: z.nullable(Instant), pack: RulePack });
export type ActivateRules = z.infer<typeof ActivateRules>;

/** From when it holds, server time, ms. */
export const ActivatedRules = z.object({ id: EventId, from: Instant });
export type ActivatedRules = z.infer<typeof ActivatedRules>;

/** What was made. */
export const Made = z.object({ id: EventId });
export type Made = z.infer<typeof Made>;

/** A one-time code for a tablet of this crew, in this person's name. */
export const MakeCode = z.object({
  crew: CrewId,
  person: PersonId,
  hours: z.int().check(z.gte(1), z.lte(168)),
});
export type MakeCode = z.infer<typeof MakeCode>;

/** Shown once: the server keeps only its hash. `endsAt`: server time, ms. */
export const MadeCode = z.object({ code: z.string(), endsAt: Instant });
export type MadeCode = z.infer<typeof MadeCode>;
