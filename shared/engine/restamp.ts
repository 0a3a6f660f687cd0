import type { Json } from '../canonical.ts';
import { Envelope, envelopeHash, envelopeText } from '../event/envelope.ts';
import type { WriterId } from '../ids.ts';
import type { Outbox } from './outbox.ts';
import type { OutboxRow } from './ports.ts';

/**
 * The name this outbox gave itself belongs to another one. Nothing of it has been sent yet, so all of it takes the new
 * name, references to itself included. Null: it could not be stored, and everything is as before.
 */
export async function restamp(outbox: Outbox, from: WriterId, to: WriterId): Promise<WriterId | null> {
  const own = new RegExp(`^((?:[a-z]+:)?)${from}(-[1-9][0-9]*)$`);
  const rows = outbox.all().filter(({ row }) => row.writer === from);
  const renamed = rows.map(({ row, event }): OutboxRow => {
    const moved = Envelope.parse({ ...renameIn(row.bytes, own, to), writer: to, n: event.n });
    const bytes = envelopeText(moved);
    return { ...row, writer: to, bytes, hash: envelopeHash(bytes) };
  });
  const meta = { writer: to, counter: outbox.meta()?.counter ?? renamed.length, registered: true };
  const stored = await outbox.rename(from, meta, renamed);
  return stored.ok ? to : null;
}

function renameIn(bytes: string, own: RegExp, to: WriterId): { [key: string]: Json | undefined } {
  const value: Json = JSON.parse(bytes);
  const walk = (part: Json): Json => {
    if (typeof part === 'string') return part.replace(own, `$1${to}$2`);
    if (part === null || typeof part !== 'object') return part;
    if (isList(part)) return part.map(walk);
    return Object.fromEntries(
      Object.entries(part).map(([key, member]) => [key, member === undefined ? member : walk(member)]),
    );
  };
  const walked = walk(value);
  return walked !== null && typeof walked === 'object' && !isList(walked) ? { ...walked } : {};
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
