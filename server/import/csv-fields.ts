import { err, ok, type Result } from '#shared/result.ts';

/**
 * The values of one CSV record. Quotes around a value go, doubled quotes inside become one; a quote inside an unquoted
 * value is kept. The error is the 0-based number of a value with text behind its closing quote.
 */
export function fieldsOf(record: string, delimiter: string): Result<string[], { readonly at: number }> {
  if (!record.includes('"')) return ok(record.split(delimiter));
  const fields: string[] = [];
  let from = 0;
  for (;;) {
    if (record[from] === '"') {
      const end = closingQuote(record, from + 1);
      if (end === -1) return err({ at: fields.length });
      const after = record[end + 1];
      if (after !== undefined && after !== delimiter) return err({ at: fields.length });
      fields.push(record.slice(from + 1, end).replaceAll('""', '"'));
      if (after === undefined) return ok(fields);
      from = end + 2;
    } else {
      const end = record.indexOf(delimiter, from);
      if (end === -1) {
        fields.push(record.slice(from));
        return ok(fields);
      }
      fields.push(record.slice(from, end));
      from = end + 1;
    }
  }
}

function closingQuote(record: string, from: number): number {
  for (let at = record.indexOf('"', from); at !== -1; at = record.indexOf('"', at + 2)) {
    if (record[at + 1] !== '"') return at;
  }
  return -1;
}
