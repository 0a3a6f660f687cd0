import { expect, test } from 'vitest';

import { checkStorm, type StormHistory } from './storm-check.ts';

const line = (writer: string, n: number, q: number) => ({ writer, n, q, hash: `${writer}${n}`, chain: '' });

const GOOD: StormHistory = {
  taps: ['A7K-1', 'A7K-2', 'B2C-1'],
  acks: [line('A7K', 1, 1), line('B2C', 1, 2), line('A7K', 2, 3)],
  log: [line('A7K', 1, 1), line('B2C', 1, 2), line('A7K', 2, 3)],
};

test('a storm in which everything arrived once has nothing wrong', () => {
  expect(checkStorm(GOOD)).toEqual([]);
});

test.each<[string, Partial<StormHistory>]>([
  ['a tap that the log lacks', { log: GOOD.log.slice(0, 2) }],
  ['a tap that is there twice', { log: [...GOOD.log, line('A7K', 2, 4)] }],
  ['a tap that nobody was told of', { acks: GOOD.acks.slice(0, 2) }],
  ['an acknowledgement of another place', { acks: [...GOOD.acks.slice(0, 2), line('A7K', 2, 9)] }],
  ['a place that was left out', { log: [...GOOD.log.slice(0, 2), line('A7K', 2, 4)] }],
])('control: %s is found', (_, wrong) => {
  expect(checkStorm({ ...GOOD, ...wrong })).not.toEqual([]);
});
