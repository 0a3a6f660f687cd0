import type { Returned, Suspended, UrgeAnswered } from '#shared/event/field.ts';

import type { PageText } from '../text/crew-pages-text.ts';

/** Why work rests, in a word. */
export const suspendWord = (reason: Suspended['reason'], p: PageText): string => p(`suspend.${reason}`);

/** Why a crew gives an order back. */
export const returnWord = (reason: Returned['reason'], p: PageText): string => p(`return.${reason}`);

/** What is answered to whoever presses. */
export const urgeAnswerWord = (answer: UrgeAnswered['answer'], p: PageText): string => p(`urgeAnswer.${answer}`);
