import { liveSeed } from '../sim/live-seed.ts';
import type { Mutant } from '../sim/mutants/mutant.ts';
import { WRONG_CLIENTS } from '../sim/mutants/wrong-clients.ts';
import { WRONG_SERVERS } from '../sim/mutants/wrong-servers.ts';
import { keepTemplates, type Templates } from '../sim/template.ts';
import type { ProofOptions, Proven } from './proof.ts';

const LIMIT_MS = 60_000;

type Caught = { readonly seeds: number; readonly cpuMs: number; readonly checks: readonly string[] };

/**
 * Puts in one wrong client or server after the other; each has to be caught within a minute of this processor's time.
 * `n`: seeds tried at most for each.
 */
export async function mutants({ n, seed, log }: ProofOptions): Promise<Proven> {
  const all = [...WRONG_CLIENTS, ...WRONG_SERVERS];
  const templates = keepTemplates();
  const failures: string[] = [];
  const figures: Record<string, string> = {};
  try {
    for (const mutant of all) {
      const caught = await hunt(mutant, templates, { n, seed });
      const says = caught
        ? `${caught.checks.join(', ')} after ${caught.seeds} seeds, ${Math.round(caught.cpuMs)} ms`
        : 'survived';
      figures[mutant.name] = says;
      log(`${mutant.name}: ${says}`);
      if (!caught) failures.push(`“${mutant.name}” survived; again: npm run prove -- mutants --n ${n} --seed ${seed}`);
    }
  } finally {
    await templates.close();
  }
  return { runs: all.length, faults: all.length, acked: 0, failures, figures };
}

/** What is broken under the mutant and not without it. */
async function hunt(
  { parts, plan = {}, beside = () => ({}) }: Mutant,
  templates: Templates,
  { n, seed }: { n: number; seed: number },
): Promise<Caught | null> {
  const before = process.cpuUsage();
  for (let tried = 1; tried <= n; tried += 1) {
    const at = seed + tried - 1;
    const { broken } = await liveSeed(at, templates, { ...plan, parts: { ...beside(), ...parts() } });
    const used = process.cpuUsage(before);
    const cpuMs = (used.user + used.system) / 1_000;
    if (broken.length > 0) {
      const usual = new Set(
        (await liveSeed(at, templates, { ...plan, parts: beside() })).broken.map(({ check }) => check),
      );
      const checks = [...new Set(broken.map(({ check }) => check))].filter((check) => !usual.has(check));
      if (checks.length > 0) return { seeds: tried, cpuMs, checks };
    }
    if (cpuMs > LIMIT_MS) return null;
  }
  return null;
}
