import type { Refusal } from '#shared/order/decide.ts';

import type { CrewText } from '../text/crew-text.ts';

/** Why a crew's button cannot be used. Refusals that only a desk meets share one sentence. */
export function refusalWords(refusal: Refusal, t: CrewText): string {
  switch (refusal) {
    case 'notAllowed':
      return t('whyNot.notAllowed');
    case 'orderUnknown':
      return t('whyNot.orderUnknown');
    case 'alreadyClosed':
      return t('whyNot.alreadyClosed');
    case 'takenAway':
      return t('whyNot.takenAway');
    case 'alreadyDone':
      return t('whyNot.alreadyDone');
    case 'notYetArrived':
      return t('whyNot.notYetArrived');
    case 'notYetRestored':
      return t('whyNot.notYetRestored');
    case 'alreadyWithCrew':
    case 'notWithThatCrew':
    case 'sameCrew':
    case 'stillWithCrew':
    case 'reasonMissing':
    case 'noSuchAlert':
    case 'alertEnded':
    case 'notClosed':
    case 'notMerged':
    case 'sameOrder':
    case 'noSuchFact':
      return t('whyNot.cannot');
  }
}
