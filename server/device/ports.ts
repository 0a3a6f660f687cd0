import type { Clock } from './clock.ts';
import type { FreeSpace } from './disk-space.ts';
import type { GuardedClock } from './guarded-clock.ts';
import type { Log } from './log.ts';
import type { Random } from './random.ts';

/** What the server takes from the machine it runs on; tests and the demonstration bring their own. */
export type Ports = {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** What guards `clock`, where it is the machine's own. */
  readonly guarded?: GuardedClock;
  /** How much room is left on its disks; left out: nobody looks. */
  readonly space?: FreeSpace;
  /** Told once, when the disk under the database failed: this process must not go on. */
  readonly onBroken?: (error: unknown) => void;
};
