import { beforeEach, describe, expect, test } from 'vitest';

import { Report } from '../../shared/api/report.ts';
import { asOrderId, orderSubject, type UnitId } from '../../shared/ids.ts';
import { aServer, START, type TestServer } from './harness.ts';

let server: TestServer;
beforeEach(async () => {
  server = await aServer();
});

const MINUTE = 60_000;

/** An order of district 1's station that ended, reported `at` and arrived at after so many minutes. */
async function ended(at: number, minutes: number, area: 'urban' | 'rural' = 'urban', unit?: UnitId): Promise<void> {
  const { store } = server.opened;
  const { units, codes } = server.world;
  server.clock.advance(Math.max(0, at - server.clock()));
  const data = { unit: unit ?? units.station1, address: '望江路 12 号', area, channel: 'desk' } as const;
  const [id] = await store.log.record([{ subject: null, draft: { kind: 'reported', data }, by: null }]);
  const subject = orderSubject(asOrderId(id!));
  const arrived = { crew: codes.k1.crew, at: { at: at + minutes * MINUTE, source: 'import' as const } };
  await store.log.record([{ subject, draft: { kind: 'arrived', data: arrived }, by: null }]);
  await store.log.record([{ subject, draft: { kind: 'closed', data: { outcome: 'restored' } }, by: null }]);
}

async function ask(query: string, name = 'dispatcher'): Promise<Report> {
  const answer = await server.call(`/v1/report${query}`, { token: await server.desk(name) });
  expect([query, answer.status]).toEqual([query, 200]);
  return Report.parse(await answer.json());
}

const rowsOf = ({ rules }: Report, rule = 'arrival') =>
  rules
    .filter((row) => row.rule === rule)
    .map(({ name, key, orders, met, missed }) => [name ?? key, orders, met, missed]);

describe('a report', () => {
  test('has the orders of the desk’s own units, summed up the tree', async () => {
    await ended(START, 10);
    await ended(START, 60);
    await ended(START, 10, 'urban', server.world.units.station2);
    // Three orders of the world itself lie in station 1, one of them closed without an arrival.
    expect(rowsOf(await ask('?by=unit'))).toEqual([
      ['all', 5, 1, 1],
      ['城东', 5, 1, 1],
      ['望江', 5, 1, 1],
    ]);
    expect(rowsOf(await ask('?by=unit', 'stranger'))).toEqual([
      ['all', 2, 1, 0],
      ['城西', 2, 1, 0],
      ['草堂', 2, 1, 0],
    ]);
  });

  test('of a unit that is not the desk’s is empty, as is one of a unit that is not there', async () => {
    const { district1, station1, station2 } = server.world.units;
    expect(rowsOf(await ask(`?unit=${station2}`))).toEqual([]);
    expect(rowsOf(await ask(`?unit=YYY-9`))).toEqual([]);
    expect(rowsOf(await ask(`?unit=${station1}`, 'stranger'))).toEqual([]);
    expect(rowsOf(await ask(`?unit=${district1}`)).length).toBeGreaterThan(0);
  });

  test('counts a day from midnight to midnight of the zone asked for, first and last included', async () => {
    const midnight = Date.parse('2026-11-21T16:00:00Z');
    await ended(midnight - MINUTE, 10);
    await ended(midnight, 20);
    await ended(midnight + 24 * 60 * MINUTE, 30);
    const days = async (query: string) =>
      (await ask(`?rule=arrival&by=day&${query}`)).days.map(({ day, stopped }) => [day, stopped]);
    expect(await days('from=2026-11-22&to=2026-11-22')).toEqual([['2026-11-22', 1]]);
    expect(await days('from=2026-11-21&to=2026-11-23')).toEqual([
      ['2026-11-21', 1],
      ['2026-11-22', 1],
      ['2026-11-23', 1],
    ]);
    expect(await days('from=2026-11-21&to=2026-11-21&zone=UTC')).toEqual([['2026-11-21', 2]]);
    expect(await days('from=2026-10-01&to=2026-12-31')).toEqual([
      ['2026-11-16', 2],
      ['2026-11-23', 1],
    ]);
    expect(await days('from=2026-10-01')).toEqual([['2026-11-01', 3]]);
  });

  test('has target and ceiling beside the average, of one area alone if asked', async () => {
    await ended(START, 40);
    await ended(START, 130, 'rural');
    const row = async (query: string) => (await ask(query)).rules.find(({ rule }) => rule === 'arrival');
    expect(await row('')).toMatchObject({ key: 'all', averageMin: 85, averageTargetMin: 67.5, overCeiling: 1 });
    expect(await row('?area=rural')).toMatchObject({ orders: 1, averageTargetMin: 90, ceilingMin: [120, 120] });
  });

  test('names crews by who arrived, and waiting orders by who has them', async () => {
    await ended(START, 10);
    expect(rowsOf(await ask('?by=crew'))).toEqual([
      ['all', 4, 1, 0],
      ['二班', 1, 0, 0],
      ['一班', 3, 1, 0],
    ]);
  });

  test('has days and spread only where one rule was asked for, and tells which there are', async () => {
    await ended(START, 10);
    const every = await ask('');
    expect([every.days, every.spread]).toEqual([[], null]);
    expect(every.known.map(({ id }) => id)).toContain('restore');
    const one = await ask('?rule=arrival');
    expect(new Set(one.rules.map(({ rule }) => rule))).toEqual(new Set(['arrival']));
    expect(one.spread?.counts.reduce((sum, n) => sum + n, 0)).toBe(1);
    expect((await ask('?rule=nothing')).rules).toEqual([]);
  });

  test('asked for by ten at once is counted, and right, for each', async () => {
    await ended(START, 10);
    const token = await server.desk('dispatcher');
    const foreign = await server.desk('stranger');
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, at) => server.call('/v1/report', { token: at % 2 ? token : foreign })),
    );
    const met = await Promise.all(answers.map(async (one) => rowsOf(Report.parse(await one.json()))[0]?.[2]));
    expect(met).toEqual([0, 1, 0, 1, 0, 1, 0, 1, 0, 1]);
  });
});

describe('what cannot be meant', () => {
  test.each([
    ['from=2026-13-01', 'from'],
    ['to=2026-02-30', 'to'],
    ['from=yesterday', 'from'],
    ['from=2026-11-22&to=2026-11-21', 'to'],
    ['by=customer', 'by'],
    ["by=area'--", 'by'],
    ['zone=Mars/Base', 'zone'],
    [`zone=${'a'.repeat(5_000)}`, 'zone'],
    ['rule=%3Bdrop', 'rule'],
    ['area=everywhere', 'area'],
    ['unit=%00', 'unit'],
  ])('%s is refused by name', async (query, field) => {
    const answer = await server.call(`/v1/report?${query}`, { token: await server.desk('dispatcher') });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 'badRequest', field });
  });

  test('the first and the last day there can be are days like others', async () => {
    expect(rowsOf(await ask('?from=0001-01-01&to=9999-12-31')).length).toBeGreaterThan(0);
    expect(rowsOf(await ask('?from=0001-01-01&to=0001-01-01&zone=America/Los_Angeles&by=day'))).toEqual([]);
  });
});
