import { Dexie, type Table } from 'dexie';

import type { Mark, OutboxMeta, OutboxRow } from '#shared/engine/ports.ts';
import type { OpenTap } from '#shared/engine/views.ts';
import type { WriterId } from '#shared/ids.ts';

/** Every writer this browser ever had keeps its counter: numbers are never given out twice (I3). */
export type WriterRow = OutboxMeta & { readonly key: WriterId; readonly current: boolean };

/**
 * The outbox database. Its version is 1 for ever (I15): an upgrade that fails would lock away work that exists nowhere
 * else. So all stores are here from the first day, and payloads are opaque.
 */
export class OutboxDb extends Dexie {
  readonly events!: Table<OutboxRow, [WriterId, number]>;
  readonly taps!: Table<OpenTap, string>;
  readonly marks!: Table<Mark & { readonly id?: number }, number>;
  /** Pieces of photos: `{sha, i, bytes}`. */
  readonly chunks!: Table<{ readonly sha: string; readonly i: number; readonly bytes: ArrayBuffer }, [string, number]>;
  readonly uploads!: Table<{ readonly sha: string; readonly state: unknown }, string>;
  readonly meta!: Table<WriterRow, WriterId>;
  /** Space to give back when there is none left for an event. */
  readonly ballast!: Table<{ readonly id: number; readonly bytes: Uint8Array }, number>;

  constructor(name: string) {
    super(name, { chromeTransactionDurability: 'strict', cache: 'disabled' });
    this.version(1).stores({
      events: '[writer+n]',
      taps: 'id',
      marks: '++id',
      chunks: '[sha+i]',
      uploads: 'sha',
      meta: 'key',
      ballast: 'id',
    });
    // Another page wants to delete or upgrade: let it; the next use opens again.
    this.on('versionchange', () => this.close({ disableAutoOpen: false }));
  }
}
