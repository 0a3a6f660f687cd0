import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PLACES = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib64', '/usr/lib'];

/** A wall clock that a process can be given, and that jumps while it runs. */
export type FakedTime = {
  readonly env: Readonly<Record<string, string>>;
  /** From now on the wall clock is off by so many seconds. */
  readonly set: (seconds: number) => void;
  /** What the library leaves behind of a process that was killed. */
  readonly tidy: (pid: number) => void;
};

/** Null where libfaketime is not installed. */
export function fakedTime(folder: string, { alsoMonotonic = false } = {}): FakedTime | null {
  const library = PLACES.map((place) => join(place, 'faketime/libfaketimeMT.so.1')).find((file) => existsSync(file));
  if (library === undefined) return null;
  const file = join(folder, 'faked-time');
  const set = (seconds: number): void => {
    writeFileSync(`${file}.next`, `${seconds < 0 ? '' : '+'}${seconds}\n`);
    renameSync(`${file}.next`, file);
  };
  set(0);
  return {
    set,
    env: {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: alsoMonotonic ? '0' : '1',
    },
    tidy: (pid) => {
      for (const left of [`faketime_shm_${pid}`, `sem.faketime_sem_${pid}`])
        rmSync(join('/dev/shm', left), { force: true });
    },
  };
}
