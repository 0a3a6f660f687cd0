import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { UnitId } from '#shared/ids.ts';

import { at } from '../../test/builders.ts';
import { fakeRandom } from '../device/fake-random.ts';
import { openStore } from '../store/open-store.ts';
import { openDoor } from './open-door.ts';
import { runRelight } from './run-relight.ts';

let dir: string;
let dataDir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'relight-cli-'));
  dataDir = join(dir, 'data');
});
afterEach(() => rmSync(dir, { recursive: true }));

const clock = () => at('12:00');
const random = fakeRandom('cli');

/** One command: its exit code and what it wrote. */
async function run(line: string, stdin = '') {
  let out = '';
  let err = '';
  const code = await runRelight(line.split(' ').filter(Boolean), {
    env: { DATA_DIR: dataDir },
    stdin: Readable.from([stdin]),
    stdout: (text) => {
      out += text;
      return Promise.resolve();
    },
    stderr: (text) => void (err += text),
    clock,
    random,
  });
  return { code, out, err };
}

const json = async (line: string, stdin?: string) => JSON.parse((await run(`${line} --json`, stdin)).out) as unknown;

const MAPPING = {
  system: 's',
  key: 'id',
  address: 'where',
  times: { reported: 'start', arrived: 'there', restored: 'end' },
  area: 'urban',
};
const ROWS = [
  'id,where,start,there,end',
  '1,一街,2026-11-21T10:00Z,2026-11-21T10:30Z,2026-11-21T11:00Z',
  '2,二街,2026-11-21T11:50Z,,',
];

function files(mapping: object = { ...MAPPING, unit: '城东' }): string {
  writeFileSync(join(dir, 'map.json'), JSON.stringify(mapping));
  writeFileSync(join(dir, 'rows.csv'), ROWS.join('\n'));
  return `import ${join(dir, 'rows.csv')} --mapping ${join(dir, 'map.json')}`;
}

describe('asking', () => {
  test('nothing or --help lists the commands, and each explains itself', async () => {
    expect(await run('')).toMatchObject({ code: 2 });
    const { code, out } = await run('--help');
    expect(code).toBe(0);
    const names = [...out.matchAll(/^ {2}([a-z-]+(?: (?:add|import))?) {2,}/gm)].map(([, name]) => name ?? '');
    expect(names).toHaveLength(21);
    for (const name of names) expect((await run(`${name} --help`)).out).toMatch(new RegExp(`^relight ${name} `));
    expect(existsSync(dataDir)).toBe(false);
  });

  test.each([
    ['exprot', /no command “exprot”/],
    ['import --history', /FILE: say which file/],
    ['import x.csv', /--mapping: say which/],
    ['import x.csv --maping y', /--maping: Unknown option/],
    ['log --from two', /--from: “two” is not a position/],
    ['log --subject order', /--subject: “order” is not a subject/],
    ['user add --name x --role king', /--role: “king” is none of crew, leader/],
    ['crew add --name x', /--unit: is missing/],
    ['enrol-code --crew a --person b --hours x', /--hours: “x” is not/],
    ['enrol-code --crew a --person b --count 0', /--count: “0” is not/],
    ['tracker add --crew x', /--id: is missing/],
    ['tracker add --id v --crew x --key short', /--key: shorter/],
    ['reference import', /FILE: say which file/],
    ['reference import x.csv --grid moon', /--grid: “moon” is none of/],
    ['customers import', /FILE: say which file/],
    ['customers import x.csv', /--unit: is missing/],
    ['map add', /FILE: say which archive/],
    ['tls no_host!', /HOST: “no_host!” is no host name/],
    ['worker of', /of: say on, off, or nothing/],
  ])('“%s” is asked wrongly', async (line, reason) => {
    const { code, err } = await run(line);
    expect(code).toBe(2);
    expect(err).toMatch(reason);
  });

  test('with --json a failure is an answer too', async () => {
    expect(await run('import nofile.csv --mapping map.json --json')).toMatchObject({
      code: 1,
      out: '{"error":{"field":"FILE","reason":"nofile.csv: there is no such file"}}\n',
    });
  });
});

test('units, crews, people and a code to enrol by', async () => {
  await run('unit add --name 市中心');
  await run('unit add --name 城东 --parent 市中心');
  await run('crew add --name 一班 --unit 城东');
  await run('user add --name 李强 --role crew --unit 城东');
  expect(
    await json('user add --name 王芳 --role dispatcher --unit 市中心 --password-stdin', 'correct horse\n'),
  ).toMatchObject({
    name: '王芳',
    login: true,
  });
  expect(await run('user add --name 王芳 --role admin --unit 市中心 --password-stdin', 'another one')).toMatchObject({
    code: 1,
  });
  expect(await run('user add --name 短 --role admin --unit 市中心 --password-stdin', 'short')).toMatchObject({
    code: 2,
  });
  expect(await json('enrol-code --crew 一班 --person 李强')).toMatchObject({
    code: expect.stringMatching(/^[A-Z2-9]{4}-/) as string,
  });
  expect(await run('crew add --name 二班 --unit 城西')).toMatchObject({
    code: 1,
    err: expect.stringContaining('“市中心”, “城东”') as string,
  });
  expect(await json('verify')).toMatchObject({ ok: true, events: 6 });
});

test('customers come in by the names of their columns, or by what is typed; each refused row is named', async () => {
  await run('unit add --name 城东');
  const file = join(dir, 'customers.csv');
  writeFileSync(file, '户号,门牌\n41,幸福路18号\n42,\n');
  expect(await run(`customers import ${file} --unit 城东`)).toMatchObject({
    code: 2,
    err: expect.stringContaining('say which column is address') as string,
  });
  const line = `customers import ${file} --unit 城东 --column address=门牌`;
  expect(await json(`${line} --dry-run`)).toMatchObject({ created: 1, refusedCount: 1 });
  const { code, out } = await run(line);
  expect(code).toBe(1);
  expect(out).toBe(
    'Read 2 rows: 1 new, 0 changed, 0 as before, 1 refused; 0 gone.\n  line 3, column 门牌: the address is empty\n',
  );
  expect(await json(line)).toMatchObject({ created: 0, unchanged: 1 });
});

test('tablets give up the app they keep, and keep it again, as the command line says', async () => {
  expect(await json('worker')).toEqual({ worker: 'on' });
  expect(await json('worker off')).toEqual({ worker: 'off' });
  expect(await json('worker')).toEqual({ worker: 'off' });
  expect(await json('worker on')).toEqual({ worker: 'on' });
});

test('codes for as many tablets as asked for, each another one that enrols', async () => {
  await run('unit add --name 城东');
  await run('crew add --name 一班 --unit 城东');
  await run('user add --name 李强 --role crew --unit 城东');
  const asked = 'enrol-code --crew 一班 --person 李强';
  const { codes, ...rest } = (await json(`${asked} --count 3`)) as { codes: string[] };
  expect(new Set(codes).size).toBe(3);
  expect(rest).not.toHaveProperty('code');
  expect(await json(`${asked} --count 1`)).not.toHaveProperty('codes');
  const { out } = await run(`${asked} --count 2`);
  expect(out.match(/^Code [A-Z2-9]{4}-[A-Z2-9]{4} for 一班, 李强; good once/gm)).toHaveLength(2);
  const store = openStore(dataDir, { clock, random });
  const door = openDoor(store, { clock, random });
  const from = { address: 'here', token: null };
  for (const code of codes) expect(await door.enrol(code, from)).toMatchObject({ ok: true });
  expect(await door.enrol(codes[0] ?? '', from)).toEqual({ ok: false, error: 'codeUsed' });
  store.close();
});

describe('report', () => {
  test('is a table, JSON or CSV; what is asked wrongly is named', async () => {
    await run(`${files()} --history`);
    expect((await run('report --by unit')).out).toMatch(/^arrival +城东 +1 +1 +1 /m);
    expect((await run('report --by unit --unit 城东 --rule arrival --csv')).out).toMatch(
      /^\uFEFFrule,key,name,orders,.*\r\narrival,all,,1,1,1,.*\r\narrival,\w+-\d+,城东,1,1,1,/,
    );
    expect(await run('report --by street')).toMatchObject({ code: 2, err: expect.stringContaining('--by') as string });
    expect(await run('report --from soon')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--from') as string,
    });
    expect(await run('report --csv --json')).toMatchObject({ code: 2 });
    expect(await run('report --unit 城北')).toMatchObject({ code: 1, err: expect.stringContaining('城北') as string });
  });
});

describe('redact', () => {
  test('says what would go, does it only when told so; copies and verify find nothing wrong', async () => {
    const { id: unit } = (await json('unit add --name 城东')) as { id: UnitId };
    const store = openStore(dataDir, { clock, random });
    const data = { unit, address: '一街', area: 'urban', channel: 'phone', customer: { name: '王小明' } } as const;
    const [order] = await store.log.record([{ subject: null, draft: { kind: 'reported', data }, by: null }]);
    store.close();
    expect(await run(`redact ${order}`)).toMatchObject({ code: 2 });
    expect(await run(`redact ${order} ${unit} --reason asked --yes`)).toMatchObject({ code: 1 });
    expect(await run('redact YYY-9 --reason asked')).toMatchObject({ code: 1 });
    const would = [{ id: order, kind: 'reported' }];
    expect(await json(`redact ${order} --reason asked`)).toEqual({ would });
    expect((await run(`log --data --subject order:${order}`)).out).toContain('王小明');
    expect(await json(`redact ${order} --reason asked --yes`)).toEqual({ erased: [order] });
    expect((await run(`log --data --subject order:${order}`)).out).not.toContain('王小明');
    expect(await json(`redact ${order} --reason asked`)).toEqual({ would: [] });
    expect(await json(`redact ${order} --reason asked --yes`)).toEqual({ erased: [] });
    expect(await json('verify')).toMatchObject({ ok: true });
    expect(await run(`backup ${join(dir, 'copies')}`)).toMatchObject({ code: 0 });
  });
});

describe('import', () => {
  test('brings live rows and history apart, and together all of them; twice is once', async () => {
    const line = files();
    expect(await json(line)).toMatchObject({
      read: 2,
      created: 1,
      unchanged: 0,
      skipped: 1,
      refused: [],
      unitsMade: ['城东'],
    });
    expect(await json(`${line} --history`)).toMatchObject({ created: 1, skipped: 1, unitsMade: [] });
    expect(await json(line)).toMatchObject({ created: 0, unchanged: 1, skipped: 1 });
    expect(await json('report --rule arrival')).toMatchObject({
      rules: [{ rule: 'arrival', area: 'all', orders: 2, stopped: 1, met: 1 }, { area: 'urban' }],
    });
    const kinds = (await run('log --ndjson')).out.matchAll(/"kind":"(\w+)"/g);
    expect([...kinds].map(([, kind]) => kind)).toEqual([
      'deviceEnrolled',
      'unitMade',
      'reported',
      'reported',
      'arrived',
      'restored',
      'closed',
      'archived',
    ]);
  });

  test('a dry run says the same and writes nothing, also into a directory that is not there', async () => {
    const line = files();
    expect(await json(`${line} --dry-run`)).toMatchObject({ read: 2, created: 1, skipped: 1, dryRun: true });
    expect(existsSync(dataDir)).toBe(false);
    await run(line);
    expect(await json(`${line} --dry-run`)).toMatchObject({ created: 0, unchanged: 1 });
  });

  test('a mapping without a unit asks for one, and one typed has to be there', async () => {
    const line = files(MAPPING);
    expect(await run(line)).toMatchObject({ code: 2, err: expect.stringContaining('--unit') as string });
    expect(await run(`${line} --unit 城东`)).toMatchObject({
      code: 1,
      err: expect.stringContaining('there is no “城东”') as string,
    });
    await run('unit add --name 城东');
    expect(await json(`${line} --unit 城东`)).toMatchObject({ created: 1 });
  });

  test('works beside a server that has the directory open, which notices', async () => {
    const server = openStore(dataDir, { clock, random });
    server.foreignCommit();
    expect(await json(`${files()} --history`)).toMatchObject({ created: 1 });
    expect(server.foreignCommit()).toBe(true);
    expect(await server.orders.bySource('s', '1')).not.toBeNull();
    server.close();
  });
});
