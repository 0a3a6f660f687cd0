import { expect, test } from 'vitest';

import { createWorld } from './world.ts';

const MINUTE = 60_000;

test('history runs in its own order of time and waits for what is under way', async () => {
  const world = createWorld(0, () => 10 * MINUTE);
  const seen: string[] = [];
  const note = (what: string) => seen.push(`${world.now() / MINUTE} ${what}`);
  world.after(2 * MINUTE, () => {
    void world.during(answerLater()).then(() => note('answered'));
  });
  world.after(MINUTE, () => note('first'));
  world.after(2 * MINUTE + 1, () => void world.sleep(MINUTE - 1).then(() => note('third')));
  const off = world.after(5 * MINUTE, () => note('called off'));
  world.after(4 * MINUTE, off);
  await world.catchUp(() => Promise.resolve());
  expect(seen).toEqual(['1 first', '2 answered', '3 third']);
  expect(world.now()).toBe(10 * MINUTE);
  world.stop();
});

test('after history the clock is the machine’s and never runs backwards', async () => {
  let machine = 1_000;
  const world = createWorld(0, () => machine);
  await world.catchUp(() => Promise.resolve());
  machine = 5_000;
  expect(world.now()).toBe(5_000);
  machine = 4_000;
  expect(world.now()).toBe(5_000);
  world.stop();
});

test('nothing runs once the world has stopped', async () => {
  const world = createWorld(0, () => 10);
  let ran = false;
  world.after(5, () => {
    ran = true;
  });
  world.stop();
  await world.catchUp(() => Promise.resolve());
  expect(ran).toBe(false);
});

/** Comes over the real network's door, some turns of the loop later. */
async function answerLater(): Promise<void> {
  const response = await fetch('data:,answer');
  await response.text();
}
