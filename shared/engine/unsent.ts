import type { WriterId } from '../ids.ts';
import type { PushItem } from '../sync/protocol.ts';
import type { ClockChain, ClockReading } from '../time/clock-reading.ts';
import { chainFor } from './clock-chain.ts';
import type { Outbox } from './outbox.ts';
import { earlierName, type OutboxStorage } from './ports.ts';
import type { Timekeeper } from './time.ts';

/** All that waits here, as pushes would bring it, with what shows when it was: for another way to the server. */
export type Unsent = {
  readonly writers: readonly { readonly writer: WriterId; readonly hiN: number }[];
  readonly items: readonly PushItem[];
  readonly clock: ClockReading;
  readonly marks: ClockChain;
};

type Deps = { readonly outbox: Outbox; readonly storage: OutboxStorage; readonly time: Timekeeper };

/** Changes nothing: what is taken along stays here until the server says it has it. */
export async function readUnsent({ outbox, storage, time }: Deps): Promise<Unsent> {
  // Another page may have recorded more than it could tell.
  await outbox.reload();
  const hiN = new Map<WriterId, number>();
  const items: PushItem[] = [];
  const taps: ClockReading[] = [];
  for (const { row, event } of outbox.all()) {
    const { state } = row;
    if (state.is !== 'waiting' && state.is !== 'parked') continue;
    const { lay } = state;
    items.push({ event, hash: row.hash, ...earlierName(state), ...(lay ? { lay } : {}) });
    taps.push(event.clock);
    hiN.set(row.writer, Math.max(hiN.get(row.writer) ?? 0, row.n));
  }
  const marks = await storage.marks().catch(() => []);
  return {
    writers: [...hiN].map(([writer, n]) => ({ writer, hiN: n })),
    items,
    clock: time.reading(),
    marks: chainFor(marks, taps),
  };
}
