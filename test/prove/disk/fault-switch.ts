import { closeSync, openSync, readSync, writeFileSync, writeSync } from 'node:fs';

/**
 * How calls fail. `full`: no space from then on; `broken`: one call fails; `short`: one write is done by half, and there
 * is no space after it.
 */
export const FAULTS = ['full', 'broken', 'short'] as const;
export type Fault = (typeof FAULTS)[number];

/** Makes calls of a process under a watched disk fail, while it runs. */
export type FaultSwitch = {
  readonly file: string;
  /** From the `after`-th call on. */
  readonly arm: (fault: Fault, after: number) => void;
  readonly disarm: () => void;
  /** Calls that failed since it was armed. */
  readonly made: () => number;
  readonly close: () => void;
};

const NUMBERS = 5;
const MADE = 3;

export function createFaultSwitch(file: string): FaultSwitch {
  writeFileSync(file, Buffer.alloc(4 * NUMBERS));
  const fd = openSync(file, 'r+');
  const set = (numbers: readonly number[]): void =>
    void writeSync(fd, Buffer.from(new Uint32Array(numbers).buffer), 0, 4 * numbers.length, 0);
  return {
    file,
    arm: (fault, after) => {
      // What it counts first, so that it never begins with old counts.
      set([0, after, 0, 0]);
      set([FAULTS.indexOf(fault) + 1]);
    },
    disarm: () => set([0]),
    made: () => {
      const read = Buffer.alloc(4);
      readSync(fd, read, 0, 4, 4 * MADE);
      return read.readUInt32LE();
    },
    close: () => closeSync(fd),
  };
}
