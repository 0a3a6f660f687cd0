import type { PlanOptions } from '../plan.ts';
import type { Parts } from '../run.ts';

/**
 * A client or server that is wrong in one way, put in at a seam. `plan`: the faults under which it shows. `beside`: what
 * has to go wrong as well before it can show; whatever that alone breaks does not count.
 */
export type Mutant = {
  readonly name: string;
  readonly parts: () => Parts;
  readonly plan?: PlanOptions;
  readonly beside?: () => Parts;
};
