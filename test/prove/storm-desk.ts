import { fork } from 'node:child_process';
import { join } from 'node:path';

import type { AckLine } from '../e2e/custody-check.ts';
import { pause } from '../e2e/server-process.ts';

/** What the dispatcher did. `samples`: when each exchange began (wall clock, ms) and how long it took. */
export type UserWork = {
  readonly made: string[];
  readonly acks: AckLine[];
  readonly samples: { readonly at: number; readonly ms: number }[];
  refused: number;
};

export type UserAtWork = {
  /** Resolves when he has had so many answers in all. */
  readonly answers: (count: number) => Promise<void>;
  readonly stop: () => Promise<UserWork>;
};

/** The dispatcher of `storm-user.ts` in a process of his own. */
export function startUser(url: string, patienceMs: number): UserAtWork {
  const child = fork(join(import.meta.dirname, 'storm-user.ts'), [url]);
  let had = 0;
  let ended: number | null = null;
  let resolveDone: (work: UserWork) => void = () => {};
  const done = new Promise<UserWork>((resolve) => {
    resolveDone = resolve;
  });
  child.on('message', (said: { samples: number } | UserWork) => {
    if (typeof said.samples === 'number') had = said.samples;
    else resolveDone(said as UserWork);
  });
  child.on('exit', (code) => {
    ended = code ?? 1;
  });
  const until = async (holds: () => boolean): Promise<void> => {
    const end = Date.now() + patienceMs;
    while (!holds()) {
      if (Date.now() > end || ended !== null) throw new Error('the dispatcher does not get on');
      await pause(20);
    }
  };
  return {
    answers: (count) => until(() => had >= count),
    stop: async () => {
      child.send('stop');
      return done;
    },
  };
}
