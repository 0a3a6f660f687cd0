import * as z from 'zod/mini';

const PROBLEM_CODES = [
  'badRequest',
  'signInNeeded',
  'wrongCredentials',
  'tooManyTries',
  'codeUnknown',
  'codeUsed',
  'deviceBlocked',
  'notAllowed',
  'notFound',
  'tooLarge',
  'busy',
  'diskFull',
  'diskFailing',
  'defect',
] as const;

/** Every answer that is not a success has this body; `field` names what is wrong in the request. */
export const Problem = z.object({
  code: z.enum(PROBLEM_CODES),
  field: z.optional(z.string()),
  reason: z.optional(z.string()),
});
export type Problem = z.infer<typeof Problem>;
export type ProblemCode = Problem['code'];
