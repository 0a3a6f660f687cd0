import type { Engine } from '#shared/engine/engine.ts';
import type { Clock, Notice, Wake } from '#shared/engine/ports.ts';

import type { Chance } from '../../server/demo/chance.ts';
import type { VirtualTime } from '../replay/virtual-time.ts';

/** One page session: it can be frozen, and die between any two steps of whatever it does. */
export type Page = {
  readonly name: string;
  readonly clock: Clock;
  readonly wake: Wake;
  /** The same port, but each call may be the last thing this page does. */
  readonly mortal: <T extends object>(port: T) => T;
  /** Until somebody lets it run. */
  readonly running: () => Promise<void>;
  readonly ears: Set<(notice: Notice) => void>;
  readonly isAlive: () => boolean;
  readonly isFrozen: () => boolean;
  /** SIGKILL: nothing that was going on ever goes on. */
  readonly kill: () => void;
  /** After so many more steps. */
  readonly dieAfter: (steps: number) => void;
  readonly freeze: (frozen: boolean) => void;
  /** The machine woke, or the network is back: what was put off happens now. */
  readonly rouse: () => void;
  /** A hint from the server. */
  readonly ring: (head: number | null) => void;
  engine: Engine | null;
};

type Deps = {
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly name: string;
  readonly wall: () => number;
  /** Time the machine was awake, ms. */
  readonly awake: () => number;
  readonly asleep: () => boolean;
  /** How much longer a timer may run where nothing is to be learned from it. */
  readonly stretch: () => number;
  readonly onDeath: (page: Page) => void;
};

const HALF_MINUTE = 30_000;
/** A back-off at its ceiling, stretched, still ends before the run does. */
const MOST_STRETCHED_MS = 3_600_000;
/** Readings of one millisecond differ, so that each tap can be told from all others. */
const GRAIN_MS = 1e-6;
const MOST_HOPS = 3;

export function createPage({ time, chance, name, wall, awake, asleep, stretch, onDeath }: Deps): Page {
  const born = awake();
  const late: (() => void)[] = [];
  const woken = new Set<() => void>();
  const hinted = new Set<(head: number | null) => void>();
  let alive = true;
  let frozen = false;
  let reads = 0;
  let left = Number.POSITIVE_INFINITY;
  const still = (): boolean => frozen || asleep();

  const kill = (): void => {
    if (!alive) return;
    alive = false;
    onDeath(page);
  };
  const step = async (): Promise<void> => {
    left -= 1;
    if (left <= 0) kill();
    if (!alive) await Promise.race([]);
    for (let hops = chance.whole(0, MOST_HOPS); hops > 0; hops -= 1) await Promise.resolve();
  };
  const later = (work: () => void): void => {
    if (!alive) return;
    if (still()) late.push(work);
    else work();
  };
  const stretched = (ms: number): number =>
    ms < HALF_MINUTE ? ms : Math.max(ms, Math.min(ms * stretch(), MOST_STRETCHED_MS));
  const catchUp = (): void => {
    if (!still()) for (const work of late.splice(0)) later(work);
  };
  const page: Page = {
    name,
    engine: null,
    ears: new Set(),
    clock: { wall, mono: () => awake() - born + reads++ * GRAIN_MS, page: name },
    wake: {
      after: (ms, run) => time.after(stretched(ms), () => later(run)),
      onWake: (run) => subscribe(woken, run),
      onHint: (run) => subscribe(hinted, run),
    },
    mortal: (port) =>
      new Proxy(port, {
        get: (target, key) => {
          const member: unknown = Reflect.get(target, key);
          if (typeof member !== 'function') return member;
          return async (...args: unknown[]): Promise<unknown> => {
            await step();
            const result: unknown = await (member as (...all: unknown[]) => unknown).apply(target, args);
            await step();
            return result;
          };
        },
      }),
    running: () =>
      still()
        ? new Promise((resolve) => {
            late.push(resolve);
          })
        : Promise.resolve(),
    isAlive: () => alive,
    isFrozen: () => frozen,
    kill,
    dieAfter: (steps) => {
      left = steps;
    },
    freeze: (to) => {
      frozen = to;
      catchUp();
    },
    rouse: () => {
      catchUp();
      if (alive && !still()) woken.forEach((run) => run());
    },
    ring: (head) => {
      if (alive && !still()) hinted.forEach((run) => run(head));
    },
  };
  return page;
}

function subscribe<T>(to: Set<T>, listener: T): () => void {
  to.add(listener);
  return () => void to.delete(listener);
}
