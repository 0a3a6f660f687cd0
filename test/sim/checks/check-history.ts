import type { History } from '../history.ts';
import { causesComeFirst } from './causality.ts';
import { statesConverge, viewsConverge } from './convergence.ts';
import { onlyCulpritsArePutAside } from './culprits.ts';
import { acknowledgedIsKept, nobodyIsAStranger, savedIsKept } from './custody.ts';
import { nothingProtectedIsErased } from './erasure.ts';
import { indexHistory, type Broken, type Check } from './indexed.ts';
import { fewRounds, noBusyLoops, nothingIsStuck } from './liveness.ts';
import { logIsWhole } from './log.ts';
import { cachesHaveNoHoles } from './reads.ts';
import { redactedIsGone } from './redacted.ts';
import { nothingForeignIsSent } from './scope.ts';
import { knowledgeIsTrue, lossIsNotHeard, timesAreTrue } from './times.ts';

/** Every checker, by the name of what it holds to. */
const CHECKS: { readonly [name: string]: Check } = {
  'C1 saved is kept': savedIsKept,
  'C2 acknowledged is kept': acknowledgedIsKept,
  'I3 nobody is a stranger': nobodyIsAStranger,
  'C3 the log is whole': logIsWhole,
  'C3 no holes': cachesHaveNoHoles,
  'I4 redacted is gone': redactedIsGone,
  'C5 causes come first': causesComeFirst,
  'C6 views converge': viewsConverge,
  'C6 states converge': statesConverge,
  'C7 nothing foreign': nothingForeignIsSent,
  'C8 nothing erased': nothingProtectedIsErased,
  'C9 nothing is stuck': nothingIsStuck,
  'C9 few rounds': fewRounds,
  'C9 no busy loops': noBusyLoops,
  'I9 only culprits are put aside': onlyCulpritsArePutAside,
  'C10 times are true': timesAreTrue,
  'I25 knowledge is true': knowledgeIsTrue,
  'I25 loss is not heard': lossIsNotHeard,
};

/** Everything that was promised and not kept, from raw data alone. */
export function checkHistory(history: History): readonly Broken[] {
  const indexed = indexHistory(history);
  return Object.entries(CHECKS).flatMap(([check, judge]) => judge(indexed).map((says) => ({ check, says })));
}
