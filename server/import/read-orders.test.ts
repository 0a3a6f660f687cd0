import { describe, expect, test } from 'vitest';

import type { Refused } from '#shared/api/import-fault.ts';

import { parseMapping, type Mapping } from './mapping.ts';
import { readOrders } from './read-orders.ts';
import { refusalText } from './refusal-text.ts';

const NOW = Date.parse('2025-07-10T00:00:00Z');

function aMapping(changes: object = {}): Mapping {
  const base = {
    system: 'test',
    key: 'id',
    address: ['town', 'street'],
    point: { lat: 'lat', lon: 'lon' },
    customers: 'n',
    zone: 'Asia/Taipei',
    times: { reported: 'start', arrived: ['there', 'there2'] },
    area: 'urban',
  };
  const parsed = parseMapping(JSON.stringify({ ...base, ...changes }));
  if (!parsed.ok) throw new Error(parsed.error.map(refusalText).join('\n'));
  return parsed.value;
}

const HEADER = 'id,town,street,lat,lon,n,start,there,there2';
const ROW = '1,布袋鎮,公[塭]里,23.3,120.1,12,2025-07-08 10:00,2025-07-08 10:40,2025-07-08 10:30';

async function read(file: string | Buffer, mapping = aMapping()) {
  const orders = [];
  const refused: Refused[] = [];
  async function* chunks() {
    const bytes = Buffer.from(file as string);
    for (let at = 0; at < bytes.length; at += 100) yield await Promise.resolve(bytes.subarray(at, at + 100));
  }
  for await (const rows of readOrders(chunks(), mapping, NOW)) {
    if (!rows.ok) return { orders, refused, file: rows.error };
    for (const row of rows.value) {
      if (row.refused) refused.push(row.refused);
      else orders.push(row.order);
    }
  }
  return { orders, refused, file: null };
}

const row = (changes: { readonly [column: string]: string }) =>
  HEADER.split(',')
    .map((column, at) => changes[column] ?? ROW.split(',')[at])
    .join(',');

test('a row becomes an order: parts joined, the earliest of two arrivals, times in the zone of the mapping', async () => {
  expect((await read(`${HEADER}\n${ROW}\n`)).orders).toEqual([
    {
      key: '1',
      address: '布袋鎮 公[塭]里',
      point: { lat: 23.3, lon: 120.1 },
      area: 'urban',
      unit: null,
      customers: 12,
      words: null,
      outcome: 'restored',
      times: {
        reported: { at: Date.parse('2025-07-08T02:00:00Z'), e: 0, source: 'import' },
        arrived: { at: Date.parse('2025-07-08T02:30:00Z'), e: 0, source: 'import' },
      },
    },
  ]);
});

test('a row without a position or a number of customers is an order without them', async () => {
  const { orders } = await read(`${HEADER}\n${row({ lat: '', lon: '', n: '', there: '', there2: '' })}`);
  expect(orders).toMatchObject([{ point: null, customers: null, times: {} }]);
});

test('values are translated before anything reads them, rules choose the area, the first that fits', async () => {
  const mapping = aMapping({
    translate: { town: { 布袋鎮: '布袋' } },
    area: {
      column: 'town',
      rules: [
        { equals: '布袋鎮', is: 'remote' },
        { match: '^布', is: 'rural' },
      ],
    },
  });
  const { orders } = await read(`${HEADER}\n${ROW}`, mapping);
  expect(orders).toMatchObject([{ address: '布袋 公[塭]里', area: 'rural' }]);
});

describe('one bad row is refused by line, column and reason, and the rest goes on', () => {
  test.each([
    [row({ id: ' ' }), 'id', { code: 'keyEmpty' }],
    [row({ town: '', street: '' }), 'town + street', { code: 'addressEmpty' }],
    [row({ street: '塭'.repeat(301) }), 'town + street', { code: 'tooLong', most: 300 }],
    [row({ lat: '91', lon: '200' }), 'lat', { code: 'outsideDegrees', value: '91', most: 90, likely: null }],
    [row({ lon: '181' }), 'lon', { code: 'outsideDegrees', value: '181', most: 180, likely: null }],
    [row({ lat: '120.1', lon: '23.3' }), 'lat', { code: 'outsideDegrees', likely: 'swapped' }],
    [row({ lat: '2771138.57', lon: '311100.84' }), 'lat', { code: 'outsideDegrees', likely: 'metres' }],
    [row({ lat: '' }), 'lat', { code: 'halfPosition' }],
    [row({ lon: 'east' }), 'lon', { code: 'notDegrees', value: 'east' }],
    [row({ lat: '0', lon: '0.0' }), 'lat', { code: 'zeroPosition' }],
    [row({ n: '-1' }), 'n', { code: 'notCount', value: '-1' }],
    [row({ n: '9'.repeat(50) }), 'n', { code: 'notCount', value: `${'9'.repeat(40)}…` }],
    [row({ start: '' }), 'start', { code: 'reportEmpty' }],
    [row({ start: '2025-07-08' }), 'start', { code: 'notTime', value: '2025-07-08' }],
    [row({ start: '2026-07-08 10:00' }), 'start', { code: 'inFuture' }],
    [row({ there2: 'soon' }), 'there2', { code: 'notTime', value: 'soon' }],
    [`${ROW},more`, null, { code: 'width', values: 10, header: 9 }],
    [row({ town: '"布"袋' }), null, { code: 'textAfterQuote', nth: 2 }],
    [row({ town: 'x'.repeat(300_000) }), null, { code: 'lineTooLong', kib: 256 }],
    [row({ street: '"' }), null, { code: 'quoteOpen' }],
  ])('%#', async (bad, column, why) => {
    const { orders, refused } = await read(`${HEADER}\n${bad}\n${row({ id: '2' })}\n`);
    expect(refused).toMatchObject([{ line: 2, column, why }]);
    expect(orders.map(({ key }) => key)).toEqual(['2']);
  });

  test('a value that no rule of the mapping fits', async () => {
    const area = { column: 'town', rules: [{ equals: '草屯', is: 'rural' }] };
    const { refused } = await read(`${HEADER}\n${ROW}`, aMapping({ area }));
    expect(refused).toEqual([{ line: 2, column: 'town', why: { code: 'noRule', value: '布袋鎮' } }]);
  });

  test('a line that is not UTF-8 names the encoding it looks like', async () => {
    const gbk = Buffer.concat([
      Buffer.from(`${HEADER}\n1,`),
      Buffer.from([0xb9, 0xab, 0xc0, 0xef]),
      Buffer.from(`,x\n${row({ id: '2' })}`),
    ]);
    const { orders, refused } = await read(gbk);
    expect(refused).toMatchObject([{ line: 2, column: null, why: { code: 'encoding' } }]);
    expect(refused[0]?.why).toMatchObject({ looksLike: expect.arrayContaining(['gb18030']) as string[] });
    expect(orders).toHaveLength(1);
  });
});

describe('a file that cannot be read at all says what it is', () => {
  test.each([
    ['', null, null, { code: 'fileEmpty' }],
    ['\n\n', null, null, { code: 'noHeader' }],
    [Buffer.from([0x50, 0x4b, 3, 4, 0, 0]), null, null, { code: 'xlsx' }],
    [Buffer.from(HEADER, 'utf16le'), null, null, { code: 'binary' }],
    [Buffer.from('\uFEFFid,town', 'utf16le'), null, null, { code: 'wideUtf' }],
    [Buffer.from([0x1f, 0x8b, 8, 0]), null, null, { code: 'gzip' }],
    [Buffer.from([0xb9, 0xab, 0x2c, 0x0a]), 1, null, { code: 'encoding' }],
    [
      'id,town,street,lat,lon,n,there,there2\n',
      1,
      'start',
      { code: 'columnsMissing', missing: [{ field: 'times.reported', column: 'start' }], count: 8 },
    ],
    [`${HEADER},start\n`, 1, 'start', { code: 'columnTwice', value: 'start' }],
  ])('%#', async (file, line, column, why) => {
    const found = await read(file);
    expect(found.file).toMatchObject({ line, column, why });
    expect(found.orders).toEqual([]);
  });
});

test.each([';', '\t', '|'])('the delimiter %j is found from the header', async (delimiter) => {
  const file = `${HEADER}\n${ROW}`.replaceAll(',', delimiter);
  expect((await read(file)).orders).toHaveLength(1);
});

test('a byte order mark on every line and quoted column names do not matter', async () => {
  const { orders, refused } = await read(`\uFEFF"id"${HEADER.slice(2)}\n\uFEFF${ROW}\r\n\uFEFF${row({ id: '2' })}`);
  expect([orders.map(({ key }) => key), refused]).toEqual([['1', '2'], []]);
});
