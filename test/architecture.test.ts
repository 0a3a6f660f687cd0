import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { isTest, objection, roomOf, targetOf } from './walls/arrows.ts';
import { cyclesOf } from './walls/cycles.ts';
import { longFiles, maxLines, rooms, severalRooms } from './walls/rooms.ts';
import { countAsyncTransactions, importsOf, impurities } from './walls/source.ts';

const root = join(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const files = globSync('{shared,web,server,test}/**/*.{ts,tsx,css,html}', { cwd: root })
  .filter((file) => !file.startsWith('server/store/migrations/'))
  .toSorted();
const code = files.filter((file) => /\.tsx?$/.test(file));
const sources = code.filter((file) => !isTest(file) && !file.endsWith('.config.ts'));
const imports = sources.flatMap((file) => importsOf(file, read(file)));

describe('arrows', () => {
  test('every import follows the table of rooms', () => {
    const broken = imports.flatMap((one) => {
      const reason = objection(one, rooms);
      return reason === undefined ? [] : [`${one.from}: ${reason}`];
    });
    expect(broken).toEqual([]);
  });

  test('every import of our own names a file that exists, ending and all', () => {
    const ours = code.flatMap((file) => importsOf(file, read(file)));
    const missing = ours.filter((one) => {
      const target = targetOf(one);
      return target !== undefined && !existsSync(join(root, target));
    });
    expect(missing).toEqual([]);
  });

  test('no file reaches itself at run time', () => {
    expect(cyclesOf(graph((one) => !one.typeOnly))).toEqual([]);
  });

  test('no types go round between rooms', () => {
    const across = cyclesOf(graph(() => true)).filter((group) => new Set(group.map(roomName)).size > 1);
    expect(across).toEqual([]);
  });

  test('every package in the table is a dependency', () => {
    const { dependencies } = JSON.parse(read('package.json')) as { readonly dependencies: object };
    const named = Object.values(rooms).flatMap(({ npm }) => npm ?? []);
    expect(named.filter((name) => name !== 'node:' && !(packageOf(name) in dependencies))).toEqual([]);
  });

  test('each package is the tenant of one room, or is listed with a reason', () => {
    const tenancies = Object.values(rooms).flatMap(({ npm }) => npm ?? []);
    const shared = new Set(tenancies.filter((name, at) => name !== 'node:' && tenancies.indexOf(name) !== at));
    expect([...shared].toSorted()).toEqual(Object.keys(severalRooms).toSorted());
  });
});

describe('shared', () => {
  test.each(sources.filter((file) => file.startsWith('shared/')))('%s is pure', (file) => {
    expect(impurities(file, read(file), { mayWait: file.startsWith('shared/engine/') })).toEqual([]);
  });
});

describe('store', () => {
  test('no transaction waits inside', () => {
    expect(code.filter((file) => file.startsWith('server/') && countAsyncTransactions(file, read(file)) > 0)).toEqual(
      [],
    );
  });
});

describe('oracle', () => {
  test('the second implementation shares no code with the first', () => {
    const oracle = code.filter((file) => file.startsWith('test/oracle/'));
    expect(oracle.length).toBeGreaterThan(0);
    expect(oracle.flatMap((file) => importsOf(file, read(file)).filter(leavesOracle))).toEqual([]);
  });

  test.each([
    `import { verdict } from '#shared/sla/verdict.ts';`,
    `import type { Order } from '#shared/order/state.ts';`,
    `export * from '../../shared/time/time.ts';`,
    `const later = await import('../laws/world.ts');`,
    `import { z } from 'zod';`,
  ])('%s is caught in it', (text) => {
    expect(importsOf('test/oracle/x.ts', text).filter(leavesOracle)).toHaveLength(1);
  });
});

describe('names and sizes', () => {
  test('no file is named after nothing', () => {
    const empty = /^(utils?|helpers?|common|misc|types?|constants?|managers?|index)\./;
    expect(
      files.filter((file) => empty.test(basename(file)) || file.split('/').some((part) => empty.test(`${part}.`))),
    ).toEqual([]);
  });

  test(`no file is longer than ${maxLines} lines, unless listed, and none on the list has grown`, () => {
    const tooLong = files
      .map((file) => ({ file, lines: read(file).trimEnd().split('\n').length }))
      .filter(({ file, lines }) => lines > (longFiles[file]?.lines ?? maxLines));
    expect(tooLong).toEqual([]);
  });

  test('the list of long files holds only files that are still long', () => {
    const listed = Object.keys(longFiles);
    expect(listed.filter((file) => !files.includes(file) || read(file).split('\n').length <= maxLines)).toEqual([]);
  });

  test('whoever silences a rule says why', () => {
    const silent = /(?:ox|es)lint-disable(?!.* -- \S)/;
    expect(
      code.filter((file) =>
        read(file)
          .split('\n')
          .some((line) => silent.test(line) && !line.includes('const silent')),
      ),
    ).toEqual([]);
  });
});

describe('the checker itself', () => {
  const importing = (from: string, text: string) =>
    importsOf(from, text)
      .map((one) => objection(one, rooms))
      .filter((reason) => reason !== undefined);

  test.each([
    ['web/crew/orders/list.tsx', `import { outbox } from '../../storage/outbox.ts';`],
    ['web/crew/orders/list.tsx', `export * from '../../storage/outbox.ts';`],
    ['web/crew/orders/list.tsx', `const later = await import('../../storage/outbox.ts');`],
    ['web/crew/orders/list.tsx', `import { sheet } from '../report/sheet.tsx';`],
    ['web/crew/orders/list.tsx', `import { board } from '../../desk/board.tsx';`],
    ['web/crew/orders/list.tsx', `import { submit } from '#shared/engine/submit.ts';`],
    ['web/map/map.ts', `import { fold } from '#shared/order/fold.ts';`],
    ['web/write/submit.ts', `import type { App } from '../../server/app.ts';`],
    ['web/write/submit.ts', `import type { App } from '#server/app.ts';`],
    ['web/read/orders.ts', `import { z } from 'zod';`],
    ['web/read/orders.ts', `import { ok } from '../../shared/result.ts';`],
    ['shared/order/fold.ts', `import { verdict } from '../sla/verdict.ts';`],
    ['shared/order/fold.ts', `import { readFileSync } from 'node:fs';`],
    ['shared/brand-new/thing.ts', `import { ok } from '#shared/result.ts';`],
    ['server/routes/sync.ts', `import { append } from '../store/log.ts';`],
    ['server/services/ingest.ts', `import { sql } from 'drizzle-orm';`],
    ['server/services/ingest.ts', `import { anOrder } from '../../test/builders.ts';`],
    ['server/services/ingest.ts', `import { twice } from './pull.test.ts';`],
  ])('%s is not let through with: %s', (from, text) => {
    expect(importing(from, text)).toHaveLength(1);
  });

  test.each([
    ['web/crew/orders/list.tsx', `import { orders } from '../../read/orders.ts';`],
    ['web/crew/orders/list.tsx', `import type { Refusal } from '#shared/engine/submit.ts';`],
    ['web/crew/orders/list.tsx', `import { type Refusal } from '#shared/engine/submit.ts';`],
    ['shared/sla/verdict.ts', `import { fold } from '#shared/order/fold.ts';`],
    ['server/store/log.ts', `import { sql } from 'drizzle-orm/sql';`],
    ['server/store/log.test.ts', `import { main } from '../main.ts';`],
  ])('%s is let through with: %s', (from, text) => {
    expect(importing(from, text)).toEqual([]);
  });

  test.each([
    ['Date.now', 'export const at = () => Date.now();'],
    ['new Date()', 'export const at = () => new Date();'],
    ['Date()', 'export const at = () => Date();'],
    ['Math.random', 'export const n = () => Math.random();'],
    ['console', `export const say = () => console.log('x');`],
    ['async', 'export const late = async () => {};'],
  ])('%s in shared is caught', (what, text) => {
    expect(impurities('shared/x.ts', text, { mayWait: false })).toEqual([what]);
  });

  test('a given instant and waiting in the engine are allowed', () => {
    const text = 'export const at = async (ms: number) => new Date(await ms);';
    expect(impurities('shared/engine/x.ts', text, { mayWait: true })).toEqual([]);
  });

  test('a transaction that waits is caught, one that does not is not', () => {
    expect(countAsyncTransactions('x.ts', 'db.transaction(async (tx) => { await tx; });')).toBe(1);
    expect(countAsyncTransactions('x.ts', 'this.db.transaction((tx) => { tx.run(); });')).toBe(0);
  });

  test('a ring of three is one cycle, a diamond is none', () => {
    const ring = new Map([
      ['a', ['b']],
      ['b', ['c']],
      ['c', ['a']],
      ['d', ['a']],
    ]);
    const diamond = new Map([
      ['a', ['b', 'c']],
      ['b', ['d']],
      ['c', ['d']],
      ['d', []],
    ]);
    expect(cyclesOf(ring)).toEqual([['a', 'b', 'c']]);
    expect(cyclesOf(diamond)).toEqual([]);
  });
});

function graph(counts: (one: (typeof imports)[number]) => boolean): ReadonlyMap<string, readonly string[]> {
  const edges = imports.filter(counts);
  const targetsOf = (file: string) => edges.filter(({ from }) => from === file).flatMap((one) => targetOf(one) ?? []);
  return new Map(sources.map((file) => [file, targetsOf(file)]));
}

/** The oracle imports only itself; its tests also the test runner. */
function leavesOracle(one: (typeof imports)[number]): boolean {
  const target = targetOf(one);
  if (target !== undefined) return !target.startsWith('test/oracle/');
  return !(one.from.endsWith('.test.ts') && one.specifier === 'vitest');
}

function roomName(file: string): string {
  return roomOf(file, rooms) ?? file;
}

/** `zod` of `zod/mini`, `@noble/hashes` of itself. */
function packageOf(name: string): string {
  return name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');
}
