/**
 * A text as it is compared: case, width and compatibility forms do not matter, nor which 臺 was typed, nor the brackets
 * some sources put around a rare character (公[塭]里).
 */
export const comparable = (text: string): string =>
  text.normalize('NFKC').toLowerCase().replaceAll('臺', '台').replaceAll(/[[\]]/g, '');
