import { type ImportFault, type Refused, shortened } from '#shared/api/import-fault.ts';
import type { Closed } from '#shared/event/closing.ts';
import type { Area, Given, Point } from '#shared/event/parts.ts';
import { err, ok, type Result } from '#shared/result.ts';

import { TIMES, type Choice, type Mapping, type TimeName } from './mapping.ts';
import { statedTime } from './stated-time.ts';
import { createZone, type Zone } from './zone.ts';

/** An order as a row states it. `unit`: its unit's name, null where the mapping leaves it to the caller. */
export type ImportedOrder = {
  readonly key: string;
  readonly address: string;
  readonly point: Point | null;
  readonly area: Area;
  readonly unit: string | null;
  readonly customers: number | null;
  readonly words: string | null;
  /** How it ended, if it did. */
  readonly outcome: Closed['outcome'];
  readonly times: { readonly [T in TimeName]?: Given } & { readonly reported: Given };
};

type Complaint = Omit<Refused, 'line'>;
type Row = (column: string) => string;

/** Reads rows under one mapping. `row` gives a column's value; `now` (ms): no report lies later. */
export function createRowReader(mapping: Mapping): (row: Row, now: number) => Result<ImportedOrder, Complaint> {
  const zone = mapping.zone === undefined ? null : createZone(mapping.zone);
  const area = chooser(mapping.area);
  const unit = mapping.unit === undefined ? null : chooser(mapping.unit);
  const outcome = chooser(mapping.outcome);

  return (raw, now) => {
    const complaints: Complaint[] = [];
    const complain = (column: string, why: ImportFault): void => void complaints.push({ column, why });
    const value: Row = (column) => {
      const text = raw(column).trim();
      const own = mapping.translate[column];
      return own && Object.hasOwn(own, text) ? (own[text] ?? '') : text;
    };
    const joined = (columns: readonly string[], join: string, max: number): string => {
      const text = columns.map(value).filter(Boolean).join(join);
      if (text.length > max) complain(columns.join(' + '), { code: 'tooLong', most: max });
      if (text.includes('\0')) complain(columns.join(' + '), { code: 'holdsNul' });
      return text;
    };

    const key = joined([mapping.key], '', 120);
    if (key === '') complain(mapping.key, { code: 'keyEmpty' });
    const address = joined(mapping.address.columns, mapping.address.join, 300);
    if (address === '') complain(mapping.address.columns.join(' + '), { code: 'addressEmpty' });
    const words = mapping.words ? joined(mapping.words, ' ', 1_000) : '';
    const point = mapping.point ? pointOf(value, mapping.point, complain) : null;
    const customers =
      mapping.customers === undefined ? null : countOf(value(mapping.customers), mapping.customers, complain);
    const times = timesOf(mapping, zone, value, complain);
    const { reported } = times;
    const reportedColumn = mapping.times.reported.join(' / ');
    if (!reported) complain(reportedColumn, { code: 'reportEmpty' });
    else if (reported.at > now + CLOCKS_APART) complain(reportedColumn, { code: 'inFuture' });
    const areaIs = area(value, complain);
    const unitIs = unit ? unit(value, complain) : null;
    const outcomeIs = outcome(value, complain);

    const [first] = complaints;
    if (first) return err(first);
    if (!reported || areaIs === null || outcomeIs === null)
      throw new Error('a row lacks something and nobody complained');
    return ok({
      key,
      address,
      point,
      area: areaIs,
      unit: unitIs,
      customers,
      words: words === '' ? null : words,
      outcome: outcomeIs,
      times: { ...times, reported },
    });
  };
}

type Complain = (column: string, why: ImportFault) => void;

const CLOCKS_APART = 60 * 60_000;

function timesOf(mapping: Mapping, zone: Zone | null, value: Row, complain: Complain): { [T in TimeName]?: Given } {
  const times: { [T in TimeName]?: Given } = {};
  for (const name of TIMES) {
    const precision = typeof mapping.precisionMs === 'number' ? mapping.precisionMs : (mapping.precisionMs[name] ?? 0);
    for (const column of mapping.times[name] ?? []) {
      const text = value(column);
      if (text === '') continue;
      const stated = statedTime(text, zone);
      if (!stated.ok) complain(column, stated.error);
      else if (!times[name] || stated.value.at < times[name].at)
        times[name] = { at: stated.value.at, e: Math.max(precision, stated.value.e), source: 'import' };
    }
  }
  return times;
}

function pointOf(value: Row, columns: { lat: string; lon: string }, complain: Complain): Point | null {
  const texts = { lat: value(columns.lat), lon: value(columns.lon) };
  if (texts.lat === '' && texts.lon === '') return null;
  const point = { lat: degrees(texts.lat), lon: degrees(texts.lon) };
  for (const axis of ['lat', 'lon'] as const) {
    const most = axis === 'lat' ? 90 : 180;
    const given = shortened(texts[axis]);
    if (given === '') complain(columns[axis], { code: 'halfPosition' });
    else if (Number.isNaN(point[axis])) complain(columns[axis], { code: 'notDegrees', value: given });
    else if (Math.abs(point[axis]) > most)
      complain(columns[axis], { code: 'outsideDegrees', value: given, most, likely: likelyCause(point) });
  }
  if (point.lat === 0 && point.lon === 0) complain(columns.lat, { code: 'zeroPosition' });
  return point;
}

/** Out of range in a way that has a usual cause. */
function likelyCause({ lat, lon }: { lat: number; lon: number }): 'metres' | 'swapped' | null {
  if (Math.abs(lat) > 1_000 || Math.abs(lon) > 1_000) return 'metres';
  return Math.abs(lat) <= 180 && Math.abs(lon) <= 90 ? 'swapped' : null;
}

const degrees = (text: string): number => (/^[+-]?\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN);

function countOf(text: string, column: string, complain: Complain): number | null {
  if (text === '') return null;
  if (/^\d{1,9}(?:\.0+)?$/.test(text)) return Number(text);
  complain(column, { code: 'notCount', value: shortened(text) });
  return null;
}

/** A constant, or what the rules make of a column's value. */
function chooser<T extends string>(choice: Choice<T>): (value: Row, complain: Complain) => T | null {
  if (typeof choice === 'string') return () => choice;
  const rules = choice.rules.map((rule) => ({
    is: rule.is,
    fits: 'equals' in rule ? (text: string) => text === rule.equals : matcher(rule.match),
  }));
  return (value, complain) => {
    const text = value(choice.column);
    const found = rules.find(({ fits }) => fits(text))?.is ?? choice.otherwise;
    if (found === undefined) complain(choice.column, { code: 'noRule', value: shortened(text) });
    return found ?? null;
  };
}

function matcher(pattern: string): (text: string) => boolean {
  const regex = new RegExp(pattern, 'u');
  return (text) => regex.test(text);
}
