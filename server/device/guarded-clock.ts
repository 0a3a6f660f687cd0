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
  let seen = monotonic(readings);
  const continued = last !== null && isSameRun(readings.boot, seen, last);
  let at = continued ? last.at + passed(last, seen) : Math.max(readings.wall(), last?.at ?? 0);
  let since: number | null = null;

  /** Server time now, and how far ahead of it the wall clock is. */
  const look = (): number => {
    const before = seen;
    seen = monotonic(readings);
    const elapsed = passed(before, seen);
    at += elapsed;
    const by = readings.wall() - at;
    if (Math.abs(by) > JUMP_MS) {
      since ??= at;
      return by;
    }
    since = null;
    at += Math.max(-elapsed * SLEW, Math.min(elapsed * SLEW, by));
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
      return { boot: readings.boot, ...seen, at };
    },
  };
}

type Monotonic = Pick<Anchor, 'up' | 'awake'>;

const monotonic = (readings: Readings): Monotonic => ({ up: readings.up(), awake: readings.awake() });

/** The two monotonic clocks may differ by this: one is coarse. */
const APART_MS = 1_500;

/**
 * How long it was from one look to the next, also of another process. The fine clock stops while the machine sleeps, and
 * a process can be given a false one; where the two part, the coarse one holds.
 */
function passed(from: Monotonic, to: Monotonic): number {
  const [coarse, fine] = [to.up - from.up, to.awake - from.awake];
  return Math.max(0, Math.abs(fine - coarse) <= APART_MS ? fine : coarse);
}

/** A machine that was up for thirty years: something fakes the reading. */
const NO_UPTIME_MS = 30 * 365 * 86_400_000;

function isSameRun(boot: string | null, now: Monotonic, last: Anchor): boolean {
  if (last.boot === null || last.boot !== boot || now.up < last.up) return false;
  // A container that counts its own uptime began anew if it went on by less than the machine did.
  const faked = Math.max(now.awake, last.awake) > NO_UPTIME_MS;
  return faked || now.awake - last.awake - (now.up - last.up) <= APART_MS;
}
