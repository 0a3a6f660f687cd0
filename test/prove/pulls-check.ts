import { CHAIN_START, chainNext } from '#shared/canonical.ts';

import type { LogLine } from '../e2e/custody-check.ts';

/** One page as it reached a puller. `qs`: positions of the events in it. `done`: the last of its pull. */
export type PullLine = {
  readonly puller: string;
  readonly to: number;
  readonly h: string;
  readonly reset: boolean;
  readonly done: boolean;
  readonly qs: readonly number[];
};

export type PullFindings = {
  /** In the puller's view at a position it had passed, and not brought to it by then. */
  readonly skipped: readonly string[];
  readonly doubled: readonly string[];
  /** Positions or chain values that are not those of the log. */
  readonly foreign: readonly string[];
  /** Positions missing in the log, or a chain that does not follow. */
  readonly log: readonly string[];
  readonly pulls: number;
};

/**
 * Judges pulls from what each puller wrote down. `whole`: what each got when it asked from nothing, after everything was
 * over. Every pull ends at a position: whatever of `whole` lies up to there has to have come by then.
 */
export function checkPulls(
  log: readonly LogLine[],
  lines: readonly PullLine[],
  whole: Readonly<Record<string, readonly number[]>>,
): PullFindings {
  const found = {
    skipped: [] as string[],
    doubled: [] as string[],
    foreign: [] as string[],
    log: brokenLog(log),
    pulls: 0,
  };
  const chains = new Map(log.map((line) => [line.q, line.chain]));
  for (const [puller, expected] of Object.entries(whole)) {
    const sorted = expected.toSorted((a, b) => a - b);
    const missing = new Set<number>();
    let held = new Set<number>();
    let at = 0;
    for (const line of lines.filter((one) => one.puller === puller)) {
      if (line.reset) {
        held = new Set();
        at = 0;
      }
      for (const q of line.qs) {
        if (held.has(q)) found.doubled.push(`${puller} got ${q} twice`);
        held.add(q);
      }
      if (line.to > 0 && chains.get(line.to) !== line.h)
        found.foreign.push(`${puller} was told another chain at ${line.to}`);
      if (!line.done) continue;
      found.pulls += 1;
      for (; at < sorted.length && sorted[at]! <= line.to; at += 1)
        if (!held.has(sorted[at]!)) missing.add(sorted[at]!);
    }
    for (const q of missing) found.skipped.push(`${puller} passed ${q} without it`);
  }
  return found;
}

function brokenLog(log: readonly LogLine[]): string[] {
  const broken: string[] = [];
  let chain = CHAIN_START;
  log.forEach((line, index) => {
    if (line.q !== index + 1) broken.push(`position ${index + 1} is ${line.q}`);
    if (line.chain !== chainNext(chain, `${line.writer}-${line.n}`, line.hash))
      broken.push(`the chain breaks at ${line.q}`);
    chain = line.chain;
  });
  return broken.slice(0, 20);
}
