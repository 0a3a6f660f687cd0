import { expect, test } from 'vitest';

import { createOneAtATime } from './one-at-a-time.ts';

test('questions go one after another, the same one only once, and one that fails stops no other', async () => {
  const ask = createOneAtATime<string>();
  let running = 0;
  const started: string[] = [];
  const work = (name: string) => async (): Promise<string> => {
    running += 1;
    expect(running).toBe(1);
    started.push(name);
    await Promise.resolve();
    running -= 1;
    if (name === 'bad') throw new Error('bad');
    return name;
  };
  const answers = await Promise.allSettled(['a', 'bad', 'a', 'b', 'bad'].map((name) => ask(name, work(name))));
  expect(started).toEqual(['a', 'bad', 'b']);
  expect(answers.map((one) => (one.status === 'fulfilled' ? one.value : 'failed'))).toEqual([
    'a',
    'failed',
    'a',
    'b',
    'failed',
  ]);
  expect(await ask('a', work('a'))).toBe('a');
  expect(started).toEqual(['a', 'bad', 'b', 'a']);
});
