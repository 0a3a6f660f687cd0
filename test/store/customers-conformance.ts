import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { orderSubject } from '#shared/ids.ts';

import type { CustomerRow } from '../../server/store/customers.ts';
import { openStore } from '../../server/store/open-store.ts';
import { MINUTE } from '../laws/world.ts';
import { useStage, type Keep } from './stage.ts';

/** Who may be calling, said through the contract alone. */
export function customersConformance(keep: Keep): void {
  const stage = useStage(keep);

  test('customers are found by what they begin with, unit by unit; what differs is changed, and copies hold them', async () => {
    const { world } = stage();
    const { customers, backups } = world.store;
    const { east, west } = world;
    const one = (account: string, address: string, more: Partial<CustomerRow> = {}): CustomerRow => ({
      ...NOTHING_KNOWN,
      unit: east,
      account,
      address,
      ...more,
    });
    const rows = [
      one('41', '青山市幸福路18号', { phone: '13800138000', lat: 30.5, lon: 120.25, area: 'rural' }),
      one('42', '幸福路1号', { name: '张*', customerClass: 'important', transformer: 'T', feeder: 'F' }),
      one('43', '幸福路1号', { unit: west }),
      one('44', '𠮷田路3号'),
    ];
    const put = (brought: readonly CustomerRow[], source = 'crm') => customers.put({ source, rows: brought });
    const find = (key: string, units = [east], most = 9) => customers.startingWith({ key, units, most });
    const accounts = (found: readonly CustomerRow[]) => found.map(({ account }) => account);

    expect(await customers.compare({ source: 'crm', rows })).toEqual({ created: 4, changed: 0 });
    expect(await find('d幸福')).toEqual([]);
    expect(await put(rows)).toEqual({ created: 4, changed: 0 });
    expect(await put(rows)).toEqual({ created: 0, changed: 0 });
    // The nearest first, and nobody twice however often a beginning meets them.
    expect(await find('d幸福')).toEqual([rows[1], rows[0]]);
    expect(accounts(await find('d幸福', [east, west])).toSorted()).toEqual(['41', '42', '43']);
    expect(await find('d幸福', [east, west], 1)).toHaveLength(1);
    expect(accounts(await find('p138'))).toEqual(['41']);
    expect(accounts(await find('d𠮷'))).toEqual(['44']);
    expect(await find('d幸福路2')).toEqual([]);

    const moved = [one('41', '平安路2号'), one('45', '平安路3号')];
    expect(await customers.compare({ source: 'crm', rows: moved })).toEqual({ created: 1, changed: 1 });
    expect(await put(moved)).toEqual({ created: 1, changed: 1 });
    expect(accounts(await find('d幸福'))).toEqual(['42']);
    expect(await find('p138')).toEqual([]);
    expect(await put([one('41', '平安路2号')], 'gis')).toEqual({ created: 1, changed: 0 });

    const [first, ...others] = await customers.page({ source: 'crm', units: [east], after: 0, most: 9 });
    expect([first, ...others].map((known) => known?.account)).toEqual(['41', '42', '44', '45']);
    const next = await customers.page({ source: 'crm', units: [east, west], after: first!.id, most: 2 });
    expect(next.map(({ account, unit }) => `${account} ${unit === west}`)).toEqual(['42 false', '43 true']);
    await customers.remove([first!.id]);
    expect(accounts(await find('d平安')).toSorted()).toEqual(['41', '45']);

    const dir = mkdtempSync(join(tmpdir(), 'relight-copy-'));
    await backups.copyTo(join(dir, 'relight.db'));
    const copy = openStore(dir, { clock: world.clock, random: (bytes) => new Uint8Array(bytes) });
    expect(await copy.customers.startingWith({ key: 'd幸福', units: [west], most: 9 })).toEqual([rows[2]]);
    copy.close();
    rmSync(dir, { recursive: true });
  });

  test('earlier orders are found among the latest of some units, the newest first', async () => {
    const { world, report } = stage();
    const before = await report('幸福路18号');
    world.clock.advance(MINUTE);
    const since = await report('幸福路20号');
    await report('育才路6号');
    const find = (text: string, units = [world.east], most = 9) => world.store.search.earlier({ text, units, most });
    expect((await find('幸福')).map(({ id }) => orderSubject(id))).toEqual([since, before]);
    expect((await find('幸福', [world.east], 1)).map(({ id }) => orderSubject(id))).toEqual([since]);
    expect(await find('幸福', [world.west])).toEqual([]);
    expect(await find('%')).toEqual([]);
  });
}

const NOTHING_KNOWN = {
  name: null,
  phone: null,
  area: null,
  customerClass: null,
  lat: null,
  lon: null,
  transformer: null,
  feeder: null,
};
