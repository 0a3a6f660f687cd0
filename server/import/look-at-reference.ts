import { type Refused, wholeFile } from '#shared/api/import-fault.ts';
import { err, ok, type Result } from '#shared/result.ts';

import { lookAt } from './look-at.ts';
import { featuresOf, isGeoJson } from './read-equipment.ts';

type Look = {
  readonly geo: boolean;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
};

const ROWS = 20;

/** The columns of a CSV or the properties of GeoJSON, with the first rows; or why it is neither. */
export async function lookAtReference(bytes: Buffer): Promise<Result<Look, Refused>> {
  if (isGeoJson(bytes)) return propertiesOf(bytes);
  const seen = await lookAt(inOne(bytes));
  return seen.ok ? ok({ geo: false, ...seen.value }) : seen;
}

// oxlint-disable-next-line typescript/require-await -- what reads chunks waits for each
async function* inOne(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

function propertiesOf(bytes: Buffer): Result<Look, Refused> {
  const read = featuresOf(bytes);
  if (!read.ok) return err(wholeFile(read.error));
  const features = read.value;
  const first = features.slice(0, ROWS).map((feature) => recordOf(valueOf(feature, 'properties')));
  const columns = [...new Set(first.flatMap(Object.keys))];
  return ok({ geo: true, columns, rows: first.map((one) => columns.map((name) => textOf(one[name]))) });
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
const recordOf = (value: unknown): Readonly<Record<string, unknown>> => (isRecord(value) ? value : {});
const valueOf = (of: unknown, name: string): unknown => recordOf(of)[name];
const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number'
    ? String(value)
    : value === undefined
      ? ''
      : JSON.stringify(value);
