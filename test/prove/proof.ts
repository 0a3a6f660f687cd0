/** What a proof is given. `n`: how many trials, its row in `proofs.ts` says of what. `dir`: an own folder for raw histories. */
export type ProofOptions = {
  readonly n: number;
  readonly seed: number;
  readonly quick: boolean;
  readonly log: (line: string) => void;
  readonly dir: string;
};

export type Figure = number | string | boolean;

/**
 * `runs`: independent trials. `faults`: how often something was broken on purpose. `acked`: how much was confirmed, and
 * so had to be kept. `failures`: each a sentence that names what went wrong, empty when the promise held. `overBar`: times
 * and costs beyond their bar; they fail a whole run, while a quick one, on whatever machine, only prints them.
 */
export type Proven = {
  readonly runs: number;
  readonly faults: number;
  readonly acked: number;
  readonly failures: readonly string[];
  readonly overBar?: readonly string[];
  readonly figures: Readonly<Record<string, Figure>>;
};

/** Tries to refute one promise. Throws only if the harness itself is broken: then nothing is proven either way. */
export type Prove = (options: ProofOptions) => Promise<Proven>;
