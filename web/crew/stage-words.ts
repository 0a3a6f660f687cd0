import type { Stage } from '#shared/order/order.ts';

import type { CrewText } from '../text/crew-text.ts';

/** Where an order stands, in a word. */
export function stageWord(stage: Stage, t: CrewText): string {
  switch (stage) {
    case 'unknown':
      return t('whyNot.orderUnknown');
    case 'reported':
      return t('state.waiting');
    case 'dispatched':
      return t('state.dispatched');
    case 'accepted':
      return t('state.accepted');
    case 'departed':
      return t('state.departed');
    case 'arrived':
      return t('state.arrived');
    case 'restored':
      return t('state.restored');
    case 'submitted':
      return t('state.submitted');
    case 'closed':
      return t('state.closed');
  }
}
