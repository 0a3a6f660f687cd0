import { expect, test } from 'vitest';

import { asUnitId, eventId, type UnitId, type WriterId } from '#shared/ids.ts';
import type { Live } from '#shared/sync/protocol.ts';

import { createLiveNews } from './live-news.ts';

const unit = (n: number): UnitId => asUnitId(eventId('A7K' as WriterId, n));

/** `asked`: the units that were looked up; while `broken`, that fails. */
function aHouse() {
  const state = { now: 1_000, broken: false };
  const asked: UnitId[] = [];
  const live = (of: UnitId): Promise<Live> => {
    asked.push(of);
    return state.broken ? Promise.reject(new Error('no database')) : Promise.resolve({ heard: [], fixes: [] });
  };
  return { state, asked, news: createLiveNews({ live }, () => state.now) };
}

test('however many desks of a unit ask, it is looked up once a second', async () => {
  const { state, asked, news } = aHouse();
  for (let ms = 0; ms < 2_000; ms += 100) {
    state.now = 1_000 + ms;
    await Promise.all([news.of(unit(1)), news.of(unit(1))]);
  }
  expect(asked).toHaveLength(2);
  await news.of(unit(2));
  expect(asked.at(-1)).toBe(unit(2));
});

test('what nobody is told of twice is seen by whoever asks next', async () => {
  const { asked, news } = aHouse();
  await news.of(unit(1));
  news.renew();
  await news.of(unit(1));
  expect(asked).toHaveLength(2);
});

test('a look that failed is not kept', async () => {
  const { state, asked, news } = aHouse();
  state.broken = true;
  await expect(news.of(unit(1))).rejects.toThrow('no database');
  state.broken = false;
  await expect(news.of(unit(1))).resolves.toEqual({ heard: [], fixes: [] });
  expect(asked).toHaveLength(2);
});
