import type { EventId } from '#shared/ids.ts';

/** The id of the one thing a record made. */
export function made([id]: readonly EventId[]): EventId {
  if (id === undefined) throw new Error('nothing was recorded');
  return id;
}
