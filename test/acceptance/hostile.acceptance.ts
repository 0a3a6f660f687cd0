import { once } from 'node:events';
import { createWriteStream, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { finished } from 'node:stream/promises';

import { afterAll, beforeEach, describe, expect, test } from 'vitest';

import { must } from '#shared/result.ts';

import { createSplitter } from '../../server/import/csv-splitter.ts';
import { decodeRecord } from '../../server/import/header.ts';
import { acceptanceData } from './data.ts';
import { importFile, importHeldShort, logOf, mappingFile, newDataDir, relight, say } from './relight.ts';

const data = acceptanceData() ?? '';
const scratch = newDataDir();
afterAll(() => rmSync(scratch, { recursive: true }));

let dir: string;
beforeEach(() => {
  dir = join(scratch, `data-${Math.random().toString(36).slice(2)}`);
});

const sf = readFileSync(join(data, 'pge-sf-2019-2022/outages_sf.csv'), 'utf8').split('\n').filter(Boolean);
const [header = '', ...rows] = sf;
const PGE = ['--mapping', mappingFile('pge'), '--history'];

function put(name: string, ...content: readonly (string | Buffer)[]): string {
  const file = join(scratch, name);
  writeFileSync(file, Buffer.concat(content.map((part) => Buffer.from(part as string))));
  return file;
}

const edited = (row: string, at: number, value: string): string => row.split(',').with(at, value).join(',');

describe('a bad file is refused for what it is', () => {
  test('an Excel workbook named .csv', async () => {
    const zip = Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4, 20, 0, 6, 0]), Buffer.from('[Content_Types].xml')]);
    const { refused, created } = await importFile(dir, put('workbook.csv', zip), ...PGE);
    expect(created).toBe(0);
    expect(refused).toMatchObject([
      { line: null, column: null, why: { code: 'xlsx' }, reason: expect.stringContaining('.xlsx') as string },
    ]);
  });

  test('a column the mapping names is not there', async () => {
    const { refused } = await importFile(dir, put('columns.csv', header.replace('outage_start', 'start')), ...PGE);
    expect(refused).toMatchObject([{ line: 1, column: 'outage_start' }]);
  });

  test('a transformer list in TWD67 metres does not pass as degrees, its BOMs on every line do not matter', async () => {
    const mapping = put(
      'feeder.json',
      JSON.stringify({
        system: 'feeder',
        key: 'ROWNUM',
        address: 'FEEDER',
        point: { lat: 'Y', lon: 'X' },
        times: { reported: 'ROWNUM' },
        area: 'urban',
        unit: 'x',
      }),
    );
    const file = join(data, 'taipower-feeder/TAIPEI_tr_feeder.csv');
    const { read, refused, refusedCount } = await importFile(dir, file, '--mapping', mapping);
    expect([read, refusedCount, refused.length]).toEqual([15_287, 15_287, 1_000]);
    expect(refused[0]).toMatchObject({ line: 2, column: 'Y', reason: expect.stringContaining('TWD67') as string });
  });
});

describe('one bad row costs that row', () => {
  const [first = '', second = '', third = ''] = rows;

  test('impossible coordinates, a key that stands twice, a bad time, bytes that are not UTF-8', async () => {
    const file = put(
      'rows.csv',
      `${header}\n${first}\n${edited(second, 2, '237.7')}\n${first}\n`,
      `${edited(third, 4, 'noon')}\n`,
      Buffer.from([0x39, 0x2c, 0xff, 0xfe, 0x0a]),
      `${third}\n`,
    );
    const { read, created, refused } = await importFile(dir, file, ...PGE);
    expect([read, created]).toEqual([6, 2]);
    expect(refused.map(({ line, column, reason }) => `${line} ${column} ${reason}`)).toEqual([
      expect.stringMatching(/^3 lat 237\.7 is outside/),
      expect.stringMatching(/^4 outage_id “\d+” stands on line 2 already/),
      expect.stringMatching(/^5 outage_start “noon” is not a time/),
      expect.stringMatching(/^6 null is not UTF-8/),
    ]);
    expect(await relight(dir, 'import', file, ...PGE)).toMatchObject({ code: 1 });
  });

  test('a line of 200 MB is refused without being held', async () => {
    const file = join(scratch, 'long.csv');
    const out = createWriteStream(file);
    out.write(`${header}\n${first}\n`);
    const piece = 'x'.repeat(1024 * 1024);
    for (let written = 0; written < 200; written += 1) if (!out.write(piece)) await once(out, 'drain');
    out.end(`\n${second}\n`);
    await finished(out);
    const small = await importHeldShort(dir, put('short.csv', `${header}\n${third}\n`), ...PGE);
    const { read, created, refused, memoryMiB } = await importHeldShort(dir, file, ...PGE);
    expect([read, created]).toEqual([3, 2]);
    expect(refused).toMatchObject([{ line: 3, reason: expect.stringContaining('256 KiB') as string }]);
    expect(memoryMiB - small.memoryMiB).toBeLessThan(64);
  });
});

test('memory does not grow with the file', async () => {
  const times = (count: number): string => {
    const copies = Array.from({ length: count }, (_, copy) =>
      rows.map((row) => edited(row, 0, `${row.split(',', 1)[0]}-${copy}`)),
    );
    return put(`times-${count}.csv`, `${[header, ...copies.flat()].join('\n')}\n`);
  };
  const once = await importHeldShort(dir, times(1), ...PGE, '--dry-run');
  const eight = await importHeldShort(dir, times(8), ...PGE, '--dry-run');
  say(
    `read 1 ×: ${once.rowsPerSecond} rows/s, ${once.memoryMiB} MiB; 8 ×: ${eight.rowsPerSecond} rows/s, ${eight.memoryMiB} MiB`,
  );
  expect([once.created, eight.created]).toEqual([rows.length, 8 * rows.length]);
  expect(eight.memoryMiB - once.memoryMiB).toBeLessThan(32);

  const part = await importHeldShort(dir, put('part.csv', [header, ...rows.slice(0, 400)].join('\n')), ...PGE);
  const more = await importHeldShort(dir, put('more.csv', [header, ...rows.slice(400, 3_600)].join('\n')), ...PGE);
  say(`import 400 rows: ${part.memoryMiB} MiB; 3200 rows: ${more.memoryMiB} MiB`);
  expect([part.created, more.created]).toEqual([400, 3_200]);
  expect(more.memoryMiB - part.memoryMiB).toBeLessThan(64);
});

test('without --history rows that have not ended become live orders, reported only', async () => {
  const open = rows.slice(0, 3).map((row) => edited(row, 14, ''));
  const file = put('live.csv', [header, ...open, ...rows.slice(3, 10)].join('\n'));
  const live = await importFile(dir, file, '--mapping', mappingFile('pge'));
  expect(live).toMatchObject({ read: 10, created: 3, skipped: 7, refusedCount: 0 });
  const kinds = (await logOf(dir)).map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind !== 'deviceEnrolled' && kind !== 'unitMade')).toEqual(Array(3).fill('reported'));
});

test('naughty strings arrive in the log as they were written', async () => {
  const strings = JSON.parse(readFileSync(join(data, 'nasty-text/blns.json'), 'utf8')) as string[];
  const wanted = strings.map((text) => text.trim()).filter((text) => text !== '' && !text.includes('\0'));
  const quoted = wanted.map((text, at) => `${at},"${text.replaceAll('"', '""')}",2025-07-08T10:00:00Z`);
  const mapping = {
    system: 'n',
    key: 'id',
    address: 'id',
    words: 'words',
    times: { reported: 'at' },
    area: 'urban',
    unit: 'x',
  };
  const file = put('naughty.csv', ['id,words,at', ...quoted].join('\r\n'));
  const loaded = await importFile(dir, file, '--mapping', put('naughty.json', JSON.stringify(mapping)));
  expect(loaded).toMatchObject({ read: wanted.length, created: wanted.length, refused: [] });
  const reported = (await logOf(dir)).filter(({ kind }) => kind === 'reported');
  expect(reported.map(({ data: { words } }) => words)).toEqual(wanted);
  expect(await relight(dir, 'verify')).toMatchObject({ code: 0 });
});

const corners = join(data, 'nasty-text/csv-spectrum-csvs');
/** Its expected JSON is one object with another telephone number. */
const ODD = 'location_coordinates.csv';

function tableOf(name: string): readonly object[] {
  const splitter = createSplitter(0x2c, 1_000);
  const records = [...splitter.push(readFileSync(join(corners, name))), ...splitter.end()];
  const [names = [], ...values] = records.map((record) => must(decodeRecord(record, ',')));
  return values.map((row) => Object.fromEntries(names.map((column, at) => [column, row[at]])));
}

const expectedOf = (name: string): unknown =>
  JSON.parse(readFileSync(join(data, `nasty-text/csv-spectrum-json/${basename(name, '.csv')}.json`), 'utf8'));

test.each(readdirSync(corners).filter((name) => name !== ODD))('corner case %s is read as expected', (name) => {
  expect(tableOf(name)).toEqual(expectedOf(name));
});

test('minutes and seconds of a position are no quotes', () => {
  const { 'Location Coordinates': place } = expectedOf(ODD) as Record<string, string>;
  expect(tableOf(ODD)).toMatchObject([{ 'Location Coordinates': place }]);
});
