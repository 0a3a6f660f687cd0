import type { AreaClass, Step } from './oracle-stories.ts';

type Standing = {
  readonly holder: number | null;
  readonly ended: 'no' | 'yes' | 'merged';
  readonly epoch: number;
  readonly area: AreaClass;
  readonly reached: readonly string[];
};

/**
 * Steps in log order without the commands the server would have refused. Acknowledgements, which come with 0 or -1, get
 * the epoch of their time or the one before.
 */
export function fitting(steps: readonly Step[], report: AreaClass): readonly Step[] {
  let standing: Standing = { holder: null, ended: 'no', epoch: 1, area: report, reached: [] };
  return steps.flatMap((step): Step[] => {
    const after = afterStep(standing, step);
    if (!after) return [];
    standing = after;
    return step.do === 'acknowledge' ? [{ ...step, epoch: Math.max(1, standing.epoch + step.epoch) }] : [step];
  });
}

/** Null: it would have been refused. */
function afterStep(standing: Standing, step: Step): Standing | null {
  const { holder, ended, epoch, area } = standing;
  const open = ended === 'no';
  switch (step.do) {
    case 'dispatch':
      return open && holder === null ? { ...standing, holder: step.crew } : null;
    case 'reassign':
      return open && holder !== null && holder !== step.crew ? { ...standing, holder: step.crew } : null;
    case 'recall':
      return open && holder !== null ? { ...standing, holder: null } : null;
    case 'close':
    case 'cancel':
    case 'endAtIntake':
      return open ? { ...standing, ended: 'yes' } : null;
    case 'merge':
      return open ? { ...standing, ended: 'merged' } : null;
    case 'unmerge':
      return ended === 'merged' ? { ...standing, ended: 'no' } : null;
    case 'reopen':
      return open ? null : { ...standing, ended: 'no', epoch: epoch + 1 };
    case 'amend': {
      const isSame = step.area === area.area && step.class === area.class;
      return open ? { ...standing, area: step, epoch: isSame ? epoch : epoch + 1 } : null;
    }
    case 'reach':
      return { ...standing, reached: [...standing.reached, step.id] };
    case 'acceptTime':
      return standing.reached.includes(step.of) ? standing : null;
    default:
      return standing;
  }
}
