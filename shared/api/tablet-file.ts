import * as z from 'zod/mini';

import { sha256Hex } from '../canonical.ts';
import { CrewId, DeviceId, PersonId, UnitId, WriterId } from '../ids.ts';
import { err, ok, type Result } from '../result.ts';
import { HELD_CODES, type PushItem } from '../sync/protocol.ts';
import { ClockReading, Instant } from '../time/clock-reading.ts';

/**
 * What a tablet holds that the centre has not got, as a file of lines: a head, each event as a push would bring it, and
 * the sum of all lines before. Somebody carries it to a desk, where it goes the way a push goes; the tablet may bring the
 * same later, and nothing is doubled (I3).
 */
const Named = <Id extends z.core.$ZodType>(id: Id) =>
  z.nullable(z.object({ id, name: z.string().check(z.maxLength(80)) }));

/** `madeAt`: the tablet's idea of server time, ms. `marks`: a clock chain from before the first tap, checked apart. */
const Head = z.object({
  relight: z.literal('unsent'),
  v: z.literal(1),
  madeAt: Instant,
  device: z.nullable(DeviceId),
  crew: Named(CrewId),
  person: Named(PersonId),
  unit: Named(UnitId),
  writers: z.array(z.object({ writer: WriterId, hiN: z.int().check(z.gte(0)) })).check(z.maxLength(50)),
  events: z.int().check(z.gte(0)),
  clock: ClockReading,
  marks: z.optional(z.unknown()),
});
export type TabletFileHead = z.infer<typeof Head>;

const End = z.object({ end: z.int(), sha256: z.string() });

export const TABLET_FILE_LIMITS = { bytes: 32 * 1024 * 1024, events: 50_000, lineBytes: 512 * 1024 } as const;

/** What is wrong with a file: its line, counted from 1, and the member, where it is one. */
export type TabletFileFault = {
  readonly why: 'notOurs' | 'version' | 'broken' | 'badLine' | 'tooLarge';
  readonly line: number;
  readonly field: string | null;
};

export type TabletFile = {
  readonly head: TabletFileHead;
  /** Checked one by one as those of a push: a bad one is held, never the whole file. */
  readonly items: readonly unknown[];
  /** Of the whole file: names it. */
  readonly sum: string;
};

export function tabletFileText(
  head: Omit<TabletFileHead, 'relight' | 'v' | 'events'>,
  items: readonly PushItem[],
): string {
  const first: TabletFileHead = { relight: 'unsent', v: 1, ...head, events: items.length };
  const lines = [first, ...items].map((line) => `${JSON.stringify(line)}\n`).join('');
  return `${lines}${JSON.stringify({ end: items.length, sha256: sha256Hex(lines) })}\n`;
}

/** Reads a file whole. One that lost its end on the way, or was changed, is said to be broken. */
export function readTabletFile(text: string): Result<TabletFile, TabletFileFault> {
  const fault = (why: TabletFileFault['why'], line: number, field: string | null = null) => err({ why, line, field });
  if (text.length > TABLET_FILE_LIMITS.bytes) return fault('tooLarge', 1);
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  const tooLong = lines.findIndex((line) => line.length > TABLET_FILE_LIMITS.lineBytes);
  if (tooLong >= 0) return fault('tooLarge', tooLong + 1);
  const [top = '', ...rest] = lines;
  const first = parsed(top);
  if (!isObject(first) || first['relight'] !== 'unsent') return fault('notOurs', 1, 'relight');
  if (first['v'] !== 1) return fault('version', 1, 'v');
  const head = Head.safeParse(first);
  if (!head.success) return fault('badLine', 1, head.error.issues[0]?.path.join('.') ?? null);
  const end = End.safeParse(parsed(rest.pop() ?? ''));
  if (!end.success) return fault('broken', lines.length, 'end');
  if (rest.length > TABLET_FILE_LIMITS.events) return fault('tooLarge', lines.length);
  if (rest.length !== head.data.events || end.data.end !== rest.length) return fault('broken', lines.length, 'events');
  const sum = sha256Hex([top, ...rest].map((line) => `${line}\n`).join(''));
  if (sum !== end.data.sha256) return fault('broken', lines.length, 'sha256');
  const items = rest.map(parsed);
  const bad = items.findIndex((item) => item === undefined);
  return bad >= 0 ? fault('badLine', bad + 2) : ok({ head: head.data, items, sum });
}

/** The first line of the question's body, as JSON; behind it the file as it is. `look` writes nothing. */
export const TabletFileAsk = z.object({ act: z.enum(['look', 'take']) });
export type TabletFileAsk = z.infer<typeof TabletFileAsk>;

const Count = z.int().check(z.gte(0));

/**
 * The one line of the answer. `from`, `to`: the tablet's own wall clock at the first and last tap, ms. `known`: events the
 * centre has already. `taken`, `held`: null for a look. `unknownTablet`: none of the desk's own. `gathering`: after a
 * restore the centre only collects; the same file again later.
 */
export const TabletFileAnswer = z.discriminatedUnion('is', [
  z.object({
    is: z.literal('file'),
    tablet: WriterId,
    blocked: z.boolean(),
    crew: z.nullable(z.string()),
    person: z.nullable(z.string()),
    madeAt: Instant,
    from: z.nullable(Instant),
    to: z.nullable(Instant),
    orders: Count,
    events: Count,
    known: Count,
    taken: z.nullable(Count),
    held: z.nullable(z.array(z.object({ code: z.enum(HELD_CODES), count: Count }))),
  }),
  z.object({
    is: z.literal('refused'),
    why: z.enum([
      'notOurs',
      'version',
      'broken',
      'badLine',
      'tooLarge',
      'empty',
      'unknownTablet',
      'gathering',
      'failed',
    ]),
    line: z.nullable(z.int()),
    field: z.nullable(z.string()),
  }),
]);
export type TabletFileAnswer = z.infer<typeof TabletFileAnswer>;

function parsed(line: string): unknown {
  try {
    const value: unknown = JSON.parse(line);
    return value;
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
