import { createGuardedClock } from '../../server/device/guarded-clock.ts';
import { machineReadings } from '../../server/device/machine-readings.ts';

/** A process that says every 50 ms what the guarded clock shows, and what the wall clock does. */
const clock = createGuardedClock(machineReadings(), null);

setInterval(() => {
  process.stdout.write(`${JSON.stringify({ now: clock.now(), wall: Date.now(), jump: clock.jump() })}\n`);
}, 50);
