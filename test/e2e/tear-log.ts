import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The head of a record of 200 bytes that was never written: four bytes of checksum, its length, its kind. */
const HEAD = Buffer.from([1, 2, 3, 4, 200, 0, 1]);

/**
 * Does to the log of an origin's databases what a kill does between its two writes of one record. Chromium passes over
 * it when it opens the log, writes on behind it, and the next time finds the checksum wrong: then it throws all
 * databases of the origin away.
 */
export function tearLog(profile: string, origin: string): void {
  const { protocol, hostname, port } = new URL(origin);
  const name = `${protocol.replace(':', '')}_${hostname}_${port}.indexeddb.leveldb`;
  const folder = join(profile, 'Default/IndexedDB', name);
  const log = readdirSync(folder)
    .filter((file) => file.endsWith('.log'))
    .toSorted()
    .at(-1);
  if (log === undefined) throw new Error(`no log in ${folder}`);
  appendFileSync(join(folder, log), HEAD);
}
