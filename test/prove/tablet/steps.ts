import { setTimeout as pause } from 'node:timers/promises';

/** A wait that can never be for ever: past its limit it throws a sentence that names what was waited for. */
export async function within<T>(what: string, limitMs: number, waited: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`void: ${what}: not within ${limitMs / 1_000} s`)), limitMs);
  });
  try {
    return await Promise.race([waited, tooLong]);
  } finally {
    clearTimeout(timer);
  }
}

const PROBE_MS = 5_000;

/** Asks until the answer is yes. A probe that throws or answers nothing, as of a page that is being loaded, is a no. */
export async function until(what: string, limitMs: number, probe: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + limitMs;
  while (Date.now() < end) {
    if (await within(what, Math.min(PROBE_MS, end - Date.now()), probe()).catch(() => false)) return;
    await pause(50);
  }
  throw new Error(`void: ${what}: not within ${limitMs / 1_000} s`);
}

/** Runs named steps one after the other, each within a limit, and keeps how long each took. */
export type Steps = {
  /** ms, by name; a step that is done again adds to it. */
  readonly took: ReadonlyMap<string, number>;
  readonly run: <T>(name: string, step: () => Promise<T>, limitMs?: number) => Promise<T>;
};

const STEP_MS = 60_000;

export function newSteps(): Steps {
  const took = new Map<string, number>();
  return {
    took,
    async run(name, step, limitMs = STEP_MS) {
      const started = performance.now();
      try {
        return await within(name, limitMs, step());
      } finally {
        took.set(name, Math.round((took.get(name) ?? 0) + performance.now() - started));
      }
    },
  };
}
