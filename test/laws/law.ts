import fc from 'fast-check';

/**
 * Checks a law on many examples and prints the seed, so that a failure can be had again: `LAW_SEED=… npm run unit`.
 * Gives null if it holds, else the smallest counterexample found.
 */
export async function law<T>(
  name: string,
  property: fc.IAsyncProperty<T> | fc.IProperty<T>,
  numRuns: number,
): Promise<string | null> {
  const seed = seedOf();
  process.stdout.write(`law "${name}": ${numRuns} runs, seed ${seed}\n`);
  const found = await fc.check(property, { numRuns, seed });
  return found.failed ? ((await fc.asyncDefaultReportMessage(found)) ?? 'failed') : null;
}

/** Does the checker catch a deliberately wrong variant? Always on the same examples: a control must not depend on luck. */
export async function isCaught<T>(property: fc.IAsyncProperty<T>, numRuns: number): Promise<boolean> {
  const found = await fc.check(property, { numRuns, seed: 20_261_121, endOnFailure: true });
  return found.failed;
}

const seedOf = (): number => Number(process.env['LAW_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
