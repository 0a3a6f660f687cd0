import type { Readings } from './guarded-clock.ts';

export type FakeMachine = Readings & {
  readonly trueTime: () => number;
  readonly pass: (ms: number) => void;
  /** Time passes, and the fine clock does not notice. */
  readonly sleep: (ms: number) => void;
  /** Somebody sets the clock. */
  readonly set: (by: number) => void;
  /** The process is given a false fine clock, as a time-faking library does. */
  readonly fake: (by: number) => void;
  /** The machine is down for so long, and then runs anew. */
  readonly reboot: (downMs: number) => void;
  readonly boot: string | null;
};

/** A machine whose clocks go wrong when told; it starts with the right time. */
export function fakeMachine(start: number, bootedAgo = 5_000): FakeMachine {
  let time = start;
  let booted = start - bootedAgo;
  let slept = 0;
  let wallOff = 0;
  let fineOff = 0;
  let boots = 1;
  return {
    trueTime: () => time,
    wall: () => Math.floor(time + wallOff),
    // As coarse as /proc/uptime.
    up: () => Math.floor((time - booted) / 10) * 10,
    awake: () => time - booted - slept + fineOff,
    get boot() {
      return `boot-${boots}`;
    },
    pass: (ms) => void (time += ms),
    sleep: (ms) => {
      time += ms;
      slept += ms;
    },
    set: (by) => void (wallOff += by),
    fake: (by) => void (fineOff += by),
    reboot: (downMs) => {
      time += downMs;
      booted = time - 1_000;
      slept = 0;
      fineOff = 0;
      boots += 1;
    },
  };
}
