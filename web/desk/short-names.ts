/**
 * Names as narrow as they stay apart: what all of them begin and end with is left out, "抢修3班" among "抢修6班" is "3".
 * A single name, or one that would vanish, stays whole.
 */
export function shortNames<Id>(names: ReadonlyMap<Id, string>): ReadonlyMap<Id, string> {
  const all = [...names.values()].map((name) => [...name]);
  if (new Set(names.values()).size < 2) return names;
  const head = commonStart(all);
  const tail = commonStart(all.map((name) => name.slice(head).toReversed()));
  return new Map(
    [...names].map(([id, name]) => {
      const letters = [...name];
      const short = letters
        .slice(head, letters.length - tail)
        .join('')
        .trim();
      return [id, short === '' ? name : short];
    }),
  );
}

function commonStart(names: readonly (readonly string[])[]): number {
  const [first = [], ...rest] = names;
  let length = 0;
  // A number is never cut: "12" and "13" stay whole.
  while (length < first.length && rest.every((name) => name[length] === first[length]) && !isDigit(first[length]))
    length += 1;
  return length;
}

const isDigit = (letter: string | undefined): boolean => letter !== undefined && letter >= '0' && letter <= '9';
