import { expect, test } from 'vitest';

import { statedTime } from './stated-time.ts';
import { createZone } from './zone.ts';

const taipei = createZone('Asia/Taipei');
const paris = createZone('Europe/Paris');
const iso = (text: string, zone = taipei) => {
  const result = statedTime(text, zone);
  return result.ok ? new Date(result.value.at).toISOString() : result.error.code;
};

test.each([
  ['2021-01-26T08:06:25Z', '2021-01-26T08:06:25.000Z'],
  ['2025-07-08T17:46:22+08:00', '2025-07-08T09:46:22.000Z'],
  ['2025-07-08T17:46:22-0330', '2025-07-08T21:16:22.000Z'],
  ['2025-07-08 17:46:22', '2025-07-08T09:46:22.000Z'],
  ['2025/7/8 7:46', '2025-07-07T23:46:00.000Z'],
  ['2025-07-08T17:46:22.5', '2025-07-08T09:46:22.500Z'],
])('%s in Taipei is %s', (text, instant) => {
  expect(iso(text)).toBe(instant);
});

test.each([
  ['yesterday', 'notTime'],
  ['2025-07-08', 'notTime'],
  ['', 'notTime'],
  ['45000.5', 'notTime'],
  ['2025-02-30 10:00', 'noSuchTime'],
  ['2025-07-08 24:10', 'noSuchTime'],
  ['0114-07-08 10:00', 'earlyYear'],
])('“%s” is refused: %s', (value, code) => {
  expect(statedTime(value, taipei)).toMatchObject({ ok: false, error: { code, value } });
});

test('a time without a zone is refused where the mapping names none', () => {
  expect(statedTime('2025-07-08 17:46', null)).toMatchObject({ error: { code: 'noZone' } });
});

test('summer time: the hour left out does not exist, the hour that comes twice is uncertain by one', () => {
  expect(iso('2024-03-31 01:59', paris)).toBe('2024-03-31T00:59:00.000Z');
  expect(iso('2024-03-31 02:30', paris)).toBe('skippedTime');
  expect(statedTime('2024-10-27 02:30', paris)).toEqual({
    ok: true,
    value: { at: Date.parse('2024-10-27T00:30:00Z'), e: 3_600_000 },
  });
  expect(iso('2024-10-27 03:00', paris)).toBe('2024-10-27T02:00:00.000Z');
});
