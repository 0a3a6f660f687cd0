import { spawnSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { join } from 'node:path';

/** A library to be preloaded: it writes down what a process does to files, and makes calls fail. See `watched-disk.c`. */
export type WatchedDisk = {
  /** What a process is told. `trace`, `faults`: files; left out: not used. */
  readonly env: (asked: { readonly trace?: string; readonly faults?: string }) => Record<string, string>;
};

/** Compiles it into `dir`, for what lies under `root`. Throws a sentence where there is no compiler. */
export function buildWatchedDisk(dir: string, root: string): WatchedDisk {
  const library = join(dir, 'watched-disk.so');
  const source = join(import.meta.dirname, 'watched-disk.c');
  const built = spawnSync('cc', ['-shared', '-fPIC', '-O2', '-o', library, source, '-ldl', '-lpthread'], {
    encoding: 'utf8',
  });
  if (built.error) throw new Error('no C compiler: apt-get install -y gcc libc6-dev');
  if (built.status !== 0) throw new Error(`watched-disk.c cannot be compiled:\n${built.stderr}`);
  const under = realpathSync(root);
  return {
    env: ({ trace, faults }) => ({
      LD_PRELOAD: library,
      DISK_UNDER: under,
      ...(trace ? { DISK_TRACE: trace } : {}),
      ...(faults ? { DISK_FAULT: faults } : {}),
    }),
  };
}
