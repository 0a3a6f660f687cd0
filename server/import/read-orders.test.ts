import { describe, expect, test } from 'vitest';

import { parseMapping, type Mapping } from './mapping.ts';
import { readOrders } from './read-orders.ts';

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
  if (!parsed.ok) throw new Error(parsed.error.join('\n'));
  return parsed.value;
}

const HEADER = 'id,town,street,lat,lon,n,start,there,there2';
const ROW = '1,布袋鎮,公[塭]里,23.3,120.1,12,2025-07-08 10:00,2025-07-08 10:40,2025-07-08 10:30';

async function read(file: string | Buffer, mapping = aMapping()) {
  const orders = [];
  const refused: string[] = [];
  async function* chunks() {
    const bytes = Buffer.from(file as string);
    for (let at = 0; at < bytes.length; at += 100) yield await Promise.resolve(bytes.subarray(at, at + 100));
  }
  for await (const rows of readOrders(chunks(), mapping, NOW)) {
    if (!rows.ok) return { orders, refused, file: `${rows.error.line}/${rows.error.column}: ${rows.error.reason}` };
    for (const row of rows.value) {
      if (row.refused) refused.push(`${row.line}/${row.refused.column}: ${row.refused.reason}`);
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
    [row({ id: ' ' }), '2/id: the key is empty'],
    [row({ town: '', street: '' }), '2/town + street: the address is empty'],
    [row({ street: '塭'.repeat(301) }), '2/town + street: longer than 300 characters'],
    [row({ lat: '91' }), '2/lat: 91 is outside −90 … 90 degrees'],
    [row({ lat: '120.1', lon: '23.3' }), /^2\/lat: .*the wrong way round/],
    [row({ lat: '2771138.57', lon: '311100.84' }), /^2\/lat: .*TWD67/],
    [row({ lat: '' }), '2/lat: is empty while the other half of the position is not'],
    [row({ lon: 'east' }), '2/lon: “east” is not a number of degrees'],
    [row({ lat: '0', lon: '0.0' }), /^2\/lat: 0, 0 lies in the sea/],
    [row({ n: '-1' }), '2/n: “-1” is not a number of customers'],
    [row({ start: '' }), '2/start: the time of the report is empty'],
    [row({ start: '2025-07-08' }), /^2\/start: “2025-07-08” is not a time/],
    [row({ start: '2026-07-08 10:00' }), '2/start: lies in the future'],
    [row({ there2: 'soon' }), /^2\/there2: “soon” is not a time/],
    [`${ROW},more`, '2/null: has 10 values where the header has 9'],
    [row({ town: '"布"袋' }), '2/null: has text behind the closing quote of its value 2'],
    [row({ town: 'x'.repeat(300_000) }), '2/null: is longer than 256 KiB: not a row of a table'],
    [row({ street: '"' }), '2/null: opens a quote that is never closed'],
  ])('%#', async (bad, reason) => {
    const { orders, refused } = await read(`${HEADER}\n${bad}\n${row({ id: '2' })}\n`);
    expect(refused).toEqual([expect.stringMatching(reason instanceof RegExp ? reason : exactly(reason))]);
    expect(orders.map(({ key }) => key)).toEqual(['2']);
  });

  test('a line that is not UTF-8 names the encoding it looks like', async () => {
    const gbk = Buffer.concat([
      Buffer.from(`${HEADER}\n1,`),
      Buffer.from([0xb9, 0xab, 0xc0, 0xef]),
      Buffer.from(`,x\n${row({ id: '2' })}`),
    ]);
    const { orders, refused } = await read(gbk);
    expect(refused).toEqual([expect.stringMatching(/^2\/null: is not UTF-8: looks like GBK/)]);
    expect(orders).toHaveLength(1);
  });
});

describe('a file that cannot be read at all says what it is', () => {
  test.each([
    ['', 'null/null: the file is empty'],
    ['\n\n', 'null/null: the file has no header line'],
    [Buffer.from([0x50, 0x4b, 3, 4, 0, 0]), /Excel workbook \(\.xlsx\)/],
    [Buffer.from(HEADER, 'utf16le'), /UTF-16/],
    [Buffer.from('\uFEFFid,town', 'utf16le'), /UTF-16/],
    [Buffer.from([0xb9, 0xab, 0x2c, 0x0a]), /^1\/null: the header is not UTF-8: looks like GBK/],
    ['id,town,street,lat,lon,n,there,there2\n', /^1\/start: .*“start” \(times.reported\).*the file has: id, town/],
    [`${HEADER},start\n`, '1/start: the header has the column “start” twice'],
  ])('%#', async (file, reason) => {
    const found = await read(file);
    expect(found.file).toMatch(reason instanceof RegExp ? reason : exactly(reason));
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

test('a mapping that is wrong says where', () => {
  expect(parseMapping('{"system":')).toMatchObject({ ok: false });
  expect(parseMapping('{"system":"x","key":"a","times":{},"area":"suburb","zone":"Mars/Base","colour":1}')).toEqual({
    ok: false,
    error: [
      'zone: not a time zone such as Asia/Taipei, UTC or +08:00',
      'address: is missing',
      'times.reported: is missing',
      expect.stringMatching(/^area: /),
      'the mapping: Unrecognized key: "colour"',
    ],
  });
});

const exactly = (text: string): RegExp => new RegExp(`^${text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}$`);
