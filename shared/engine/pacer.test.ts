import { expect, test } from 'vitest';

import { LIMITS } from '../sync/limits.ts';
import { createPacer } from './pacer.ts';

test('after hours without signal everything is pushed at once', () => {
  const pacer = createPacer();
  // Two pushes that die and a question that dies as well, over and over; then the signal is back.
  for (let tries = 0; tries < 21; tries += 1) pacer.died(pacer.most() > 0 ? 40 : 0, 'network');
  pacer.lived(0);
  expect(pacer.most()).toBe(LIMITS.pushEvents);
});

test('a push that dies while the line lives is halved until a single event is blamed', () => {
  const pacer = createPacer();
  let pushed = 40;
  let last: 'fine' | 'blame' = 'fine';
  for (let tries = 0; last === 'fine' && tries < 40; tries += 1) {
    const most = pacer.most();
    pushed = Math.min(40, most);
    last = most === 0 ? pacer.lived(0) : pacer.died(pushed, 'network');
  }
  expect(last).toBe('blame');
  expect(pacer.most()).toBe(1);
});
