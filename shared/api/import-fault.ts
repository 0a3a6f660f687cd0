import * as z from 'zod/mini';

/** How much of a value is repeated. */
const SHOWN = 40;

/** A value as a refusal repeats it. */
export const shortened = (text: string): string => (text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text);

/** Why a file, a row or a value of it is not imported: a code with its facts. The words are where it is shown. */
export const ImportFault = z.discriminatedUnion('code', [
  z.object({
    code: z.enum([
      // The file as a whole, and what was asked of it.
      'fileEmpty',
      'xlsx',
      'xls',
      'wideUtf',
      'gzip',
      'pdf',
      'binary',
      'noHeader',
      'noFeatures',
      'unitNotThere',
      'noUnitNamed',
      'columnsNotNamed',
      // The mapping.
      'mappingMissing',
      'mappingStranger',
      'mappingEmpty',
      'mappingNotPattern',
      'mappingNotZone',
      // A row, or a value of it.
      'quoteOpen',
      'keyEmpty',
      'accountEmpty',
      'addressEmpty',
      'reportEmpty',
      'feederEmpty',
      'holdsNul',
      'inFuture',
      'halfPosition',
      'zeroPosition',
      'noCoordinates',
      // What an older page makes of a code it does not know.
      'unknown',
    ]),
  }),
  z.object({
    code: z.enum([
      'notDegrees',
      'notNumber',
      'notCount',
      'notTime',
      'noSuchTime',
      'noZone',
      'skippedTime',
      'noRule',
      'noSuchUnit',
      'twoUnits',
      'noProperty',
      'columnTwice',
    ]),
    value: z.string(),
  }),
  z.object({ code: z.literal('earlyYear'), value: z.string(), year: z.int() }),
  z.object({ code: z.literal('keyTwice'), value: z.string(), line: z.int() }),
  z.object({ code: z.literal('noneOf'), value: z.string(), words: z.array(z.string()) }),
  /** `likely`: what usually is the cause. */
  z.object({
    code: z.literal('outsideDegrees'),
    value: z.string(),
    most: z.int(),
    likely: z.nullable(z.enum(['metres', 'swapped'])),
  }),
  /** No degrees: as they stand there, or after they were converted from a grid. */
  z.object({ code: z.enum(['sayGrid', 'offGrid']), x: z.number(), y: z.number() }),
  z.object({ code: z.enum(['tooLong', 'mappingTooLong', 'tooManyPlaces']), most: z.int() }),
  z.object({ code: z.literal('lineTooLong'), kib: z.int() }),
  /** `nth`: which value of the line, 1 = first. */
  z.object({ code: z.literal('textAfterQuote'), nth: z.int() }),
  z.object({ code: z.literal('width'), values: z.int(), header: z.int() }),
  /** `looksLike`: none if the bytes are damaged. */
  z.object({ code: z.literal('encoding'), looksLike: z.array(z.enum(['gb18030', 'big5'])) }),
  /** `field`: what reads the column; `present`: the first of `count` that the file has. */
  z.object({
    code: z.literal('columnsMissing'),
    missing: z.array(z.object({ field: z.string(), column: z.string() })),
    present: z.array(z.string()),
    count: z.int(),
  }),
  z.object({ code: z.literal('fileTooLarge'), mib: z.int() }),
  z.object({ code: z.enum(['notJson', 'mappingNotJson', 'mappingOther']), says: z.string() }),
  z.object({ code: z.literal('mappingNotA'), kind: z.string() }),
  z.object({ code: z.literal('mappingNotOneOf'), choices: z.array(z.string()) }),
  z.object({ code: z.enum(['mappingAtLeast', 'mappingAtMost']), bound: z.number() }),
  /** The request was refused before the file was looked at. */
  z.object({ code: z.literal('notTaken'), problem: z.string() }),
]);
export type ImportFault = z.infer<typeof ImportFault>;

/**
 * What is refused: where, and why. `line`: where it starts, 1 = first; `column`: null for the line as a whole. Without a
 * line `column` is a path in JSON (`times.reported` of a mapping, `features.4` of GeoJSON), or null for the file as a whole.
 */
export const Refused = z.object({
  line: z.nullable(z.int()),
  column: z.nullable(z.string()),
  why: ImportFault,
});
export type Refused = z.infer<typeof Refused>;

/** The whole file, or what was asked of it, is refused. */
export const wholeFile = (why: ImportFault): Refused => ({ line: null, column: null, why });
