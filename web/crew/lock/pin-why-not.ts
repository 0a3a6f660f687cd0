import { PIN_LENGTH } from '../../read/pin-lock.ts';
import type { PageText } from '../../text/crew-pages-text.ts';

/** Why what is typed so far is no PIN yet. */
export const pinWhyNot = (pin: string, p: PageText): string | undefined =>
  pin.length < PIN_LENGTH.least ? p('pin.short', { n: PIN_LENGTH.least - pin.length }) : undefined;
