import type { Readable } from 'node:stream';

import type { Readings } from '../device/guarded-clock.ts';

/** What the command line is given: the world outside it, for tests to replace. */
export type World = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Readable;
  readonly stdout: (text: string) => Promise<void>;
  readonly stderr: (text: string) => void;
  readonly clock: () => number;
  readonly random: (bytes: number) => Uint8Array;
  /** The machine's own clocks, for tests to replace. */
  readonly readings?: Readings;
};

/** How a verb speaks: results on standard output, as lines or as JSON; progress on standard error. */
export type Terminal = World & {
  readonly json: boolean;
  /** The result: `lines` for people, `value` for `--json`. */
  readonly result: (value: object, lines: readonly string[]) => Promise<void>;
  /** Says how far something long is, at most once a second and not within the first. */
  readonly progress: (text: () => string) => void;
};

export function createTerminal(world: World, json: boolean): Terminal {
  let said = world.clock();
  return {
    ...world,
    json,
    result: (value, lines) =>
      world.stdout(json ? `${JSON.stringify(value)}\n` : lines.map((line) => `${line}\n`).join('')),
    progress: (text) => {
      const now = world.clock();
      if (now - said < 1_000) return;
      said = now;
      world.stderr(`${text()}\n`);
    },
  };
}
