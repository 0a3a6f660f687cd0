import { expect, test } from 'vitest';

import { CATALOG } from '#shared/event/catalog.ts';
import { envelopeHash, envelopeText, type Envelope } from '#shared/event/envelope.ts';
import { eventId, subjectOf, type WriterId } from '#shared/ids.ts';
import { LIMITS } from '#shared/sync/limits.ts';

import { checkItem } from './check-item.ts';

// An event must not be able to hang the server: what a check takes has to follow the length of what was sent, for every
// kind and every field of it. Twice as long may take four times as long, and never more than 50 ms of the processor: the clock of a thread is coarse, so
// only what takes ten is compared.
const WRITER = 'A7K' as WriterId;
const HANG_MS = 50;
const MOST_GROWTH = 4;
/** Less than that is lost in what the machine does beside. */
const FLOOR_MS = 10;
const SIZES = [6_000, 12_000] as const;

/** Values of about so many bytes, each of the kind that makes one sort of check slow. */
const HOSTILE: Readonly<Record<string, (bytes: number) => unknown>> = {
  letters: (bytes) => 'a'.repeat(bytes),
  spaces: (bytes) => ' '.repeat(bytes),
  'spaces inside': (bytes) => `x${' '.repeat(bytes)}x`,
  digits: (bytes) => '1'.repeat(bytes),
  'digits and dashes': (bytes) => `${'1-'.repeat(bytes / 2)}!`,
  'digits and dots': (bytes) => `${'1.'.repeat(bytes / 2)}!`,
  'marks upon marks': (bytes) => `e${'\u0301'.repeat(bytes / 2)}`,
  'half surrogates': (bytes) => '\ud800'.repeat(bytes / 6),
  'line ends': (bytes) => '\r\n'.repeat(bytes / 4),
  ids: (bytes) => 'A7K-1,'.repeat(bytes / 6),
  'a long id': (bytes) => `A7K-1${'0'.repeat(bytes)}`,
  'a long list': (bytes) => Array.from({ length: bytes / 2 }, () => 1),
  'a list of objects': (bytes) => Array.from({ length: bytes / 12 }, () => ({ id: 'a', at: 1 })),
  'a list of texts': (bytes) => Array.from({ length: bytes / 4 }, () => 'a'),
  'many members': (bytes) => Object.fromEntries(Array.from({ length: bytes / 10 }, (_, n) => [`k${n}`, 1])),
};

test.each(Object.entries(HOSTILE))('what a check takes follows the length: %s', (_, hostile) => {
  const slow: string[] = [];
  const values = SIZES.map(hostile);
  for (const [kind, field] of fields()) {
    const [short, long] = values.map((value) => {
      const item = anItem(kind, { [field]: value });
      return leastMs(() => checkItem(item, [WRITER]));
    });
    if (isTooSlow(short!, long!)) slow.push(`${kind}.${field}: ${short!.toFixed(1)} ms, ${long!.toFixed(1)} ms`);
  }
  expect(slow).toEqual([]);
});

test('what a check takes follows the length of what stands around the data, too', () => {
  const slow: string[] = [];
  const names = ['writer', 'n', 'subject', 'kind', 'v', 'by', 'seen', 'clock', 'more'] as const;
  for (const name of names)
    for (const [how, hostile] of Object.entries(HOSTILE)) {
      const [short, long] = SIZES.map((bytes) => {
        const { event, hash } = anItem('noted', { text: 'x' });
        const item = { event: { ...event, [name]: hostile(bytes) }, hash };
        return leastMs(() => checkItem(item, [WRITER]));
      });
      if (isTooSlow(short!, long!)) slow.push(`${name}, ${how}: ${short!.toFixed(1)} ms, ${long!.toFixed(1)} ms`);
    }
  expect(slow).toEqual([]);
});

test('control: a pattern that tries every way is found', () => {
  const [short, long] = [11, 22].map((length) => leastMs(() => /^(a+)+$/.test(`${'a'.repeat(length)}!`)));
  expect(isTooSlow(short!, long!)).toBe(true);
});

test('of a batch with an event of 17 KiB, that one is held and says why; the others are events', () => {
  const said = (text: string) => ({ crew: 'A7K-2', text });
  const items = [anItem('noted', said('x')), anItem('noted', said('x'.repeat(17 * 1024)))];
  expect(items.map((item) => checkItem(item, [WRITER]))).toMatchObject([
    { is: 'event' },
    { is: 'held', code: 'tooLarge', writer: WRITER, n: 1 },
  ]);
  const room = LIMITS.eventBytes - Buffer.byteLength(envelopeText(anItem('noted', said('')).event));
  for (const [more, code] of [
    [0, 'badData'],
    [1, 'tooLarge'],
  ] as const)
    expect(checkItem(anItem('noted', said('x'.repeat(room + more))), [WRITER])).toMatchObject({ code });
});

function anItem(kind: string, data: Record<string, unknown>): { readonly event: Envelope; readonly hash: string } {
  const event: Envelope = {
    writer: WRITER,
    n: 1,
    subject: subjectOf('order', eventId(WRITER, 1)),
    kind,
    v: 1,
    data,
    by: null,
    seen: null,
    clock: { wall: 0, mono: 0, page: 'p' },
  };
  return { event, hash: envelopeHash(envelopeText(event)) };
}

/** Every field of every kind's data; what several kinds have in common, once. */
function fields(): readonly (readonly [kind: string, field: string])[] {
  const seen = new Set<unknown>();
  return Object.entries(CATALOG).flatMap(([kind, { data }]) =>
    Object.entries('shape' in data ? data.shape : {})
      .filter(([, schema]) => !seen.has(schema) && seen.add(schema))
      .map(([field]) => [kind, field] as const),
  );
}

const isTooSlow = (short: number, long: number): boolean =>
  long > HANG_MS || (long > FLOOR_MS && long > MOST_GROWTH * Math.max(short, FLOOR_MS / MOST_GROWTH));

/** Processor time of this thread, the least of some runs, ms: what else the machine does is not in it. */
function leastMs(work: () => unknown): number {
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 4; run += 1) {
    const before = process.threadCpuUsage();
    work();
    const { user, system } = process.threadCpuUsage(before);
    least = Math.min(least, (user + system) / 1_000);
    if (least <= FLOOR_MS) break;
  }
  return least;
}
