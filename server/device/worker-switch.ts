import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Whether tablets may keep the crew app's own files. A file beside the database says so, to every process at once. */
export type WorkerSwitch = { readonly isOff: () => boolean; readonly set: (to: 'on' | 'off') => void };

export function workerSwitch(dataDir: string): WorkerSwitch {
  const file = join(dataDir, 'worker-off');
  return {
    isOff: () => existsSync(file),
    set: (to) => {
      if (to === 'on') return rmSync(file, { force: true });
      mkdirSync(dataDir, { recursive: true });
      return writeFileSync(file, 'relight worker on takes this away\n');
    },
  };
}
