import { storableText, type Ask } from './connection.ts';
import { snake } from './row-names.ts';

export type Row = Readonly<Record<string, unknown>>;

/** `update`: what becomes of a row whose key is here already; without it, that is a defect. */
type Into = { readonly table: string; readonly key?: readonly string[]; readonly update?: readonly string[] };

/** Writes rows under their code names with one statement. An object lies in its column as its JSON text. */
export async function writeRows(ask: Ask, { table, key, update }: Into, rows: readonly Row[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const names = Object.keys(first);
  const columns = names.map((name) => `"${snake(name)}"`).join(', ');
  const set = (update ?? []).map((name) => `"${snake(name)}" = excluded."${snake(name)}"`).join(', ');
  const conflict = key
    ? ` on conflict (${key.map((name) => `"${snake(name)}"`).join(', ')}) do ${set ? `update set ${set}` : 'nothing'}`
    : '';
  const from = `json_populate_recordset(null::"${table}", $1::json)`;
  await ask(`insert into "${table}" (${columns}) select ${columns} from ${from}${conflict}`, jsonOf(rows));
}

/** Rows as a JSON text that PostgreSQL can take apart: names and texts as it knows them. */
export const jsonOf = (rows: readonly Row[]): string =>
  JSON.stringify(
    rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [snake(name), cell(value)]))),
  );

function cell(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}
