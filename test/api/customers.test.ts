import { expect, test } from 'vitest';

import { CallerAnswer, type CallerQuery, type CustomersHead, CustomersLine } from '../../shared/api/customers.ts';
import { aServer, type TestServer } from './harness.ts';

const COLUMNS = { account: '户号', name: '户名', phone: '电话', address: '地址', transformer: '台区', unit: '单位' };
const HEAD = '户号,户名,电话,地址,台区,单位\n';
const ROWS = `${HEAD}4101,张建国,13800138000,幸福路18号,幸福路2号台区,\n4102,李明,13900139000,育才路6号,,\n`;

async function run(server: TestServer, head: Partial<CustomersHead>, file = ROWS, name = 'admin') {
  const whole: CustomersHead = {
    act: 'import',
    unit: server.world.units.district1,
    source: '客户表',
    grid: 'wgs84',
    columns: COLUMNS,
    ...head,
  };
  const body = `${JSON.stringify(whole)}\n${file}`;
  const answer = await server.call('/v1/customers', { token: await server.desk(name), body });
  const lines = (await answer.text()).trim().split('\n');
  return { status: answer.status, last: answer.ok ? CustomersLine.parse(JSON.parse(lines.at(-1)!)) : null };
}

async function found(server: TestServer, query: CallerQuery, name = 'dispatcher') {
  const search = `?${new URLSearchParams(query).toString()}`;
  const answer = await server.call('/v1/callers', { token: await server.desk(name), query: search });
  return CallerAnswer.parse(await answer.json());
}

const names = ({ customers }: CallerAnswer) => customers.map(({ name }) => name);

test('a check counts and writes nothing; an import is looked up by number, name and any part of an address', async () => {
  const server = await aServer();
  const counts = { read: 2, created: 2, changed: 0, unchanged: 0, gone: 0, refusedCount: 0, refused: [] };
  expect((await run(server, { act: 'check' })).last).toEqual({ is: 'done', counts });
  expect(names(await found(server, { field: 'address', text: '幸福' }))).toEqual([]);
  expect((await run(server, {})).last).toEqual({ is: 'done', counts });
  expect((await found(server, { field: 'address', text: '幸福' })).customers).toMatchObject([
    { account: '4101', name: '张建国', phone: '13800138000', transformer: '幸福路2号台区', area: null, point: null },
  ]);
  expect(names(await found(server, { field: 'phone', text: '139 0013' }))).toEqual(['李明']);
  expect(names(await found(server, { field: 'account', text: '410' }))).toEqual(['张建国', '李明']);
  expect(names(await found(server, { field: 'name', text: '李明' }))).toEqual(['李明']);
});

test('the same file again changes nothing; what differs is changed, whom it no longer names goes, who was refused stays', async () => {
  const server = await aServer();
  await run(server, {});
  expect((await run(server, {})).last).toMatchObject({ counts: { created: 0, changed: 0, unchanged: 2, gone: 0 } });
  const next = `${HEAD}4101,张建国,13800138000,平安路1号,,\n4102,李明,13900139000,,,\n`;
  const { last } = await run(server, {}, next);
  expect(last).toMatchObject({ counts: { read: 2, changed: 1, unchanged: 0, gone: 0, refusedCount: 1 } });
  expect(last).toMatchObject({ counts: { refused: [{ line: 3, column: '地址', why: { code: 'addressEmpty' } }] } });
  expect(names(await found(server, { field: 'address', text: '幸福' }))).toEqual([]);
  expect(names(await found(server, { field: 'address', text: '平安' }))).toEqual(['张建国']);
  expect(names(await found(server, { field: 'address', text: '育才' }))).toEqual(['李明']);
  // Another source stands beside it.
  await run(server, { source: '二' }, `${HEAD}4103,王五,,平安路2号,,\n`);
  expect((await run(server, {}, `${HEAD}4101,张建国,13800138000,平安路1号,,\n`)).last).toMatchObject({
    counts: { unchanged: 1, gone: 1 },
  });
  expect(names(await found(server, { field: 'address', text: '平安' }))).toEqual(['张建国', '王五']);
  expect(names(await found(server, { field: 'address', text: '育才' }))).toEqual([]);
  // A file of which nothing can be used takes nobody away.
  expect((await run(server, {}, `${HEAD},,,x,,\n`)).last).toMatchObject({ counts: { gone: 0, refusedCount: 1 } });
  expect(names(await found(server, { field: 'address', text: '平安' }))).toHaveLength(2);
});

test('rows are refused by line, column and reason: an account twice, a unit that is not below', async () => {
  const server = await aServer();
  const file = `${ROWS}4101,又是,,乙路1号,,\n4104,远,,丙路1号,,草堂\n4105,近,,丁路1号,,望江\n`;
  expect((await run(server, {}, file)).last).toMatchObject({
    counts: {
      created: 3,
      refused: [
        { line: 4, column: '户号', why: { code: 'keyTwice', value: '4101', line: 2 } },
        { line: 5, column: '单位', why: { code: 'noSuchUnit', value: '草堂' } },
      ],
    },
  });
});

test('a unit is shown its own customers and those below, an order’s caller likewise', async () => {
  const server = await aServer();
  await run(server, { unit: server.world.units.station1 });
  expect(names(await found(server, { field: 'address', text: '幸福' }))).toEqual(['张建国']);
  expect(names(await found(server, { field: 'address', text: '幸福' }, 'stranger'))).toEqual([]);
  const own = await found(server, { field: 'address', text: '望江路' });
  expect(own.orders.map(({ order }) => order)).toEqual(expect.arrayContaining([server.world.orders.own]));
  const theirs = await found(server, { field: 'address', text: '望江路' }, 'stranger');
  expect(theirs.orders.map(({ order }) => order)).toEqual([server.world.orders.foreign]);
  // Nothing is brought into a unit the asker does not see.
  const { last } = await run(server, { unit: server.world.units.station2 });
  expect(last).toMatchObject({ is: 'refused', reasons: [{ why: { code: 'unitNotThere' } }] });
});

test('only an administrator brings them in; who takes no reports is shown names and numbers in part', async () => {
  const server = await aServer();
  for (const name of ['dispatcher', 'leader', 'agent', 'visitor'])
    expect((await run(server, {}, ROWS, name)).status).toBe(403);
  await run(server, {});
  const [customer] = (await found(server, { field: 'address', text: '幸福' }, 'visitor')).customers;
  expect(customer).toMatchObject({ name: '张*', phone: '138****8000', account: '****4101' });
  expect(names(await found(server, { field: 'address', text: '幸福' }, 'agent'))).toEqual(['张建国']);
  // Whom somebody looked for is written nowhere.
  expect(server.logged()).not.toMatch(/幸福|%E5%B9%B8/);
});

test('a look shows columns and rows; without account and address nothing is read', async () => {
  const server = await aServer();
  expect((await run(server, { act: 'look' })).last).toMatchObject({ is: 'look', columns: HEAD.trim().split(',') });
  expect((await run(server, { columns: { account: '户号' } })).last).toMatchObject({
    reasons: [{ why: { code: 'columnsNotNamed' } }],
  });
  expect((await run(server, { columns: { account: '户号', address: '没有' } })).last).toMatchObject({
    reasons: [{ line: 1, column: '没有', why: { code: 'columnsMissing' } }],
  });
});
