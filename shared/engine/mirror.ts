import * as z from 'zod/mini';

import { mintWriter, WriterId } from '../ids.ts';
import type { SyncRequest } from '../sync/protocol.ts';
import type { Outbox } from './outbox.ts';
import type { Mirror, OutboxMeta, Ports } from './ports.ts';
import type { Lost } from './views.ts';

const Range = z.object({ writer: WriterId, from: z.number(), to: z.number() });

const Left = z.object({ writer: WriterId, hiN: z.int() });

/**
 * What the outbox last gave out, up to where the server has all of it, what waits under earlier names, and whether a first
 * tap had no answer. `left`: the names of outboxes that were evicted with no such tap.
 */
const Memory = z.object({
  writer: WriterId,
  hiN: z.number(),
  receivedTo: z.number(),
  earlier: z.optional(z.array(Range)),
  openTaps: z.optional(z.number()),
  left: z.optional(z.array(Left)),
});

type Memory = z.infer<typeof Memory>;

const MOST_EARLIER = 50;
const MOST_LEFT = 10;
/** For so long each page says so: whoever comes to the next shift has to know. */
const SAID_MS = 24 * 3_600_000;

/**
 * The names of evicted outboxes, each with the last number that was called saved, as far as the mirror could know. Whether
 * the server has all of it is the server's to see (I25).
 */
export const namesLost = (mirror: Mirror): NonNullable<SyncRequest['earlier']> => readMemory(mirror)?.left ?? [];

/** Notes in the mirror how far the outbox has come. */
export function remember(mirror: Mirror, outbox: Outbox, names?: Memory['left']): void {
  const meta = outbox.meta();
  if (!meta) return;
  const before = readMemory(mirror);
  // Another page may have recorded what this one has not read yet.
  const hiN = before?.writer === meta.writer ? Math.max(before.hiN, meta.counter) : meta.counter;
  const left = names ?? before?.left ?? [];
  const open = outbox.all().filter(({ row }) => row.state.is !== 'received');
  const own = open.find(({ row }) => row.writer === meta.writer);
  const receivedTo = own ? own.row.n - 1 : meta.counter;
  const earlier = open
    .filter(({ row }) => row.writer !== meta.writer && row.state.is !== 'held')
    .slice(0, MOST_EARLIER)
    .map(({ row: { writer, n } }) => ({ writer, from: n, to: n }));
  const memory = {
    writer: meta.writer,
    hiN,
    receivedTo,
    openTaps: outbox.taps().length,
    ...(earlier.length > 0 ? { earlier } : {}),
    ...(left.length > 0 ? { left } : {}),
  };
  mirror.write(JSON.stringify(memory));
}

/**
 * An outbox that is empty although the mirror knows of one was evicted. It goes on under a later writer's name, since
 * numbers that were given out must never be given out again (I3). Gives what can be named of what was lost; but a browser
 * writes the mirror to its disk up to a minute late, so that the new outbox remembers that there was another one.
 * `united`: brings back what another copy still has.
 */
export async function recover(
  { mirror, outbox, random, now }: Recovering,
  united: () => Promise<unknown>,
): Promise<Lost | null> {
  const memory = readMemory(mirror);
  const nothingGone = (): null => {
    remember(mirror, outbox);
    return null;
  };
  if (!memory) return nothingGone();
  const { writer, hiN, receivedTo, earlier = [], openTaps, left = [] } = memory;
  const isWhole = (): boolean => {
    const meta = outbox.meta();
    return meta !== null && (meta.writer !== writer || meta.counter >= hiN);
  };
  if (!isWhole()) await united();
  if (isWhole()) return nothingGone();
  const begun = await outbox.begin(mintWriter(random.bytes(2), writer), false, now);
  if (!begun.ok) return null;
  // A tap without an answer, or what waited under earlier names, went with it: then nobody knows what that was.
  const isNamed = openTaps === 0 && earlier.length === 0;
  const [first, ...also] = receivedTo < hiN ? [{ writer, from: receivedTo + 1, to: hiN }, ...earlier] : earlier;
  remember(mirror, outbox, isNamed ? [...left, { writer, hiN }].slice(-MOST_LEFT) : left);
  return first ? { ...first, ...(also.length > 0 ? { also } : {}) } : null;
}

/** Was an outbox evicted before this one, less than a day ago? */
export const isGoneLately = (meta: OutboxMeta | null, now: number): boolean =>
  meta?.goneAt !== undefined && now - meta.goneAt < SAID_MS;

type Recovering = Pick<Ports, 'mirror' | 'random'> & {
  readonly outbox: Outbox;
  readonly now: number;
};

function readMemory(mirror: Mirror): Memory | null {
  const memory = Memory.safeParse(readJson(mirror.read()));
  return memory.success ? memory.data : null;
}

function readJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}
