import { expect, test } from 'vitest';

import { CHAIN_START, chainNext } from '#shared/canonical.ts';

import { checkPulls, type PullLine } from './pulls-check.ts';

const LOG = [1, 2, 3, 4].map((n) => ({ q: n, writer: 'A7K', n, hash: `h${n}`, chain: '' }));
let chain = CHAIN_START;
for (const line of LOG) {
  chain = chainNext(chain, `A7K-${line.n}`, line.hash);
  line.chain = chain;
}
const page = (to: number, qs: number[], more: Partial<PullLine> = {}): PullLine => ({
  puller: 'p',
  to,
  h: LOG[to - 1]!.chain,
  reset: false,
  done: true,
  qs,
  ...more,
});
const HONEST = [page(2, [1, 2], { reset: true }), page(4, [3], { done: false }), page(4, [4])];
const WHOLE = { p: [1, 2, 3, 4] };

test('an honest history has nothing wrong with it', () => {
  expect(checkPulls(LOG, HONEST, WHOLE)).toEqual({ skipped: [], doubled: [], foreign: [], log: [], pulls: 2 });
});

test.each([
  ['skipped', [page(3, [1, 2], { reset: true }), page(4, [3, 4])], LOG],
  ['doubled', [...HONEST, page(4, [4])], LOG],
  ['foreign', [page(4, [1, 2, 3, 4], { h: 'other' })], LOG],
  ['log', HONEST, LOG.filter((line) => line.q !== 3)],
] as const)('%s is caught', (what, lines, log) => {
  expect(checkPulls(log, lines, WHOLE)[what]).not.toEqual([]);
});
