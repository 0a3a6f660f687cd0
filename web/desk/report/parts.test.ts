import fc from 'fast-check';
import { expect, test } from 'vitest';

import { createTally, type Counted } from '../../../server/services/tally-arrivals.ts';
import { PARTS, partsOf, shareMet } from './parts.ts';

const verdicts: readonly Counted['verdict'][] = [
  null,
  { is: 'met', sure: true },
  { is: 'met', sure: false },
  { is: 'missed', overMs: 1, evidence: true },
  { is: 'missed', overMs: 1, evidence: false },
  { is: 'running', leftMs: 1, paused: false },
  { is: 'unknown', why: 'silent', since: 0 },
  { is: 'unknown', why: 'clock' },
];
const several = fc.array(fc.constantFrom(...verdicts), { minLength: 1, maxLength: 60 });

function figuresOf(all: readonly Counted['verdict'][]) {
  const tally = createTally();
  for (const verdict of all) tally.add({ taken: null, verdict, limitMin: 45, averageTargetMin: null, ceiling: null });
  return tally.figures();
}

test('every order is in exactly one part', () => {
  fc.assert(
    fc.property(several, (all) => {
      const parts = partsOf(figuresOf(all));
      expect(PARTS.reduce((sum, part) => sum + parts[part], 0)).toBe(all.length);
    }),
  );
});

test('however the unknown turn out, the share on time lies within what was said', () => {
  fc.assert(
    fc.property(several, fc.nat(), (all, any) => {
      const found = figuresOf(all);
      const turned = any % (found.unknown + 1);
      const judged = found.met + found.missed + found.missedNoEvidence + found.unknown;
      const truth = Math.floor((100 * (found.met + turned)) / judged);
      const [low, high] = shareMet(found) ?? [0, 100];
      expect(low <= truth && truth <= high).toBe(judged > 0);
      expect(shareMet(found) === null).toBe(judged === 0);
    }),
  );
});

test('hundred is said only of all', () => {
  const almost = Array.from({ length: 999 }, () => ({ is: 'met', sure: true }) as const);
  expect(shareMet(figuresOf([...almost, { is: 'missed', overMs: 1, evidence: true }]))).toEqual([99, 99]);
});
