import { expect, test } from 'vitest';

import { createDiskWatch, SHORT_AT } from './disk-watch.ts';

function aWatch() {
  const free: Record<string, number | null> = { '/data': 10 * SHORT_AT.soon, '/copies': 10 * SHORT_AT.soon };
  const said: string[] = [];
  let now = 1_000_000;
  const tell = (level: string) => (_: object, text: string) => void said.push(`${level}: ${text.split(':', 1)[0]}`);
  const watch = createDiskWatch({
    folders: [
      { where: 'data', path: '/data' },
      { where: 'backups', path: '/copies' },
    ],
    space: (path) => {
      const left = free[path];
      return left == null ? Promise.reject(new Error('EIO')) : Promise.resolve(left);
    },
    log: { info: tell('info'), warn: tell('warn'), error: tell('error') },
    clock: () => now,
  });
  const look = async (path: string, left: number | null) => {
    free[path] = left;
    now += 60_000;
    return { news: await watch.beat(), short: watch.short() };
  };
  return { watch, look, said, free };
}

test('a disk that fills up is told twice, and once more when there is room', async () => {
  const { look, said } = aWatch();
  expect(await look('/data', SHORT_AT.soon)).toEqual({ news: false, short: null });
  const soon = SHORT_AT.soon - 1;
  expect(await look('/data', soon)).toEqual({ news: true, short: { where: 'data', level: 'soon', free: soon } });
  expect((await look('/data', SHORT_AT.now)).news).toBe(false);
  expect(await look('/data', SHORT_AT.now - 1)).toMatchObject({ news: true, short: { level: 'now' } });
  expect(await look('/data', 4 * SHORT_AT.soon)).toEqual({ news: true, short: null });
  expect(said).toEqual([
    'warn: the disk is filling up',
    'error: the disk is nearly full',
    'info: there is room on the disk again',
  ]);
});

test('one that stays at the edge is told once', async () => {
  const { look, said } = aWatch();
  for (let round = 0; round < 20; round += 1) {
    await look('/data', SHORT_AT.now - 1);
    await look('/data', SHORT_AT.now * 1.2);
  }
  for (let round = 0; round < 20; round += 1) {
    await look('/data', SHORT_AT.soon * 1.2);
    await look('/data', SHORT_AT.soon - 1);
  }
  expect(said).toEqual(['error: the disk is nearly full', 'warn: the disk is filling up']);
});

test('the shorter of two disks is shown; what cannot be read changes nothing', async () => {
  const { look, watch, said, free } = aWatch();
  await look('/copies', SHORT_AT.soon - 1);
  expect((await look('/data', SHORT_AT.now - 1)).short).toMatchObject({ where: 'data', level: 'now' });
  free['/data'] = null;
  expect(await look('/copies', 1)).toMatchObject({ news: true, short: { where: 'backups', level: 'now' } });
  expect(said.filter((line) => line.includes('cannot be read'))).toHaveLength(1);
  expect(await watch.beat()).toBe(false);
});
