import { globSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Report } from '#shared/api/report.ts';

import { systemRandom } from '../../server/device/random.ts';
import { openStore } from '../../server/store/open-store.ts';
import { acceptanceData } from './data.ts';
import { importFile, logOf, mappingFile, newDataDir, relight, say, type Imported } from './relight.ts';

const data = acceptanceData() ?? '';

type Expected = {
  readonly rows: number;
  readonly rows_with_onsite: number;
  readonly start_to_onsite_min: { readonly [figure: string]: number };
};

describe.each([
  ['San Francisco, two years', 'pge-sf-2019-2022', 12_552],
  ['a calm week', 'pge-calm-2021-05', 3_818],
  ['a storm', 'pge-storm-2021-01', 11_664],
])('%s', (name, folder, rows) => {
  const [file = ''] = globSync(join(data, folder, 'outages_*.csv'));
  const expected = JSON.parse(readFileSync(join(data, folder, 'expected.json'), 'utf8')) as Expected;
  const dir = newDataDir();
  const load = () => importFile(dir, file, '--mapping', mappingFile('pge'), '--history');
  let first: Imported;
  beforeAll(async () => {
    first = await load();
    say(`${name}: ${first.rowsPerSecond} rows/s, ${first.memoryMiB} MiB at most`);
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  test('every row becomes an order, none is lost', () => {
    expect(expected.rows).toBe(rows);
    expect(first).toMatchObject({ read: rows, created: rows, unchanged: 0, skipped: 0, refusedCount: 0, refused: [] });
  });

  test('a second import creates nothing', async () => {
    expect(await load()).toMatchObject({ read: rows, created: 0, unchanged: rows, refusedCount: 0 });
  });

  test('the report gives the counts that were worked out elsewhere', async () => {
    const { out } = await relight(dir, 'report', '--json');
    const all = (JSON.parse(out) as Report).rules.find(({ rule, area }) => rule === 'arrival' && area === 'all');
    const figures = expected.start_to_onsite_min;
    expect(all).toMatchObject({
      orders: rows,
      stopped: expected.rows_with_onsite,
      within: { 45: figures['within45'], 90: figures['within90'], 120: figures['within120'] },
      unknown: figures['negative'],
    });
    expect(all?.p50Min).toBeCloseTo(figures['p50'] ?? Number.NaN, 1);
    expect(all?.p90Min).toBeCloseTo(figures['p90'] ?? Number.NaN, 1);
    expect((all?.met ?? 0) + (all?.missed ?? 0) + (all?.unknown ?? 0)).toBe(expected.rows_with_onsite);
  });

  test('history raises nothing and everything stands as it was written', async () => {
    const kinds = new Set((await logOf(dir)).map(({ kind }) => kind));
    expect([...kinds].filter((kind) => kind.startsWith('alert'))).toEqual([]);
    expect(await relight(dir, 'verify', '--json')).toMatchObject({ code: 0 });
  });
});

describe('a typhoon in Chinese', () => {
  const dir = newDataDir();
  const file = join(data, 'taipower-outages-2025-07/episodes.csv');
  afterAll(() => rmSync(dir, { recursive: true }));

  test('comes in with a mapping only and is found by any part of its address', async () => {
    const loaded = await importFile(dir, file, '--mapping', mappingFile('taipower'), '--history');
    expect(loaded).toMatchObject({ read: 1_250, created: 1_250, refusedCount: 0 });
    const store = openStore(dir, { clock: () => Date.now(), random: systemRandom });
    const units = (await store.roster.units()).map(({ id }) => id);
    const find = async (text: string) => {
      const hits = await store.search.orders({ text, units, stage: null, after: null, limit: 100 });
      return new Set(hits.map(({ address }) => address.slice(-5)));
    };
    expect(await find('公[塭]')).toEqual(new Set(['南區公[塭]里'.slice(-5)]));
    expect((await find('台南市 安南')).size).toBeGreaterThan(1);
    expect(await find('臺南市 安南')).toEqual(await find('台南市 安南'));
    expect(await store.search.orders({ text: '公[塭]', units: [], stage: null, after: null, limit: 9 })).toEqual([]);
    store.close();
  });
});
