import { parseConfig } from '../config.ts';
import { clockFiles } from '../device/clock-files.ts';
import { systemClock, type Clock } from '../device/clock.ts';
import { createGuardedClock } from '../device/guarded-clock.ts';
import { machineReadings } from '../device/machine-readings.ts';

/** Server time of the data directory that these settings name. */
export function serverClock(env: Readonly<Record<string, string | undefined>>): Clock {
  const config = parseConfig(env);
  if (!config.ok) return systemClock;
  return createGuardedClock(machineReadings(), clockFiles(config.value.dataDir).anchor()).now;
}
