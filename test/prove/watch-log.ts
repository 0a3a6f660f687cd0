import { appendFileSync } from 'node:fs';

import Sqlite from 'better-sqlite3';

import { databaseFile } from '../../server/store/open-store.ts';
import { pause } from '../e2e/server-process.ts';
import type { Sighting } from './alerts-check.ts';

const LOOK_EVERY_MS = 20;
const PATIENCE_MS = 120_000;

export type Watch = {
  /** Waits until the log has not grown for so long and no order is due. */
  readonly quiet: (ms: number) => Promise<void>;
  readonly stop: () => Sighting[];
};

/** Looks at the log beside the server, and writes down at which true time it had grown how far. */
export function watchLog(dataDir: string, file: string): Watch {
  const sqlite = new Sqlite(databaseFile(dataDir), { readonly: true, timeout: 5_000 });
  const head = sqlite.prepare<[], { q: number }>('select q from head');
  const isDue = sqlite.prepare<[number], object>('select 1 from due where at <= ? limit 1');
  const sightings: Sighting[] = [];
  const look = (): void => {
    const q = head.get()?.q ?? 0;
    if (q === (sightings.at(-1)?.q ?? -1)) return;
    const sighting = { q, at: Date.now() };
    sightings.push(sighting);
    appendFileSync(file, `${JSON.stringify(sighting)}\n`);
  };
  look();
  const timer = setInterval(look, LOOK_EVERY_MS);
  return {
    quiet: async (ms) => {
      const until = Date.now() + PATIENCE_MS;
      while (isDue.get(Date.now()) || Date.now() - (sightings.at(-1)?.at ?? 0) < ms) {
        if (Date.now() > until) throw new Error('the log never came to rest');
        await pause(LOOK_EVERY_MS);
      }
    },
    stop: () => {
      clearInterval(timer);
      look();
      sqlite.close();
      return sightings;
    },
  };
}
