import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';

import type { Readings } from './guarded-clock.ts';

/** The clocks of the machine this runs on. */
export const machineReadings = (): Readings => ({
  wall: () => Date.now(),
  // The kernel's own file on Linux, so that nothing between it and this process can change it.
  up: () => uptime() * 1_000,
  awake: () => Number(process.hrtime.bigint()) / 1_000_000,
  boot: bootId(),
});

/** Null where the system has no name for its run: then a restart counts as a new one. */
function bootId(): string | null {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return null;
  }
}
