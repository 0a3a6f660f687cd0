import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { at } from '../../test/builders.ts';
import { fakeRandom } from '../device/fake-random.ts';
import { databaseFile, openStore } from '../store/open-store.ts';
import { runRelight } from './run-relight.ts';

let dir: string;
let dataDir: string;
let backups: string;
let now: number;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'relight-restore-'));
  dataDir = join(dir, 'data');
  backups = join(dir, 'backups');
  now = at('12:00');
});
afterEach(() => rmSync(dir, { recursive: true }));

const ports = { clock: () => now, random: fakeRandom('restore') };

async function run(line: string) {
  let out = '';
  let err = '';
  const code = await runRelight(line.split(' '), {
    ...ports,
    env: { DATA_DIR: dataDir },
    stdin: Readable.from(['']),
    stdout: (text) => {
      out += text;
      return Promise.resolve();
    },
    stderr: (text) => void (err += text),
  });
  return { code, out, err };
}

async function headOf() {
  const store = openStore(dataDir, ports);
  try {
    return await store.log.head();
  } finally {
    store.close();
  }
}

async function backup(): Promise<string> {
  now += 60_000;
  const made = await run(`backup ${backups} --json`);
  return (JSON.parse(made.out) as { file: string }).file;
}

test('I12 a restored server begins a history of its own, says so, and keeps what stood there', async () => {
  await run('unit add --name 城东 --level centre');
  const before = await headOf();
  const file = await backup();
  await run('unit add --name 城西 --level centre');
  const done = await run(`restore ${file} --gather 30`);
  expect(done).toMatchObject({ code: 0, err: '' });
  const after = await headOf();
  expect(after).toMatchObject({ q: before.q + 1, gatherUntil: now + 30_000 });
  expect(after.epoch).not.toBe(before.epoch);
  expect(after.process).not.toBe(before.process);
  expect((await run('verify')).code).toBe(0);
  const aside = readdirSync(dataDir).filter((name) => name.includes('before'));
  expect(aside).toHaveLength(1);
  expect(readdirSync(dataDir)).not.toContain('restoring');
});

test('a backup can be restored into an empty directory, and again', async () => {
  await run('unit add --name 城东 --level centre');
  const file = await backup();
  dataDir = join(dir, 'other');
  expect((await run(`restore ${file}`)).code).toBe(0);
  const first = await headOf();
  expect((await run(`restore ${file}`)).code).toBe(0);
  expect((await headOf()).epoch).not.toBe(first.epoch);
});

test('nothing is touched while a server has the database open, or when the copy is damaged or not the newest', async () => {
  await run('unit add --name 城东 --level centre');
  const file = await backup();
  const open = openStore(dataDir, ports);
  const refused = await run(`restore ${file}`);
  open.close();
  expect(refused).toMatchObject({ code: 1 });
  expect(refused.err).toContain('stop the server first');

  await run('unit add --name 城西 --level centre');
  const newer = await backup();
  expect((await run(`restore ${file}`)).err).toContain('is newer');
  const before = await headOf();
  writeFileSync(newer, 'no database');
  expect(await run(`restore ${newer}`)).toMatchObject({ code: 1, err: expect.stringContaining('damaged') as string });
  expect(await headOf()).toEqual(before);
  expect((await run(`restore ${file} --older`)).code).toBe(0);
  expect((await run(`restore ${join(dir, 'nothing.db')}`)).code).toBe(2);
  expect(existsSync(databaseFile(dataDir))).toBe(true);
});

test('what is held is listed, shown and judged again', async () => {
  await run('unit add --name 城东 --level centre');
  expect((await run('quarantine list')).out).toBe('Nothing is held.\n');
  const store = openStore(dataDir, ports);
  const receipt = { server: now, reading: { wall: now, mono: 0, page: 'p' } };
  const item = { is: 'held', writer: null, n: 0, code: 'unreadable', raw: '{"event":7}' } as const;
  const device = `${(await store.log.head()).process}-1`;
  const [row] = await store.pages.page(0, 1);
  expect(row?.event.writer).toBe(device.slice(0, 3));
  const { subjectId } = await import('#shared/ids.ts');
  await store.log.append([item], { device: subjectId(row!.event.subject), receipt }, () => null);
  store.close();

  expect((await run('quarantine list')).out).toContain('unreadable 1');
  expect((await run('quarantine show H1')).out).toContain('{"event":7}');
  expect(await run('quarantine release H1')).toMatchObject({
    code: 1,
    out: 'H1 stays: unreadable\n0 released, 1 stay.\n',
  });
  expect((await run('quarantine release --code unreadable')).code).toBe(1);
  expect((await run('quarantine release')).code).toBe(2);
  expect((await run('quarantine show 7')).code).toBe(2);
  expect((await run('quarantine list --code nonsense')).code).toBe(2);
});
