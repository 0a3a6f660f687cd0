import { expect, test } from 'vitest';

import { type ImportHead, ImportLine } from '../../shared/api/import.ts';
import { aServer, START, type TestServer } from './harness.ts';

const MAPPING = JSON.stringify({
  system: 'old',
  key: 'no',
  address: 'where',
  times: { reported: 'at' },
  zone: 'UTC',
  area: 'urban',
});
const at = (minutes: number): string => new Date(START - minutes * 60_000).toISOString();
const NONSENSE = { line: 3, column: 'at', why: { code: 'notTime', value: 'nonsense' } };
const FILE = `no,where,at\nX1,育才路6号,${at(5)}\nX2,水厂路7号,nonsense\nX3,"北桥村, 东头",${at(9)}\n`;

async function run(server: TestServer, name: string, head: Partial<ImportHead>, file = FILE) {
  const sent = { act: 'check', history: false, mapping: MAPPING, unit: server.world.units.station1, ...head };
  const body = `${JSON.stringify(sent)}\n${file}`;
  const answer = await server.call('/v1/import', { token: await server.desk(name), body });
  const lines = (await answer.text()).trim().split('\n');
  return { status: answer.status, lines, last: answer.ok ? ImportLine.parse(JSON.parse(lines.at(-1)!)) : null };
}

const refused = (why: object) => ({ is: 'refused', reasons: [{ line: null, column: null, why }] });

const ordersOf = async (server: TestServer): Promise<number> => {
  const found = await server.call('/v1/orders', { token: await server.desk('admin') });
  return ((await found.json()) as { hits: unknown[] }).hits.length;
};

test('a look shows columns and rows, whatever parts them', async () => {
  const server = await aServer();
  const { last } = await run(server, 'dispatcher', { act: 'look' }, FILE.replaceAll(/,(?! )/g, ';'));
  expect(last).toMatchObject({ is: 'look', columns: ['no', 'where', 'at'] });
  expect(last?.is === 'look' && last.rows[2]?.[1]).toBe('北桥村, 东头');
});

test('a check names each row that is refused and writes nothing; an import then writes exactly that, once', async () => {
  const server = await aServer();
  const before = await ordersOf(server);
  const counts = { read: 3, created: 2, unchanged: 0, refusedCount: 1, refused: [NONSENSE] };
  expect((await run(server, 'dispatcher', { act: 'check' })).last).toMatchObject({ is: 'done', counts });
  expect(await ordersOf(server)).toBe(before);
  expect((await run(server, 'dispatcher', { act: 'import' })).last).toMatchObject({ is: 'done', counts });
  expect(await ordersOf(server)).toBe(before + 2);
  const again = { read: 3, created: 0, unchanged: 2 };
  expect((await run(server, 'dispatcher', { act: 'import' })).last).toMatchObject({ counts: again });
  expect(await ordersOf(server)).toBe(before + 2);
});

test('nobody imports into a unit of others, by id or by name, and no unit is made', async () => {
  const server = await aServer();
  const units = await server.opened.store.roster.units();
  const foreign = await run(server, 'dispatcher', { act: 'import', unit: server.world.units.station2 });
  expect(foreign.last).toEqual(refused({ code: 'unitNotThere' }));
  for (const unit of ['草堂', '没有的所']) {
    const mapping = JSON.stringify({ ...JSON.parse(MAPPING), unit });
    const named = await run(server, 'dispatcher', { act: 'import', unit: undefined, mapping });
    expect(named.last).toEqual(refused({ code: 'noSuchUnit', value: unit }));
  }
  expect(await server.opened.store.roster.units()).toEqual(units);
});

test('a mapping that cannot be used, and a file that is none, say why', async () => {
  const server = await aServer();
  const bad = JSON.stringify({ ...JSON.parse(MAPPING), zone: 'Mars' });
  expect((await run(server, 'admin', { mapping: bad })).last).toEqual({
    is: 'refused',
    reasons: [{ line: null, column: 'zone', why: { code: 'mappingNotZone' } }],
  });
  expect((await run(server, 'admin', { act: 'look' }, '')).last).toEqual(refused({ code: 'fileEmpty' }));
  expect((await run(server, 'admin', {}, 'a,b\n1,2\n')).last).toMatchObject({
    counts: { read: 0, created: 0, refusedCount: 1, refused: [{ line: 1, why: { code: 'columnsMissing' } }] },
  });
  const broken = await server.call('/v1/import', { token: await server.desk('admin'), body: 'no json\nno,where\n' });
  expect(broken.status).toBe(400);
});
