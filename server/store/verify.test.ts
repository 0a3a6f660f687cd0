import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { asUnitId, orderSubject, type OrderId } from '#shared/ids.ts';
import { STATE_GRID } from '#shared/sla/packs/state-grid.ts';

import { at } from '../../test/builders.ts';
import { fakeClock } from '../device/fake-clock.ts';
import { fakeRandom } from '../device/fake-random.ts';
import { makeBackup } from '../services/backup.ts';
import { bringOrders } from '../services/bring-orders.ts';
import { databaseFile, openStore } from './open-store.ts';
import type { Store } from './store.ts';

let dir: string;
let store: Store;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'relight-verify-test-'));
  store = openStore(dir, { clock: fakeClock(at('12:00')), random: fakeRandom('verify') });
  await bring('K1', 'K2', 'K3');
});
afterEach(() => {
  store.close();
  rmSync(dir, { recursive: true });
});

async function bring(...keys: readonly string[]): Promise<readonly boolean[]> {
  const units = await store.roster.units();
  const data = { name: '城东', level: 'centre', parent: null } as const;
  const [made] = units[0]
    ? [units[0].id]
    : await store.log.record([{ subject: null, draft: { kind: 'unitMade', data }, by: null }]);
  const orders = keys.map((key) => ({
    system: 'test',
    key,
    reported: {
      kind: 'reported' as const,
      data: {
        unit: asUnitId(made!),
        address: `公[塭]里 ${key}`,
        area: 'urban' as const,
        channel: 'import' as const,
        at: { at: at('10:00'), source: 'import' as const },
        source: { system: 'test', key },
      },
    },
    since: [
      { kind: 'arrived' as const, data: { crew: null, at: { at: at('10:50'), source: 'import' as const } } },
      { kind: 'closed' as const, data: { outcome: 'restored' as const } },
      { kind: 'archived' as const, data: {} },
    ],
  }));
  return bringOrders(store.log, orders);
}

/** Changes the database behind everybody's back. */
function tamper(sql: string): void {
  const sqlite = new Sqlite(databaseFile(dir));
  expect(sqlite.prepare(sql).run().changes).toBeGreaterThan(0);
  sqlite.close();
}

const found = async () => (await store.verify(() => {})).damage.map(({ q, what }) => `${q}: ${what}`);

test('a key that is here already creates nothing, beside one that is new', async () => {
  expect(await bring('K2', 'K4')).toEqual([false, true]);
  expect(await store.orders.bySource('test', 'K4')).not.toBeNull();
});

test('what is searched for is found only in the units that may be seen', async () => {
  const [unit] = await store.roster.units();
  const find = (text: string, limit = 10, after: { reportedAt: number; order: OrderId } | null = null) =>
    store.search.orders({ text, units: unit ? [unit.id] : [], stage: null, after, limit });
  expect((await find('公[塭] k2')).map(({ sourceKey }) => sourceKey)).toEqual(['K2']);
  expect(await store.search.orders({ text: '', units: [], stage: null, after: null, limit: 10 })).toEqual([]);
  const [first, second] = await find('', 2);
  const rest = await find('', 2, { reportedAt: second!.reportedAt, order: second!.id });
  expect(new Set([first!.id, second!.id, ...rest.map(({ id }) => id)]).size).toBe(3);
});

describe('verify', () => {
  test('finds nothing wrong with what was written', async () => {
    expect(await store.verify(() => {})).toEqual({ events: 14, orders: 3, damages: 0, damage: [] });
  });

  test('I4 sees that an event was changed', async () => {
    tamper(`update event set body = replace(body, '公[塭]里 K2', '别处') where kind = 'reported' and body like '%K2%'`);
    expect(await found()).toContainEqual(expect.stringMatching(/^7: its text is not what was hashed/));
  });

  test('I12 sees that an event and its hash were changed together', async () => {
    tamper(`update event set hash = substr(hash, 2) || '0' where q = 5`);
    expect(await found()).toContainEqual('5: its chain value does not follow');
  });

  test('I1 sees that an event is missing, also the last', async () => {
    tamper('delete from event where q = 9');
    expect(await found()).toContainEqual('10: follows position 8: positions are missing between');
    tamper('delete from event where q = 14');
    expect(await found()).toContainEqual('14: the head is not where the log ends');
  });

  test.each([
    ['order_row', `update order_row set stage = 'reported' where source_key = 'K1'`],
    ['order_row', `update order_row set search = '' where source_key = 'K1'`],
    ['scope', 'delete from scope where id = (select max(id) from scope)'],
    ['unit', `update unit set name = '城西'`],
  ])('sees that %s is not what the events make: %s', async (table, sql) => {
    tamper(sql);
    expect((await found()).every((line) => line.startsWith(`null: ${table} of`))).toBe(true);
    expect(await found()).not.toEqual([]);
  });

  test('sees that a rule pack judges otherwise than was put into force', async () => {
    const [unit] = await store.roster.units();
    const data = { unit: unit!.id, from: at('11:00'), pack: STATE_GRID };
    await store.log.record([{ subject: null, draft: { kind: 'rulePackActivated', data }, by: null }]);
    expect(await found()).toEqual([]);
    tamper('update pack set from_at = from_at - 1');
    expect(await found()).toContainEqual(expect.stringMatching(/^null: pack of .* is not what its events make/));
  });
});

describe('backup', () => {
  const backup = (keep = 14) =>
    makeBackup({ backups: store.backups, dir: join(dir, 'copies'), now: at('12:00'), keep });

  test('I10 publishes how far a verified copy reaches, and the copy opens', async () => {
    const made = await backup();
    expect(made).toMatchObject({ ok: true, value: { q: 14, safe: 14 } });
    expect((await store.log.head()).safe).toBe(14);
    await bring('K9');
    expect((await store.log.head()).safe).toBe(14);
    expect(await backup()).toMatchObject({ ok: true, value: { q: 18, safe: 18 } });
  });

  test('a damaged copy is thrown away and publishes nothing', async () => {
    tamper(`update event set hash = substr(hash, 2) || '0' where q = 5`);
    expect(await backup()).toMatchObject({ ok: false, error: { code: 'damaged' } });
    expect((await store.log.head()).safe).toBeNull();
  });

  test('a copy of another history says nothing about this one', async () => {
    expect(await store.backups.publishSafe({ q: 3, epoch: 'other' })).toBeNull();
  });
});

describe('a log of which texts were redacted', () => {
  const NAME = '王小明';
  const everywhere = (): string =>
    ['', '-wal', '-journal']
      .map((end) => `${databaseFile(dir)}${end}`)
      .filter(existsSync)
      .map((file) => readFileSync(file, 'utf8'))
      .join('');

  /** Ten notes about an order, each made and looked at again by the next; then all of it is redacted. */
  async function redacted(): Promise<OrderId> {
    const order = await store.orders.bySource('test', 'K1');
    if (order === null) throw new Error('K1 is not there');
    const about = orderSubject(order);
    for (let n = 0; n < 10; n += 1) {
      const urged = {
        kind: 'urged',
        data: { level: 'leader', words: `${NAME}又打来 ${'说'.repeat(n * 20)}` },
      } as const;
      await store.log.record([{ subject: about, draft: urged, by: null }]);
    }
    expect(everywhere()).toContain(NAME);
    expect(await store.log.redact({ order, events: null, reason: 'asked', by: null })).toHaveLength(10);
    return order;
  }

  test('no page of the database, free or not, and no file beside it says them any more', async () => {
    await redacted();
    expect(everywhere()).not.toContain(NAME);
    expect(await found()).toEqual([]);
  });

  test('is whole, and what was changed since is found all the same', async () => {
    await redacted();
    tamper('update event set body = replace(body, \'"level":"leader"\', \'"level":"handler"\') where kind = \'urged\'');
    expect((await found()).filter((line) => line.endsWith('its text is not what was hashed'))).toHaveLength(10);
  });

  test('nobody can say of another event that it was redacted, nor that something else was left', async () => {
    const order = await redacted();
    // What a forger would like to have been said, with nothing that vouches for it.
    tamper(
      `update event set body = replace(body, '公[塭]里', '别处') where kind = 'reported' and subject = 'order:${order}'`,
    );
    expect(await found()).toEqual(expect.arrayContaining([expect.stringContaining('its text is not what was hashed')]));
    tamper(`update event set body = replace(body, '"reason":"asked"', '"reason":"ordered"') where kind = 'redacted'`);
    const damaged = (await found()).filter((line) => line.endsWith('its text is not what was hashed'));
    // The report, the redaction, and all that only it accounted for.
    expect(damaged).toHaveLength(12);
  });
});
