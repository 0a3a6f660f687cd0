import type { CrewId } from '#shared/ids.ts';
import { type Order, pauseOf, type Stage } from '#shared/order/order.ts';

import type { CrewText } from '../text/crew-text.ts';

/** How an order stands with this crew, in a word. */
export const stateWord = (order: Order, crew: CrewId, t: CrewText): string =>
  pauseOf(order, crew) ? t('state.suspended') : stageWord(order.stage, t);

function stageWord(stage: Stage, t: CrewText): string {
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
