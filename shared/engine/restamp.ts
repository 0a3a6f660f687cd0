import { Envelope, envelopeHash, envelopeText } from '../event/envelope.ts';
import type { WriterId } from '../ids.ts';
import { err, ok, type Result } from '../result.ts';
import type { Outbox } from './outbox.ts';
import type { OutboxRow } from './ports.ts';

/**
 * The name this outbox gave itself belongs to another one. Nothing of it has been sent yet, so all of it takes the new
 * name, references to itself included. If that cannot be stored, everything is as before and the next round tries again.
 */
export async function restamp(outbox: Outbox, from: WriterId, to: WriterId): Promise<Result<WriterId, 'network'>> {
  const own = new RegExp(`^((?:[a-z]+:)?)${from}(-[1-9][0-9]*)$`);
  const rename = (_key: string, value: unknown): unknown =>
    typeof value === 'string' ? value.replace(own, `$1${to}$2`) : value;
  const rows = outbox.all().filter(({ row }) => row.writer === from);
  const renamed = rows.map(({ row }): OutboxRow => {
    const bytes = envelopeText({ ...Envelope.parse(JSON.parse(row.bytes, rename)), writer: to });
    return { ...row, writer: to, bytes, hash: envelopeHash(bytes) };
  });
  const meta = { writer: to, counter: outbox.meta()?.counter ?? renamed.length, registered: true };
  const stored = await outbox.rename(from, meta, renamed);
  return stored.ok ? ok(to) : err('network');
}
