import type { Mark, OutboxMeta, OutboxRow } from '#shared/engine/ports.ts';
import type { OpenTap } from '#shared/engine/views.ts';
import type { WriterId } from '#shared/ids.ts';

import { createDatabase, type Database } from './database.ts';

/**
 * The outbox database. Its version is 1 for ever (I15): an upgrade that fails would lock away work that exists nowhere
 * else. So all stores are here from the first day, and payloads are opaque.
 */
export type OutboxStores = {
  events: OutboxRow;
  taps: OpenTap;
  marks: Mark & { readonly id?: number };
  /** Pieces of photos. */
  chunks: { readonly sha: string; readonly i: number; readonly bytes: ArrayBuffer };
  uploads: { readonly sha: string; readonly state: unknown };
  /** Every writer this browser ever had keeps its counter: numbers are never given out twice (I3). */
  meta: OutboxMeta & { readonly current: boolean };
  /** Space to give back when there is none left for an event. */
  ballast: { readonly id: number; readonly bytes: Uint8Array };
};

export const createOutboxDb = (name: string): Database<OutboxStores> =>
  createDatabase<OutboxStores>(name, {
    events: ['writer', 'n'],
    taps: 'id',
    marks: null,
    chunks: ['sha', 'i'],
    uploads: 'sha',
    meta: 'writer',
    ballast: 'id',
  });

/** What the engine knows of a row; which of them is current is the database's own. */
export const metaOf = ({ current: _current, ...meta }: OutboxStores['meta']): OutboxMeta => meta;

export const eventKey = ({ writer, n }: { readonly writer: WriterId; readonly n: number }): [string, number] => [
  writer,
  n,
];
