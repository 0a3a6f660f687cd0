import type { Statement } from 'better-sqlite3';
import { Column, is, Param, Placeholder, SQL } from 'drizzle-orm';

type Values = Readonly<Record<string, unknown>>;
type Row = Readonly<Record<string, unknown>>;

/** What drizzle's prepared statement holds, as far as this needs it. */
type Prepared = {
  readonly stmt: Statement;
  readonly query: { readonly params: readonly unknown[] };
  readonly fields: readonly { readonly path: readonly string[]; readonly field: unknown }[] | undefined;
  readonly customResultMapper: unknown;
};

/**
 * The same statement without what drizzle finds out anew each time it runs: which of its parameters are slots, and how each
 * column is read. Half of the time of a push went there. Null: it is something that only drizzle can run.
 */
export function leanStatement(prepared: unknown): object | null {
  if (!isPrepared(prepared) || prepared.customResultMapper !== undefined) return null;
  const { stmt, query, fields } = prepared;
  const fill = filler(query.params);
  if (fields === undefined) return { run: (values: Values = {}) => stmt.run(...fill(values)) };
  const read = reader(fields);
  if (!read) return null;
  const raw = stmt.raw();
  return {
    run: (values: Values = {}) => stmt.run(...fill(values)),
    get: (values: Values = {}) => {
      const row = raw.get(...fill(values));
      return isList(row) ? read(row) : undefined;
    },
    all: (values: Values = {}) => {
      const rows: Row[] = [];
      for (const row of raw.all(...fill(values))) if (isList(row)) rows.push(read(row));
      return rows;
    },
  };
}

function filler(params: readonly unknown[]): (values: Values) => unknown[] {
  const slots = params.map(slotOf);
  return (values) => {
    const filled: unknown[] = [];
    for (const { name, encoder, fixed } of slots) {
      if (name === null) filled.push(fixed);
      else {
        const value = values[name];
        if (value === undefined) throw new Error(`nothing was given for the slot ${name}`);
        filled.push(encoder === null ? value : encoder.mapToDriverValue(value));
      }
    }
    return filled;
  };
}

/** `name` null: always the same value. `encoder` null: what is given lies in the database as it is. */
function slotOf(param: unknown) {
  if (is(param, Placeholder)) return { name: param.name, encoder: null, fixed: null };
  if (!is(param, Param) || !is(param.value, Placeholder)) return { name: null, encoder: null, fixed: param };
  return { name: param.value.name, encoder: param.encoder, fixed: null };
}

/** Null: a column lies deeper than the row itself, as with whole tables joined. */
function reader(fields: NonNullable<Prepared['fields']>): ((row: readonly unknown[]) => Row) | null {
  const columns = fields.map(({ path, field }) => ({
    name: path[0] ?? '',
    deep: path.length > 1,
    read: decoder(field),
  }));
  if (columns.some(({ deep }) => deep)) return null;
  return (row) => {
    const read: Record<string, unknown> = {};
    for (let index = 0; index < columns.length; index += 1) {
      const column = columns[index];
      if (!column) continue;
      const value = row[index];
      read[column.name] = value === null || column.read === null ? value : column.read(value);
    }
    return read;
  };
}

/** Null: as it lies there. */
function decoder(field: unknown): ((value: unknown) => unknown) | null {
  if (is(field, Column) && field.mapFromDriverValue === Column.prototype.mapFromDriverValue) return null;
  if (is(field, Column)) return (value) => field.mapFromDriverValue(value);
  // oxlint-disable-next-line typescript/consistent-type-assertions -- how an expression is read, drizzle keeps to itself
  const { decoder: of } = (is(field, SQL.Aliased) ? field.sql : field) as {
    decoder: Pick<Column, 'mapFromDriverValue'>;
  };
  return (value) => of.mapFromDriverValue(value);
}

const isPrepared = (value: unknown): value is Prepared =>
  typeof value === 'object' && value !== null && 'stmt' in value && 'query' in value && 'fields' in value;

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
