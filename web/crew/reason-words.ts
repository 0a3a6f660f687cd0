import type { Returned, Suspended, UrgeAnswered } from '#shared/event/field.ts';

import type { CrewText } from '../text/crew-text.ts';

/** Why work rests, in a word. */
export const suspendWord = (reason: Suspended['reason'], t: CrewText): string => t(`suspend.${reason}`);

/** Why a crew gives an order back. */
export const returnWord = (reason: Returned['reason'], t: CrewText): string => t(`return.${reason}`);

/** What is answered to whoever presses. */
export const urgeAnswerWord = (answer: UrgeAnswered['answer'], t: CrewText): string => t(`urgeAnswer.${answer}`);
