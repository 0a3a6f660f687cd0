/** A word is found where every part of what was typed stands somewhere in it; capitals and wide letters are the same. */
export function partsOf(typed: string): readonly string[] {
  return plain(typed).split(/\s+/u).filter(Boolean);
}

export const holdsAll = (text: string, parts: readonly string[]): boolean => {
  const here = plain(text);
  return parts.every((part) => here.includes(part));
};

/** How well a text fits: 0 begins with it, 1 holds it; null: does not. */
export function fitOf(text: string, parts: readonly string[]): 0 | 1 | null {
  if (!holdsAll(text, parts)) return null;
  return parts[0] === undefined || plain(text).startsWith(parts[0]) ? 0 : 1;
}

const plain = (text: string): string => text.normalize('NFKC').toLowerCase().trim();
