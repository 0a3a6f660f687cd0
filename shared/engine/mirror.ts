import * as z from 'zod/mini';

import { mintWriter, WriterId } from '../ids.ts';
import type { Outbox } from './outbox.ts';
import type { Mirror, Random } from './ports.ts';
import type { Lost } from './views.ts';

const Range = z.object({ writer: WriterId, from: z.number(), to: z.number() });

/** What the outbox last gave out, up to where the server has all of it, and what waits under earlier names. */
const Memory = z.object({
  writer: WriterId,
  hiN: z.number(),
  receivedTo: z.number(),
  earlier: z.optional(z.array(Range)),
});

const MOST_EARLIER = 50;

/** Notes in the mirror how far the outbox has come. */
export function remember(mirror: Mirror, outbox: Outbox): void {
  const meta = outbox.meta();
  if (!meta) return;
  const open = outbox.all().filter(({ row }) => row.state.is !== 'received');
  const own = open.find(({ row }) => row.writer === meta.writer);
  const receivedTo = own ? own.row.n - 1 : meta.counter;
  const earlier = open
    .filter(({ row }) => row.writer !== meta.writer && row.state.is !== 'held')
    .slice(0, MOST_EARLIER)
    .map(({ row: { writer, n } }) => ({ writer, from: n, to: n }));
  const memory = { writer: meta.writer, hiN: meta.counter, receivedTo };
  mirror.write(JSON.stringify(earlier.length > 0 ? { ...memory, earlier } : memory));
}

/**
 * An outbox that is empty although the mirror knows of one was evicted. It goes on under a later writer's name, since
 * numbers that were given out must never be given out again (I3); what was lost with it is named. `united`: brings back
 * what another copy still has.
 */
export async function recover(
  mirror: Mirror,
  outbox: Outbox,
  random: Random,
  united: () => Promise<unknown>,
): Promise<Lost | null> {
  const memory = Memory.safeParse(readJson(mirror.read()));
  if (!memory.success) {
    remember(mirror, outbox);
    return null;
  }
  const { writer, hiN, receivedTo, earlier = [] } = memory.data;
  const isWhole = (): boolean => {
    const meta = outbox.meta();
    return meta !== null && (meta.writer !== writer || meta.counter >= hiN);
  };
  if (!isWhole()) await united();
  if (isWhole()) {
    // A page may have ended before it could note what it had stored.
    remember(mirror, outbox);
    return null;
  }
  const begun = await outbox.begin(mintWriter(random.bytes(2), writer), false);
  if (!begun.ok) return null;
  remember(mirror, outbox);
  const [first, ...also] = receivedTo < hiN ? [{ writer, from: receivedTo + 1, to: hiN }, ...earlier] : earlier;
  return first ? { ...first, ...(also.length > 0 ? { also } : {}) } : null;
}

function readJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}
