import * as z from 'zod/mini';

import { CrewId } from '../ids.ts';
import { Given, text } from './parts.ts';

export const Dispatched = z.object({ crew: z.nullable(CrewId), note: z.optional(text(500)), at: z.optional(Given) });
export type Dispatched = z.infer<typeof Dispatched>;

/** The desk takes the order back from `crew`. */
export const Recalled = z.object({ crew: CrewId, reason: text(300) });
export type Recalled = z.infer<typeof Recalled>;

/** The desk takes the order from one crew and gives it to another, in one act. */
export const Reassigned = z.object({ from: CrewId, to: CrewId, reason: text(300) });
export type Reassigned = z.infer<typeof Reassigned>;

/** Somebody presses: on the crew that has it, its leader, the director. Not the clock: that runs as it did. */
export const Urged = z.object({ level: z.enum(['handler', 'leader', 'director']), words: z.optional(text(300)) });
export type Urged = z.infer<typeof Urged>;

export const Accepted = z.object({ crew: CrewId, radio: z.optional(z.literal(true)), at: z.optional(Given) });
export type Accepted = z.infer<typeof Accepted>;
