import type { Clock } from './clock.ts';

/** What the machine says, all in ms. */
export type Readings = {
  /** Since 1970; anybody may set it. */
  readonly wall: () => number;
  /** Since the machine was started, asleep or awake; may be coarse. */
  readonly up: () => number;
  /** Since the machine was started, awake only; fine. */
  readonly awake: () => number;
  /** Names this run of the machine; null: it cannot be told from another. */
  readonly boot: string | null;
};

/** Server time `at`, and what the machine said then: a later process can go on from it. */
export type Anchor = {
  readonly boot: string | null;
  readonly up: number;
  readonly awake: number;
  readonly at: number;
};

/** The wall clock is `by` ms ahead of server time, which does not follow. `since`: server time, ms. */
export type ClockJump = { readonly by: number; readonly since: number };

export type GuardedClock = {
  readonly now: Clock;
  /** Null while the wall clock agrees. */
  readonly jump: () => ClockJump | null;
  /** A person says that the wall clock is right. False: this is not the jump they saw. */
  readonly accept: (by: number) => boolean;
  /** Moves on to `at` if it is not yet that late. */
  readonly notBefore: (at: number) => void;
  readonly anchor: () => Anchor;
  /** It went on from an anchor of the same run of the machine, so what time it is was never in doubt. */
  readonly continued: boolean;
};

/** Further apart is a jump, less is a correction. */
export const JUMP_MS = 2_000;
/** A correction is followed this fast, so that server time never stands still and never runs back. */
const SLEW = 0.01;

/**
 * Server time: the wall clock as long as it moves like the machine's monotonic clock. A jump is held: time goes on as
 * the monotonic clock does, until the wall clock agrees again or a person accepts it. `last`: where the process before
 * this one was.
 */
export function createGuardedClock(readings: Readings, last: Anchor | null): GuardedClock {
  const elapsed = stopwatch(readings);
  const continued = last !== null && isSameRun(readings, last);
  let at = continued ? last.at + readings.up() - last.up : Math.max(readings.wall(), last?.at ?? 0);
  let since: number | null = null;

  /** Server time now, and how far ahead of it the wall clock is. */
  const look = (): number => {
    const passed = elapsed();
    at += passed;
    const by = readings.wall() - at;
    if (Math.abs(by) > JUMP_MS) {
      since ??= at;
      return by;
    }
    since = null;
    at += Math.max(-passed * SLEW, Math.min(passed * SLEW, by));
    return by;
  };

  return {
    continued,
    now: () => {
      look();
      return Math.floor(at);
    },
    jump: () => {
      const by = look();
      return since === null ? null : { by: Math.round(by), since: Math.floor(since) };
    },
    accept: (by) => {
      const found = look();
      if (since === null || Math.abs(found - by) > JUMP_MS) return false;
      at += found;
      since = null;
      return true;
    },
    notBefore: (least) => {
      look();
      at = Math.max(at, least);
    },
    anchor: () => {
      look();
      return { boot: readings.boot, up: readings.up(), awake: readings.awake(), at };
    },
  };
}

/** The two monotonic clocks may differ by this: one is coarse. */
const APART_MS = 1_500;

/**
 * Gives the time since it was last asked. The fine clock stops while the machine sleeps, and a process can be given a
 * false one; where the two part, the coarse one holds.
 */
function stopwatch({ up, awake }: Readings): () => number {
  const start = up();
  let fineStart = awake();
  let given = 0;
  return () => {
    const coarse = up() - start;
    if (Math.abs(awake() - fineStart - coarse) > APART_MS) fineStart = awake() - coarse;
    const total = Math.max(given, awake() - fineStart);
    const passed = total - given;
    given = total;
    return passed;
  };
}

/** A machine that was up for thirty years: something fakes the reading. */
const NO_UPTIME_MS = 30 * 365 * 86_400_000;

function isSameRun(readings: Readings, last: Anchor): boolean {
  if (last.boot === null || last.boot !== readings.boot) return false;
  const [up, awake] = [readings.up() - last.up, readings.awake() - last.awake];
  if (up < 0) return false;
  // A container that counts its own uptime began anew if it went on by less than the machine did.
  const faked = Math.max(readings.awake(), last.awake) > NO_UPTIME_MS;
  return faked || awake - up <= APART_MS;
}
