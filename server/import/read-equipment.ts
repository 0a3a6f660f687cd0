import { err, ok, type Result } from '#shared/result.ts';

import { createSplitter, type RawRecord } from './csv-splitter.ts';
import { project, type Grid, type ToDegrees } from './grid.ts';
import { decodeRecord } from './header.ts';

/** Where a piece of equipment stands (degrees, WGS 84) and which feeder it hangs on. */
export type EquipmentPlace = { readonly feeder: string; readonly lat: number; readonly lon: number };

/** `refused`: lines or features that were left out, and why; the first hundred of `refusedCount`. */
export type EquipmentFile = {
  readonly places: readonly EquipmentPlace[];
  readonly refused: readonly { readonly at: number; readonly reason: string }[];
  readonly refusedCount: number;
};

export type EquipmentColumns = { readonly x: string; readonly y: string; readonly feeder: string };

type Asked = { readonly columns: EquipmentColumns; readonly grid: Grid };

/** Reads GeoJSON (any geometry; each corner is a place) or CSV with a header line. */
export function readEquipment(bytes: Buffer, asked: Asked): Result<EquipmentFile, string> {
  const reading = equipmentSteps(bytes, asked);
  for (;;) {
    const step = reading.next();
    if (step.done) return step.value;
  }
}

/** The same in steps, for whoever has other things to do meanwhile: each tells how many rows or features were read. */
export function* equipmentSteps(bytes: Buffer, { columns, grid }: Asked): Steps {
  const toDegrees = project(grid);
  if (!isGeoJson(bytes)) return yield* readCsv(bytes, columns, toDegrees);
  return yield* readGeoJson(bytes.toString('utf8').replace(/^\uFEFF/, ''), columns.feeder, toDegrees);
}

/** Is it GeoJSON, not CSV? */
export const isGeoJson = (bytes: Buffer): boolean => /^\uFEFF?\s*\{/.test(bytes.toString('utf8', 0, 64));

type Steps = Generator<number, Result<EquipmentFile, string>>;
const STEP = 2_000;

function collect() {
  const places: EquipmentPlace[] = [];
  const refused: { at: number; reason: string }[] = [];
  let refusedCount = 0;
  return {
    refuse: (at: number, reason: string): void => {
      refusedCount += 1;
      if (refused.length < 100) refused.push({ at, reason });
    },
    places,
    file: (): EquipmentFile => ({ places, refused, refusedCount }),
  };
}

function* readCsv(bytes: Buffer, columns: EquipmentColumns, toDegrees: ToDegrees): Steps {
  const splitter = createSplitter(COMMA.charCodeAt(0), RECORD_BYTES);
  const [head, ...rows]: readonly RawRecord[] = [...splitter.push(bytes), ...splitter.end()];
  const names = head ? decodeRecord(head, COMMA) : err('the file is empty');
  if (!names.ok) return err(names.error);
  const at = (name: string): number => names.value.findIndex((one) => one.trim().toLowerCase() === name.toLowerCase());
  const [x, y, feeder] = [at(columns.x), at(columns.y), at(columns.feeder)];
  const missing = Object.values(columns).filter((name) => at(name) < 0);
  if (missing.length > 0) return err(`there is no column ${missing.join(', ')}; there are ${names.value.join(', ')}`);
  const found = collect();
  for (const [index, row] of rows.entries()) {
    if (index % STEP === STEP - 1) yield index + 1;
    const values = decodeRecord(row, COMMA);
    if (!values.ok) {
      found.refuse(row.line, values.error);
      continue;
    }
    const number = (column: number): number => {
      const text = values.value[column]?.trim() ?? '';
      return text === '' ? Number.NaN : Number(text);
    };
    const place = toDegrees(number(x), number(y));
    const name = values.value[feeder]?.trim() ?? '';
    if (!place.ok) found.refuse(row.line, place.error);
    else if (name === '') found.refuse(row.line, 'names no feeder');
    else found.places.push({ feeder: name.slice(0, 80), ...place.value });
  }
  return ok(found.file());
}

function* readGeoJson(text: string, property: string, toDegrees: ToDegrees): Steps {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    return err(`this is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const features = valueOf(parsed, 'features');
  if (!Array.isArray(features)) return err('this is no GeoJSON: it has no features');
  const found = collect();
  for (const [index, feature] of features.entries()) {
    if (index % STEP === STEP - 1) yield index + 1;
    const name = valueOf(valueOf(feature, 'properties'), property);
    if (typeof name !== 'string' && typeof name !== 'number') {
      found.refuse(index + 1, `has no property ${property}`);
      continue;
    }
    const pairs = pairsIn(valueOf(valueOf(feature, 'geometry'), 'coordinates'));
    if (pairs.length === 0) found.refuse(index + 1, 'has no coordinates');
    for (const [lon, lat] of pairs) {
      const place = toDegrees(lon, lat);
      if (place.ok) found.places.push({ feeder: String(name).slice(0, 80), ...place.value });
      else found.refuse(index + 1, place.error);
    }
  }
  return ok(found.file());
}

const COMMA = ',';
const RECORD_BYTES = 64 * 1024;

const valueOf = (of: unknown, name: string): unknown =>
  typeof of === 'object' && of !== null ? Reflect.get(of, name) : undefined;

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/** Every position of a geometry, however deep it lies. */
function pairsIn(coordinates: unknown): (readonly [number, number])[] {
  if (!isList(coordinates)) return [];
  const [x, y] = coordinates;
  if (typeof x === 'number' && typeof y === 'number') return [[x, y]];
  return coordinates.flatMap(pairsIn);
}
