import * as z from 'zod';

import type { Closed } from '#shared/event/closing.ts';
import { AREAS } from '#shared/event/parts.ts';
import { err, ok, type Result } from '#shared/result.ts';

import { isZone } from './zone.ts';

/** The times of an order that a file can bring, in the order of the work. */
export const TIMES = ['reported', 'dispatched', 'departed', 'arrived', 'restored', 'closed'] as const;
export type TimeName = (typeof TIMES)[number];

const column = z.string().min(1);
const columns = z.union([column.transform((one) => [one]), z.array(column).min(1)]);
const pattern = z.string().refine(isPattern, 'not a regular expression');
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
  zone: z.string().refine(isZone, 'not a time zone such as Asia/Taipei, UTC or +08:00').optional(),
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

/** The mapping in a JSON text; the error lists what is wrong, field by field. */
export function parseMapping(text: string): Result<Mapping, readonly string[]> {
  const json = jsonOf(text);
  if (!json.ok) return json;
  const parsed = MappingFile.safeParse(json.value);
  return parsed.success ? ok(parsed.data) : err(parsed.error.issues.map(issueText));
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

function jsonOf(text: string): Result<unknown, readonly string[]> {
  try {
    return ok(JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text));
  } catch (error) {
    if (error instanceof SyntaxError) return err([`not JSON: ${error.message}`]);
    throw error;
  }
}

/** A union's own message says only “invalid”; what its last branch misses says what to write. */
function issueText(issue: z.core.$ZodIssue): string {
  const inner = issue.code === 'invalid_union' ? issue.errors.at(-1)?.[0] : undefined;
  if (inner) return issueText({ ...inner, path: [...issue.path, ...inner.path] });
  const says = issue.message.endsWith('received undefined') ? 'is missing' : issue.message;
  return `${issue.path.join('.') || 'the mapping'}: ${says}`;
}

function isPattern(source: string): boolean {
  try {
    return new RegExp(source, 'u') instanceof RegExp;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
