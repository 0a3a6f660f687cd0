/** What an outbox holds after a crash: ids of its rows, and the highest number it gave out. */
export type Found = { readonly ids: readonly string[]; readonly counter: number };

/** Everything wrong with an outbox, given what had been shown as saved before (I3, I7). */
export function savedProblems(shown: readonly string[], found: Found): readonly string[] {
  const held = new Set(found.ids);
  const numbers = found.ids.map((id) => Number(id.slice(id.indexOf('-') + 1)));
  const expected = Array.from({ length: found.counter }, (_, index) => index + 1);
  const missing = expected.filter((n) => !numbers.includes(n));
  return [
    ...shown.filter((id) => !held.has(id)).map((id) => `${id} was shown as saved and is lost`),
    ...[...new Set(shown.filter((id, index) => shown.indexOf(id) !== index))].map((id) => `${id} was given out twice`),
    ...missing.map((n) => `number ${n} was given out and is missing`),
    ...numbers.filter((n) => n > found.counter).map((n) => `number ${n} is ahead of its counter`),
  ];
}
