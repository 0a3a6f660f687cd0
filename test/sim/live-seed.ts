import { checkHistory } from './checks/check-history.ts';
import type { Broken } from './checks/indexed.ts';
import type { History } from './history.ts';
import { drawPlan, type Plan, type PlanOptions } from './plan.ts';
import { run, type Parts } from './run.ts';
import type { Templates } from './template.ts';

/** What a seed came to. `history` null: the client itself broke. */
export type Lived = { readonly plan: Plan; readonly broken: readonly Broken[]; readonly history: History | null };

export const liveSeed = (
  seed: number,
  templates: Templates,
  { parts = {}, ...options }: Options = {},
): Promise<Lived> => livePlan(drawPlan(seed, options), templates, parts);

export type Options = PlanOptions & { readonly parts?: Parts };

export async function livePlan(plan: Plan, templates: Templates, parts: Parts = {}): Promise<Lived> {
  try {
    const history = await run(plan, templates, parts);
    return { plan, broken: checkHistory(history), history };
  } catch (error) {
    return { plan, broken: [{ check: 'no defects', says: String(error) }], history: null };
  }
}
