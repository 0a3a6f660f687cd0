import { type ImportFault, type Refused, wholeFile } from '#shared/api/import-fault.ts';
import { err, ok, type Result } from '#shared/result.ts';

import { createSplitter, type RawRecord } from './csv-splitter.ts';
import { pairOf, project, type Grid, type ToDegrees } from './grid.ts';
import { columnsMissing, decodeRecord } from './header.ts';

/** Where a piece of equipment stands (degrees, WGS 84) and which feeder it hangs on. */
export type EquipmentPlace = { readonly feeder: string; readonly lat: number; readonly lon: number };

/** `refused`: what was left out, and why; the first hundred of `refusedCount`. */
export type EquipmentFile = {
  readonly places: readonly EquipmentPlace[];
  readonly refused: readonly Refused[];
  readonly refusedCount: number;
};

export type EquipmentColumns = { readonly x: string; readonly y: string; readonly feeder: string };

type Asked = { readonly columns: EquipmentColumns; readonly grid: Grid };

/** Reads GeoJSON (any geometry; each corner is a place) or CSV with a header line. */
export function readEquipment(bytes: Buffer, asked: Asked): Result<EquipmentFile, Refused> {
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
  return yield* readGeoJson(bytes, columns.feeder, toDegrees);
}

/** Is it GeoJSON, not CSV? */
export const isGeoJson = (bytes: Buffer): boolean => /^\uFEFF?\s*\{/.test(bytes.toString('utf8', 0, 64));

type Steps = Generator<number, Result<EquipmentFile, Refused>>;
const STEP = 2_000;

function collect() {
  const places: EquipmentPlace[] = [];
  const refused: Refused[] = [];
  let refusedCount = 0;
  return {
    refuse: (line: number | null, column: string | null, why: ImportFault): void => {
      refusedCount += 1;
      if (refused.length < 100) refused.push({ line, column, why });
    },
    places,
    file: (): EquipmentFile => ({ places, refused, refusedCount }),
  };
}

function* readCsv(bytes: Buffer, columns: EquipmentColumns, toDegrees: ToDegrees): Steps {
  const splitter = createSplitter(COMMA.charCodeAt(0), RECORD_BYTES);
  const [head, ...rows]: readonly RawRecord[] = [...splitter.push(bytes), ...splitter.end()];
  const names = head ? decodeRecord(head, COMMA) : err({ code: 'fileEmpty' as const });
  if (!names.ok) return err({ line: head?.line ?? null, column: null, why: names.error });
  const at = (name: string): number => names.value.findIndex((one) => one.trim().toLowerCase() === name.toLowerCase());
  const [x, y, feeder] = [at(columns.x), at(columns.y), at(columns.feeder)];
  const wanted = (['feeder', 'x', 'y'] as const).map((field) => ({ field, column: columns[field] }));
  const missing = wanted.filter(({ column }) => at(column) < 0);
  if (head && missing[0])
    return err({ line: head.line, column: missing[0].column, why: columnsMissing(missing, names.value) });
  const found = collect();
  for (const [index, row] of rows.entries()) {
    if (index % STEP === STEP - 1) yield index + 1;
    const values = decodeRecord(row, COMMA);
    if (!values.ok) {
      found.refuse(row.line, null, values.error);
      continue;
    }
    const value = (column: number): string => values.value[column]?.trim() ?? '';
    const pair = pairOf(value(x), value(y));
    if (!pair.ok) {
      found.refuse(row.line, columns[pair.error.at], pair.error.why);
      continue;
    }
    const place = toDegrees(...pair.value);
    const name = value(feeder);
    if (!place.ok) found.refuse(row.line, columns.x, place.error);
    else if (name === '') found.refuse(row.line, columns.feeder, { code: 'feederEmpty' });
    else found.places.push({ feeder: name.slice(0, 80), ...place.value });
  }
  return ok(found.file());
}

/** The features of GeoJSON, or why there are none. */
export function featuresOf(bytes: Buffer): Result<readonly unknown[], ImportFault> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(bytes.toString('utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    if (error instanceof SyntaxError) return err({ code: 'notJson', says: error.message });
    throw error;
  }
  const features = valueOf(parsed, 'features');
  return isList(features) ? ok(features) : err({ code: 'noFeatures' });
}

function* readGeoJson(bytes: Buffer, property: string, toDegrees: ToDegrees): Steps {
  const features = featuresOf(bytes);
  if (!features.ok) return err(wholeFile(features.error));
  const found = collect();
  for (const [index, feature] of features.value.entries()) {
    const refuse = (why: ImportFault): void => found.refuse(null, `features.${index}`, why);
    if (index % STEP === STEP - 1) yield index + 1;
    const name = valueOf(valueOf(feature, 'properties'), property);
    if (typeof name !== 'string' && typeof name !== 'number') {
      refuse({ code: 'noProperty', value: property });
      continue;
    }
    const pairs = pairsIn(valueOf(valueOf(feature, 'geometry'), 'coordinates'));
    if (pairs.length === 0) refuse({ code: 'noCoordinates' });
    for (const [lon, lat] of pairs) {
      const place = toDegrees(lon, lat);
      if (place.ok) found.places.push({ feeder: String(name).slice(0, 80), ...place.value });
      else refuse(place.error);
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
