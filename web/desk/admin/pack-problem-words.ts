import type { PackProblem } from '#shared/sla/read-pack.ts';

import type { DeskText } from '../../text/desk-text.ts';

/** What is wrong with a pack, for whoever edits it. */
export function packProblemWords(problem: PackProblem, t: DeskText): string {
  switch (problem.reason) {
    case 'notJson':
      return t('pack.notJson', { says: problem.says });
    case 'notA':
      return t('pack.notA', { kind: problem.kind });
    case 'notOneOf':
      return t('pack.notOneOf', { choices: problem.choices.join(', ') });
    case 'outside': {
      const { side, itself, bound } = problem;
      const word = side === 'small' ? (itself ? 'atLeast' : 'moreThan') : itself ? 'atMost' : 'lessThan';
      return t(`pack.${word}`, { bound });
    }
    case 'other':
      return problem.says;
    default:
      return t(`pack.${problem.reason}`);
  }
}
