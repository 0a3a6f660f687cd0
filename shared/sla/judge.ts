import type { Knowledge } from '../event/alert.ts';
import type { RulePack } from '../event/rule-pack.ts';
import type { Order } from '../order/order.ts';
import { knowledgeOf, type DevicesOf } from './knowledge.ts';
import { stageClocks, type StageClock } from './stage-clock.ts';
import { verdict, type Verdict } from './verdict.ts';

/** One clock with what is known up to its limit and what follows at `now`. No verdict: it ended without a stop. */
export type Judged = {
  readonly clock: StageClock;
  readonly verdict: Verdict | null;
  readonly known: Knowledge;
  readonly now: number;
};

/** `now`: server time, ms. */
export type Knowing = { readonly now: number; readonly devicesOf: DevicesOf };

/** Every clock of an order under a rule pack, in the pack's order. */
export const judge = (order: Order, pack: RulePack, knowing: Knowing): readonly Judged[] =>
  stageClocks(order, pack).map((clock) => judgeClock(order, clock, knowing));

export function judgeClock(order: Order, clock: StageClock, { now, devicesOf }: Knowing): Judged {
  const known = knowledgeOf(order, clock.limit.to, devicesOf);
  return { clock, verdict: verdict(clock, known, now), known, now };
}
