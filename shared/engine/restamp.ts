import { Envelope, envelopeHash, envelopeText } from '../event/envelope.ts';
import { asOrderId, eventId, type EventId, type WriterId } from '../ids.ts';
import { err, ok, type Result } from '../result.ts';
import { renaming } from '../sync/fork-names.ts';
import type { Outbox, Own } from './outbox.ts';
import type { OutboxRow, StorageProblem } from './ports.ts';

/**
 * Gives events that cannot stay under their writer's name the present writer's, each in a transaction of its own that
 * also gives out its number, and takes the old ones away when all are there. References among them are rewritten; those
 * to what stays are not. A copy knows the hash it had, so that going on after a crash makes none twice.
 */
export async function restamp(outbox: Outbox, rows: readonly Own[]): Promise<Result<readonly Own[], StorageProblem>> {
  const names = new Map<string, EventId>();
  const copies = new Map(
    outbox.all().flatMap(({ row, id }) => ('was' in row.state && row.state.was ? [[row.state.was, id]] : [])),
  );
  const rename = renaming(names);

  for (const { row, id } of rows) {
    const known = copies.get(row.hash);
    if (known) {
      names.set(id, known);
      continue;
    }
    const make = (n: number, writer: WriterId): OutboxRow => {
      names.set(id, eventId(writer, n));
      const bytes = envelopeText({ ...Envelope.parse(JSON.parse(row.bytes, rename)), writer, n });
      const state = { is: 'waiting', tries: 0, was: row.hash } as const;
      return { ...row, writer, n, bytes, hash: envelopeHash(bytes), state };
    };
    const stored = await outbox.append(make, null);
    if (!stored.ok) return stored;
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
