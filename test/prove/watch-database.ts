import { Client } from 'pg';

import { pause } from '../e2e/server-process.ts';
import type { Sighting } from './alerts-check.ts';

const LOOK_EVERY_MS = 20;

/** Looks at the head beside the servers, and notes at which true time it had grown how far. */
export async function watchDatabase(url: string): Promise<{ readonly stop: () => Promise<Sighting[]> }> {
  const sightings: Sighting[] = [];
  const closing = new AbortController();
  const look = async (client: Client): Promise<void> => {
    const { rows } = await client.query<{ q: string }>('select q from head');
    const q = Number(rows[0]?.q);
    if (q !== (sightings.at(-1)?.q ?? -1)) sightings.push({ q, at: Date.now() });
  };
  const watch = async (): Promise<void> => {
    const client = new Client({ connectionString: url });
    client.on('error', () => {});
    await client.connect();
    try {
      do {
        await look(client);
        await pause(LOOK_EVERY_MS);
      } while (!closing.signal.aborted);
      await look(client);
    } finally {
      await client.end().catch(() => {});
    }
  };
  const watching = (async () => {
    // Its connection is cut like any other.
    while (!closing.signal.aborted) await watch().catch(() => pause(LOOK_EVERY_MS));
  })();
  while (sightings.length === 0) await pause(LOOK_EVERY_MS);
  return {
    stop: async () => {
      closing.abort();
      await watching;
      return sightings;
    },
  };
}
