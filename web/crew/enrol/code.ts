import { ID_ALPHABET } from '#shared/ids.ts';

export const CODE_LENGTH = 8;

/** Of these pairs a code has only the second; 0, O, 1, I and L it never has. */
const READ_AS: Readonly<Record<string, string>> = { B: '8', S: '5', Z: '2' };

/** What was typed, as the letters of a code: capitals, no dash, no more than eight. */
export const lettersOf = (typed: string): string =>
  [...typed.toUpperCase()]
    .map((char) => (ID_ALPHABET.includes(char) ? char : (READ_AS[char] ?? '')))
    .join('')
    .slice(0, CODE_LENGTH);

/** "A7K2-P9QX": in two groups, as it is said. */
export const groupedCode = (letters: string): string =>
  letters.length > CODE_LENGTH / 2 ? `${letters.slice(0, 4)}-${letters.slice(4)}` : letters;

/** The code in the address of a QR code: "#/enrol/A7K2P9QX". It stands behind the #, so no server logs it. */
export const scannedCode = (fragment: string): string =>
  lettersOf(/^#\/enrol\/([\w-]{8,12})$/.exec(fragment)?.[1] ?? '');
