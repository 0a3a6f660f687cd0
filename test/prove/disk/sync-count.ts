import { closeSync, openSync, readSync, writeFileSync } from 'node:fs';

/** Counts how often a process under a watched disk syncs a file; nothing is written down, nothing fails. */
export type SyncCount = { readonly file: string; readonly now: () => number; readonly close: () => void };

const FULL = 1;
const NEVER = 0xffffffff;
const SYNCING = 2;
const SEEN_AT = 8;

/** The same numbers as a fault's (`watched-disk.c`), of one that waits for a call that never comes. */
export function countSyncs(file: string): SyncCount {
  writeFileSync(file, Buffer.from(new Uint32Array([FULL, NEVER, 0, 0, SYNCING]).buffer));
  const fd = openSync(file, 'r');
  return {
    file,
    now: () => {
      const read = Buffer.alloc(4);
      readSync(fd, read, 0, 4, SEEN_AT);
      return read.readUInt32LE();
    },
    close: () => closeSync(fd),
  };
}
