import { mintWriter, type EventId, type WriterId } from '../ids.ts';

/**
 * The name that the events of a fork take (I3). It follows from the first of them, so that the same fork gets the same
 * names whoever puts it right, its own outbox or a person at the server. `hash`: 64 hex digits.
 */
export const nameAfterFork = (writer: WriterId, hash: string): WriterId =>
  mintWriter(
    Uint8Array.from([0, 2], (at) => Number.parseInt(hash.slice(at, at + 2), 16)),
    writer,
  );

/** For JSON.parse: names of events, alone or as subjects, as they are called now. */
export const renaming =
  (names: ReadonlyMap<string, EventId>) =>
  (_key: string, value: unknown): unknown => {
    if (typeof value !== 'string' || value.length > LONGEST) return value;
    const at = value.indexOf(':') + 1;
    const name = names.get(value.slice(at));
    return name === undefined ? value : `${value.slice(0, at)}${name}`;
  };

const LONGEST = 40;
