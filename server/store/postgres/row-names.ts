/** `reported_at` ⇄ `reportedAt`: the database's names are those of the SQLite tables, ours those of the code. */
const camel = (name: string): string => name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

export const snake = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

export function rowOf<Row>(row: Readonly<Record<string, unknown>>): Row {
  const named = Object.fromEntries(Object.entries(row).map(([name, value]) => [camel(name), value]));
  // oxlint-disable-next-line typescript/consistent-type-assertions -- the question beside the type says what comes back
  return named as Row;
}
