import type { OutboxMeta, OutboxRow } from '#shared/engine/ports.ts';
import type { OpenTap } from '#shared/engine/views.ts';
import { eventId, type EventId, type WriterId } from '#shared/ids.ts';

/**
 * What the second copy writes down. No entry takes another one back, and what is erased stays so: whatever order the files of several pages are read
 * in, the same is known in the end. `turn`: the highest is the writer that is to go on. A row's state is the one it had when
 * it was copied: the centre says again what it has.
 */
export type CopyEntry =
  | { readonly is: 'row'; readonly row: OutboxRow }
  | { readonly is: 'gone'; readonly writer: WriterId; readonly n: number }
  | { readonly is: 'writer'; readonly meta: OutboxMeta; readonly turn: number }
  | { readonly is: 'tap'; readonly tap: OpenTap }
  | { readonly is: 'noTap'; readonly id: string };

/** All that a copy knows. `rows`: those that have not left the outbox. */
export type Copied = {
  readonly rows: ReadonlyMap<EventId, OutboxRow>;
  readonly writers: ReadonlyMap<WriterId, OutboxMeta>;
  readonly taps: ReadonlyMap<string, OpenTap>;
  readonly current: WriterId | null;
  readonly turn: number;
};

export function replayed(entries: readonly CopyEntry[]): Copied {
  const rows = new Map<EventId, OutboxRow>();
  const taps = new Map<string, OpenTap>();
  const writers = new Map<WriterId, OutboxMeta>();
  let [current, turn]: [WriterId | null, number] = [null, 0];
  /** Numbers that were given out are never given out again, whatever became of their events (I3). */
  const reached = (meta: OutboxMeta): void => {
    const known = writers.get(meta.writer);
    writers.set(meta.writer, {
      ...known,
      ...meta,
      counter: Math.max(meta.counter, known?.counter ?? 0),
      registered: meta.registered || known?.registered === true,
    });
  };

  for (const entry of entries)
    if (entry.is === 'row') {
      const id = eventId(entry.row.writer, entry.row.n);
      if (!rows.get(id)?.state.erased) rows.set(id, entry.row);
      reached({ writer: entry.row.writer, counter: entry.row.n, registered: false });
    } else if (entry.is === 'tap') taps.set(entry.tap.id, entry.tap);
    else if (entry.is === 'writer') {
      reached(entry.meta);
      if (entry.turn >= turn) [current, turn] = [entry.meta.writer, entry.turn];
    }
  for (const entry of entries)
    if (entry.is === 'gone') {
      rows.delete(eventId(entry.writer, entry.n));
      reached({ writer: entry.writer, counter: entry.n, registered: false });
    } else if (entry.is === 'noTap') taps.delete(entry.id);
  return { rows, writers, taps, current: current && writers.has(current) ? current : null, turn };
}

/** The shortest text of the same: what a copy is begun anew with. */
export const entriesOf = ({ rows, writers, taps, current, turn }: Copied): readonly CopyEntry[] => [
  ...[...writers.values()].map((meta): CopyEntry => ({ is: 'writer', meta, turn: meta.writer === current ? turn : 0 })),
  ...[...rows.values()].map((row): CopyEntry => ({ is: 'row', row })),
  ...[...taps.values()].map((tap): CopyEntry => ({ is: 'tap', tap })),
];
