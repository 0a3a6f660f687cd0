import type { Prove } from './proof.ts';

/** A row of the table. `trials`: what `n` counts. `bench`: its figures are the point, `npm run bench` runs it. */
export type ProofRow = {
  readonly name: string;
  readonly says: string;
  readonly trials: string;
  readonly n: number;
  readonly quickN: number;
  readonly bench?: true;
  readonly load: () => Promise<Prove>;
};

/** Every promise that has a harness. Each lies in its own file and is loaded when it runs. */
export const PROOFS: readonly ProofRow[] = [];
