import * as z from 'zod';

import { type ImportFault, type Refused, wholeFile } from '#shared/api/import-fault.ts';
import type { Closed } from '#shared/event/closing.ts';
import { AREAS } from '#shared/event/parts.ts';
import { err, ok, type Result } from '#shared/result.ts';

import { isZone } from './zone.ts';

/** The times of an order that a file can bring, in the order of the work. */
export const TIMES = ['reported', 'dispatched', 'departed', 'arrived', 'restored', 'closed'] as const;
export type TimeName = (typeof TIMES)[number];

const column = z.string().min(1);
const columns = z.union([column.transform((one) => [one]), z.array(column).min(1)]);
const pattern = z.string().refine(isPattern, 'mappingNotPattern');
const ms = z.number().int().min(0).max(86_400_000);
const area = z.enum(AREAS);
const OUTCOMES = [
  'restored',
  'customerSide',
  'noFault',
  'duplicate',
  'cancelled',
] as const satisfies Closed['outcome'][];
const outcome = z.enum(OUTCOMES);
const unitName = z.string().min(1).max(80);

/** What a column's value means: the first rule that fits, else `otherwise`, else the row is refused. */
const choice = <T extends z.ZodType>(value: T) =>
  z.strictObject({
    column,
    rules: z
      .array(
        z.union([z.strictObject({ equals: z.string(), is: value }), z.strictObject({ match: pattern, is: value })]),
      )
      .min(1),
    otherwise: value.optional(),
  });

const MappingFile = z.strictObject({
  system: z.string().min(1).max(40),
  delimiter: z.enum([',', ';', '\t', '|']).optional(),
  zone: z.string().refine(isZone, 'mappingNotZone').optional(),
  key: column,
  address: z.union([
    columns.transform((parts) => ({ columns: parts, join: ' ' })),
    z.strictObject({ columns, join: z.string() }),
  ]),
  point: z.strictObject({ lat: column, lon: column }).optional(),
  customers: column.optional(),
  words: columns.optional(),
  times: z.strictObject({
    reported: columns,
    dispatched: columns.optional(),
    departed: columns.optional(),
    arrived: columns.optional(),
    restored: columns.optional(),
    closed: columns.optional(),
  }),
  precisionMs: z.union([ms, z.partialRecord(z.enum(TIMES), ms)]).default(0),
  area: z.union([area, choice(area)]),
  unit: z.union([unitName, choice(unitName)]).optional(),
  outcome: z.union([outcome, choice(outcome)]).default('restored'),
  translate: z.record(column, z.record(z.string(), z.string())).default({}),
});

/** How a file's columns become orders; README.md explains each part. */
export type Mapping = z.infer<typeof MappingFile>;

/** A constant, or a choice by a column's value. */
export type Choice<T> =
  | T
  | {
      readonly column: string;
      readonly rules: readonly ({ readonly is: T } & ({ readonly equals: string } | { readonly match: string }))[];
      readonly otherwise?: T | undefined;
    };

/** The mapping in a JSON text; the error lists what is wrong. A refusal's column is the path in the mapping. */
export function parseMapping(text: string): Result<Mapping, readonly Refused[]> {
  const json = jsonOf(text);
  if (!json.ok) return err([wholeFile(json.error)]);
  const parsed = MappingFile.safeParse(json.value, { reportInput: true });
  return parsed.success ? ok(parsed.data) : err(parsed.error.issues.flatMap((issue) => refusalsOf(issue)));
}

/** Every column the mapping reads, with the field that reads it. */
export function columnsRead(mapping: Mapping): readonly { readonly field: string; readonly column: string }[] {
  const times = TIMES.map((time) => [`times.${time}`, mapping.times[time]] as const);
  const reads: readonly (readonly [string, string | readonly string[] | undefined])[] = [
    ['key', mapping.key],
    ['address', mapping.address.columns],
    ['point.lat', mapping.point?.lat],
    ['point.lon', mapping.point?.lon],
    ['customers', mapping.customers],
    ['words', mapping.words],
    ...times,
    ['area', typeof mapping.area === 'string' ? undefined : mapping.area.column],
    ['unit', typeof mapping.unit === 'object' ? mapping.unit.column : undefined],
    ['outcome', typeof mapping.outcome === 'string' ? undefined : mapping.outcome.column],
    ...Object.keys(mapping.translate).map((one) => ['translate', one] as const),
  ];
  return reads.flatMap(([field, read]) => [read ?? []].flat().map((one) => ({ field, column: one })));
}

/** Every unit the mapping can name. */
export function unitsNamed({ unit }: Mapping): readonly string[] {
  if (unit === undefined) return [];
  if (typeof unit === 'string') return [unit];
  return [...new Set([...unit.rules.map(({ is }) => is), ...(unit.otherwise === undefined ? [] : [unit.otherwise])])];
}

function jsonOf(text: string): Result<unknown, ImportFault> {
  try {
    return ok(JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text));
  } catch (error) {
    if (error instanceof SyntaxError) return err({ code: 'mappingNotJson', says: error.message });
    throw error;
  }
}

/** A union itself says only “invalid”; what the branch that was meant misses says what to write. */
function refusalsOf(issue: z.core.$ZodIssue): readonly Refused[] {
  const inner = issue.code === 'invalid_union' && issue.input !== undefined ? branchMeant(issue)?.[0] : undefined;
  if (inner) return refusalsOf({ ...inner, path: [...issue.path, ...inner.path] });
  const refusal = (path: readonly PropertyKey[], why: ImportFault): Refused => ({
    line: null,
    column: path.length === 0 ? null : path.map(String).join('.'),
    why,
  });
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => refusal([...issue.path, key], { code: 'mappingStranger' }));
  return [refusal(issue.path, faultOf(issue))];
}

/** Of an object the last, which takes objects; of anything else the first that does not just want another type. */
function branchMeant({ errors, input }: z.core.$ZodIssueInvalidUnion): readonly z.core.$ZodIssue[] | undefined {
  const fits = ([first]: readonly z.core.$ZodIssue[]): boolean =>
    first !== undefined && (first.code !== 'invalid_type' || first.path.length > 0);
  const isObject = typeof input === 'object' && input !== null && !Array.isArray(input);
  return (isObject ? undefined : errors.find(fits)) ?? errors.at(-1);
}

/** What refinements say instead of a sentence. */
const REFINED = ['mappingNotPattern', 'mappingNotZone'] as const;

function faultOf(issue: z.core.$ZodIssue): ImportFault {
  if (issue.input === undefined && issue.code !== 'custom') return { code: 'mappingMissing' };
  switch (issue.code) {
    case 'invalid_type':
      return { code: 'mappingNotA', kind: issue.expected };
    case 'invalid_value':
      return { code: 'mappingNotOneOf', choices: issue.values.map(String) };
    case 'too_small':
      return issue.origin === 'number'
        ? { code: 'mappingAtLeast', bound: Number(issue.minimum) }
        : { code: 'mappingEmpty' };
    case 'too_big':
      return issue.origin === 'number'
        ? { code: 'mappingAtMost', bound: Number(issue.maximum) }
        : { code: 'mappingTooLong', most: Number(issue.maximum) };
    default: {
      const code = REFINED.find((one) => one === issue.message);
      return code ? { code } : { code: 'mappingOther', says: issue.message };
    }
  }
}

function isPattern(source: string): boolean {
  try {
    return new RegExp(source, 'u') instanceof RegExp;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
