import { describe, expect, test } from 'vitest';

import { createFormat } from './create-format.ts';
import { groupedId } from './format.ts';

const zh = createFormat('zh', 'Asia/Shanghai');
const en = createFormat('en', 'Asia/Shanghai');
const shanghai = (wall: string): number => Date.parse(`${wall}+08:00`);
const MIN = 60_000;
const HOUR = 60 * MIN;

describe('time left is rounded down and never promises more than there is', () => {
  test.each([
    [48 * MIN, '还剩 48 分', '48 min left'],
    [48 * MIN + 59_999, '还剩 48 分', '48 min left'],
    [60 * MIN - 1, '还剩 59 分', '59 min left'],
    [60 * MIN, '还剩 1:00', '1:00 left'],
    [80 * MIN, '还剩 1:20', '1:20 left'],
    [26 * HOUR + 5 * MIN, '还剩 26:05', '26:05 left'],
    [3 * 24 * HOUR, '还剩 3 天', '3 days left'],
    [59_999, '还剩不到 1 分', 'Under 1 min left'],
  ])('%d ms', (ms, chinese, english) => {
    expect([zh.left(ms), en.left(ms)]).toEqual([chinese, english]);
  });
});

test('seconds are told under five minutes only, and only where they are asked for', () => {
  expect(zh.leftWithSeconds(4 * MIN + 32_000)).toBe('还剩 4 分 32 秒');
  expect(en.leftWithSeconds(9_999)).toBe('9 s left');
  expect(zh.leftWithSeconds(5 * MIN)).toBe('还剩 5 分');
  expect(zh.left(4 * MIN + 32_000)).toBe('还剩 4 分');
});

test.each([
  [7 * MIN, '超时 7 分', '7 min over'],
  [67 * MIN, '超时 1:07', '1:07 over'],
  [20_000, '超时不到 1 分', 'Under 1 min over'],
])('%d ms past the limit of a missed order', (ms, chinese, english) => {
  expect([zh.over(ms), en.over(ms)]).toEqual([chinese, english]);
});

test('silence is told since a time, with the day when it was not today', () => {
  const now = shanghai('2026-11-21T14:55:00');
  expect(zh.noNewsSince(shanghai('2026-11-21T14:02:30'), now)).toBe('14:02 起无消息');
  expect(en.noNewsSince(shanghai('2026-11-21T14:02:30'), now)).toBe('No news since 14:02');
  expect(zh.noNewsSince(shanghai('2026-11-20T23:50:00'), now)).toBe('11月20日 23:50 起无消息');
  expect(en.noNewsSince(shanghai('2025-11-20T23:50:00'), now)).toBe('No news since 20 Nov 2025 23:50');
});

describe('a time with its uncertainty', () => {
  const at = shanghai('2026-11-21T14:21:08');
  test.each([
    [20_000, false, '14:21 ± 20 秒', '14:21 ± 20 s'],
    [19_001, true, '14:21:08 ± 20 秒', '14:21:08 ± 20 s'],
    [3 * MIN + 1, false, '14:21 ± 4 分', '14:21 ± 4 min'],
    [90 * MIN, false, '14:21 ± 1 时 30 分', '14:21 ± 1 h 30 min'],
  ])('%d ms', (error, seconds, chinese, english) => {
    expect([zh.plusMinus(at, error, seconds), en.plusMinus(at, error, seconds)]).toEqual([chinese, english]);
  });
});

describe('the time of a fact', () => {
  const at = shanghai('2026-11-21T14:21:08');
  const time = { lo: at - 40 * MIN, hi: at + 40 * MIN, est: at } as const;

  test('is told with what it may be off; one only its bounds may judge says that the clock is unsure', () => {
    expect(zh.eventTime({ ...time, e: 20_000, grade: 'A' })).toBe('14:21 ± 20 秒');
    expect(en.eventTime({ ...time, e: 40 * MIN, grade: 'C' })).toBe('14:21, clock unsure (± 40 min)');
    expect(en.eventTime({ ...time, e: 5 * MIN, grade: 'C', given: 'typed' })).toBe('14:21 ± 5 min');
  });

  test('says why, and between what it lies where nothing else is known', () => {
    expect(zh.timeReason({ ...time, e: 2_000, grade: 'B', why: 'offsets' })).toBe('平板时钟前后与中心的差一致');
    expect(zh.timeReason({ ...time, e: 40 * MIN, grade: 'C', why: 'setBack' })).toContain('在 13:41 至 15:01 之间');
    expect(zh.timeReason({ ...time, e: 0, grade: 'A' })).toBeNull();
  });
});

test.each([
  [30_000, '刚才', 'just now'],
  [42 * MIN, '42 分前', '42 min ago'],
  [HOUR, '1 时前', '1 h ago'],
  [84 * MIN, '1 时 24 分前', '1 h 24 min ago'],
  [3 * 24 * HOUR, '3 天前', '3 days ago'],
])('an age of %d ms', (ms, chinese, english) => {
  expect([zh.age(ms), en.age(ms)]).toEqual([chinese, english]);
});

test('clock times follow the given zone, over midnight and 24 hours a day', () => {
  const at = Date.parse('2026-11-21T16:05:09Z');
  expect(zh.clock(at)).toBe('00:05');
  expect(en.clockSeconds(at)).toBe('00:05:09');
  expect(createFormat('en', 'America/Los_Angeles').clock(at)).toBe('08:05');
  expect(zh.when(at, Date.parse('2026-11-21T15:00:00Z'))).toBe('11月22日 00:05');
});

test.each([
  [12, '12 米', '12 m'],
  [1_840, '1.8 公里', '1.8 km'],
  [18_400, '18 公里', '18 km'],
])('a distance of %d m', (metres, chinese, english) => {
  expect([zh.distance(metres), en.distance(metres)]).toEqual([chinese, english]);
});

test('sizes are short', () => {
  expect([900_000, 18_400_000, 640, 2_100_000_000].map(zh.size)).toEqual(['0.9 MB', '18 MB', '1 KB', '2.1 GB']);
});

describe('an id can be said over the radio', () => {
  test.each([
    ['A7K-2', 'A7K-2'],
    ['A7K-1234', 'A7K-1234'],
    ['A7K4Q-12', 'A7K\u00a04Q-12'],
    ['A7K-12552', 'A7K-12\u00a0552'],
  ])('%s in groups', (id, grouped) => {
    expect(groupedId(id)).toBe(grouped);
  });
  test('spelled', () => {
    expect(zh.spoken('A7K-2')).toBe('A 拐 K 杠 两');
    expect(en.spoken('a7k-19')).toBe('Alfa Seven Kilo dash One Niner');
  });
});
