import { afterAll, expect, test } from 'vitest';

import { liveSeed } from './live-seed.ts';
import { drawPlan } from './plan.ts';
import { REGRESSIONS } from './regressions.ts';
import { run } from './run.ts';
import { keepTemplates } from './template.ts';
import { traceHash } from './trace-hash.ts';

const templates = keepTemplates();
afterAll(() => templates.close());

test('a seed replays a run, bit by bit', async () => {
  const [first, again] = [await run(drawPlan(8), templates), await run(drawPlan(8), templates)];
  expect(first.saved.length).toBeGreaterThan(30);
  expect(traceHash(again)).toEqual(traceHash(first));
}, 60_000);

test.each(REGRESSIONS)(
  'seed $seed: $was',
  async ({ seed, without }) => {
    expect((await liveSeed(seed, templates, { without })).broken).toEqual([]);
  },
  60_000,
);
