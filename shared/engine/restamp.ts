import { Envelope, envelopeHash, envelopeText } from '../event/envelope.ts';
import { asOrderId, eventId, type EventId, type WriterId } from '../ids.ts';
import { err, ok, type Result } from '../result.ts';
import { renaming } from '../sync/fork-names.ts';
import type { Outbox, Own } from './outbox.ts';
import type { OutboxRow, StorageProblem } from './ports.ts';

/**
 * Gives events that cannot stay under their writer's name the present writer's, each in a transaction of its own that
 * also gives out its number, and takes the old ones away when all are there. References among them are rewritten; those
 * to what stays are not. A copy knows the hash it had, so that going on after a crash, or two pages at once (I16), make none
 * twice.
 */
export async function restamp(outbox: Outbox, rows: readonly Own[]): Promise<Result<readonly Own[], StorageProblem>> {
  const names = new Map<string, EventId>();
  const rename = renaming(names);

  for (const own of rows) {
    const { row, id } = own;
    const make = (n: number, writer: WriterId): OutboxRow => {
      names.set(id, eventId(writer, n));
      const bytes = envelopeText({ ...Envelope.parse(JSON.parse(row.bytes, rename)), writer, n });
      const state = { is: 'waiting', tries: 0, was: row.hash } as const;
      return { ...row, writer, n, bytes, hash: envelopeHash(bytes), state };
    };
    const stored = await outbox.copy(own, make);
    if (!stored.ok) return stored;
    names.set(id, eventId(stored.value.writer, stored.value.n));
  }
  for (const tap of outbox.taps()) {
    const order = names.get(tap.order);
    if (order === undefined) continue;
    const kept = await outbox.keepTap(() => ({ ...tap, order: asOrderId(order) }));
    if (!kept.ok) return kept;
  }
  const gone = await outbox.remove(rows);
  return gone.ok ? ok(rows) : err(gone.error);
}
