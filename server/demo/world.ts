import { setImmediate as turn } from 'node:timers/promises';

/**
 * Time of the demonstration. While history is made, time jumps from one thing to do to the next and waits until
 * everything it set off has come to rest; afterwards it is the machine's own.
 *
 *   createWorld(begin) ── catchUp() ──► live ── stop() ──► over
 */
export type World = {
  /** Milliseconds since 1970; never runs backwards. */
  readonly now: () => number;
  /** Runs `work` after `ms`; gives back how to call it off. */
  readonly after: (ms: number, work: () => void) => () => void;
  readonly sleep: (ms: number) => Promise<void>;
  /** Marks what time must wait for while history is made: a request under way. */
  readonly during: <T>(work: Promise<T>) => Promise<T>;
  /** Lives through the time from `begin` to now, then goes on with the machine's clock. `each` runs once a step. */
  readonly catchUp: (each: () => Promise<void>) => Promise<void>;
  /** History is over and time is the machine's. */
  readonly isLive: () => boolean;
  readonly stop: () => void;
};

type Due = { readonly at: number; readonly order: number; readonly work: () => void };

export function createWorld(begin: number, machine: () => number): World {
  const due = new Set<Due>();
  let time = begin;
  let given = 0;
  let underWay = 0;
  let mode: 'history' | 'live' | 'over' = 'history';
  let timer: NodeJS.Timeout | null = null;

  const inHistory = (): boolean => mode === 'history';

  const now = (): number => {
    if (mode === 'live') time = Math.max(time, machine());
    return time;
  };

  const next = (): Due | null => {
    let first: Due | null = null;
    for (const one of due)
      if (!first || one.at < first.at || (one.at === first.at && one.order < first.order)) first = one;
    return first;
  };

  /** Live: one timer for whatever is due first. */
  const arm = (): void => {
    if (mode !== 'live') return;
    if (timer) clearTimeout(timer);
    const first = next();
    timer = first ? setTimeout(run, Math.max(0, first.at - now())) : null;
  };

  const run = (): void => {
    for (let first = next(); first && first.at <= now(); first = next()) {
      due.delete(first);
      first.work();
    }
    arm();
  };

  const after = (ms: number, work: () => void): (() => void) => {
    if (mode === 'over') return () => undefined;
    const one = { at: Math.ceil(now() + Math.max(0, ms)), order: given++, work };
    due.add(one);
    arm();
    return () => due.delete(one);
  };

  /** Nothing is under way and nothing more comes of what was. */
  const rest = async (): Promise<void> => {
    for (let quiet = 0; quiet < 2; quiet = underWay === 0 ? quiet + 1 : 0) await turn();
  };

  return {
    now,
    after,
    sleep: (ms) =>
      new Promise((resolve) => {
        after(ms, resolve);
      }),
    during: async (work) => {
      underWay++;
      try {
        return await work;
      } finally {
        underWay--;
      }
    },
    catchUp: async (each) => {
      await rest();
      for (let step = time + STEP_MS; inHistory() && time < machine(); step += STEP_MS) {
        const end = Math.min(step, machine());
        for (let first = next(); first && first.at <= end; first = next()) {
          due.delete(first);
          time = Math.max(time, first.at);
          first.work();
          await rest();
        }
        time = Math.max(time, end);
        await each();
        await rest();
      }
      if (inHistory()) mode = 'live';
      arm();
    },
    isLive: () => mode === 'live',
    stop: () => {
      mode = 'over';
      due.clear();
      if (timer) clearTimeout(timer);
    },
  };
}

const STEP_MS = 60_000;
