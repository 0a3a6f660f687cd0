import type { Activation, Device, Fact, History, When } from '../oracle/history.ts';
import { areaClass, inOracleWords } from './oracle-packs.ts';
import type { Step, Story } from './oracle-stories.ts';

/** A story in the oracle's words. */
export function historyOf({ start, report, steps, crews, activations }: Story): History {
  const area = areaClass(report.area, report.class);
  return {
    facts: [{ known: start, kind: 'reported', when: report.when, area }, ...steps.flatMap(factOf)],
    crews: Object.fromEntries(crews.map((devices, crew): [string, readonly Device[]] => [String(crew), devices])),
    activations: activations.map(({ known, from, pack }): Activation => ({ known, from, pack: inOracleWords(pack) })),
  };
}

function factOf(step: Step): readonly Fact[] {
  const known = step.at;
  switch (step.do) {
    case 'dispatch':
      return [{ known, kind: 'dispatched', crew: String(step.crew), when: step.when }];
    case 'reassign':
      return [{ known, kind: 'reassigned', crew: String(step.crew), when: step.when }];
    case 'recall':
      return [{ known, kind: 'recalled', when: exactly(known) }];
    case 'close':
    case 'cancel':
    case 'endAtIntake':
    case 'merge':
      return [{ known, kind: 'ended' }];
    case 'unmerge':
      return [{ known, kind: 'unmerged' }];
    case 'amend':
      return [{ known, kind: 'areaChanged', area: areaClass(step.area, step.class) }];
    case 'reopen':
      return [{ known, kind: 'reopened', when: step.when }];
    case 'reach': {
      const by = step.radio ? 'radio' : 'tablet';
      const { id, stage, when } = step;
      return step.whole ? [{ known, kind: 'reached', id, stage, by, when }] : [];
    }
    case 'acceptTime':
      return [{ known, kind: 'timeAccepted', fact: step.of }];
    case 'suspend':
      return [{ known, kind: 'suspended', reason: step.reason, when: step.when }];
    case 'resume':
      return [{ known, kind: 'resumed', when: step.when }];
    case 'acknowledge': {
      const { rule, level, epoch, until } = step;
      return [{ known, kind: 'acknowledged', rule, level, epoch, ...(until === undefined ? {} : { until }) }];
    }
  }
}

const exactly = (at: number): When => ({ lo: at, hi: at, est: at, e: 0, grade: 'A', typed: false });
