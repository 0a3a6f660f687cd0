import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { STATE_GRID } from '#shared/sla/packs/state-grid.ts';

import { at } from '../../test/builders.ts';
import { fakeRandom } from '../device/fake-random.ts';
import { runRelight } from './run-relight.ts';

let dir: string;
let now = at('12:00');
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'relight-rules-'));
  now = at('12:00');
});
afterEach(() => rmSync(dir, { recursive: true }));

const random = fakeRandom('rules');

async function run(...args: string[]) {
  let out = '';
  let err = '';
  const code = await runRelight(args, {
    env: { DATA_DIR: join(dir, 'data') },
    stdin: Readable.from(['']),
    stdout: (text) => {
      out += text;
      return Promise.resolve();
    },
    stderr: (text) => void (err += text),
    clock: () => now,
    random,
  });
  return { code, out, err };
}

function file(text: string): string {
  const path = join(dir, 'pack.json');
  writeFileSync(path, text);
  return path;
}
const packFile = (change: (pack: Pack) => void): string => {
  const pack = JSON.parse(JSON.stringify(STATE_GRID)) as Pack;
  change(pack);
  return file(JSON.stringify(pack));
};
type Pack = { id: string; rules: Record<string, unknown>[]; [name: string]: unknown };

describe('relight rules', () => {
  test('a shipped pack is written out to be edited, and is in order as it stands', async () => {
    const { code, out } = await run('rules', 'show', '--pack', 'state-grid');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual(STATE_GRID);
    expect(await run('rules', 'check', file(out))).toMatchObject({ code: 0 });
    const southern = file((await run('rules', 'show', '--pack', 'southern-grid')).out);
    expect(await run('rules', 'check', southern)).toMatchObject({ code: 0 });
    expect(await run('rules', 'show', '--pack', 'mars')).toMatchObject({ code: 2 });
  });

  test('check says everything that is wrong, each with its place', async () => {
    const path = packFile((pack) => {
      pack['silenceHours'] = 'a day';
      pack.rules[0] = { ...pack.rules[0], kind: 'wish', limitMin: { urban: -5 }, importantmin: { urban: 30 } };
    });
    const { code, out } = await run('rules', 'check', path);
    expect(code).toBe(1);
    expect(out.trim().split('\n')).toEqual([
      'silenceHours: should be a number',
      'rules.0.kind: should be one of target, ceiling',
      'rules.0.limitMin.urban: should be more than 0',
    ]);
    const misspelt = packFile((pack) => (pack.rules[0] = { ...pack.rules[0], importantmin: { urban: 30 } }));
    expect((await run('rules', 'check', misspelt)).out).toContain('rules.0.importantmin: no rule pack has this');
    const climbing = packFile((pack) => (pack.rules[0] = { ...pack.rules[0], levels: {} }));
    expect((await run('rules', 'check', climbing)).out).toContain('rules.0.escalate: climbs from levels.missed');
    expect((await run('rules', 'check', file('{'))).out).toContain('not JSON');
    expect((await run('rules', 'check', join(dir, 'nowhere.json'))).out).toContain('cannot be read');
  });

  test('activate puts a pack into force now or later, never for a time that has passed, never a broken one', async () => {
    const path = packFile((pack) => (pack.id = 'ours'));
    expect((await run('rules', 'activate', path, '--from', 'now')).err).toContain('there is no unit yet');
    await run('unit', 'add', '--name', '客服中心');
    expect(await run('rules', 'activate', path, '--from', 'now')).toMatchObject({ code: 0 });
    now += 60_000;
    expect(await run('rules', 'activate', path, '--from', '2026-11-22', '--zone', '+08:00')).toMatchObject({ code: 0 });
    for (const [args, reason] of [
      [['--from', '2026-11-21T12:00:59Z'], /--from: that time has passed/],
      [['--from', '2026-11-21'], /--from: .+ names no time zone/],
      [['--from', 'soon', '--zone', 'UTC'], /--from: “soon” is not a time/],
      [['--from', '2026-12-01', '--zone', 'Mars'], /--zone: “Mars” is not a time zone/],
      [[], /--from: say from when/],
    ] as const) {
      const refused = await run('rules', 'activate', path, ...args);
      expect(refused.err).toMatch(reason);
      expect(refused.code).toBeGreaterThan(0);
    }
    const broken = packFile((pack) => (pack.rules = []));
    expect((await run('rules', 'activate', broken, '--from', 'now')).err).toMatch(/rules: should be at least 1/);

    const shown = JSON.parse((await run('rules', 'show', '--json')).out) as {
      current: Pack;
      activated: { from: number }[];
    };
    expect(shown.current.id).toBe('ours');
    expect(shown.activated.map(({ from }) => from)).toEqual([at('12:00'), Date.parse('2026-11-21T16:00:00Z')]);
    expect((await run('rules', 'show')).out).toContain('Now in force: “ours”');
    expect(JSON.parse((await run('verify', '--json')).out)).toMatchObject({ ok: true });
  });

  test('where there are several centres one has to be named', async () => {
    const path = packFile(() => undefined);
    for (const name of ['东', '西']) await run('unit', 'add', '--name', name);
    await run('unit', 'add', '--name', '东站', '--parent', '东');
    expect((await run('rules', 'activate', path, '--from', 'now')).err).toContain('--unit: there are several centres');
    expect((await run('rules', 'activate', path, '--from', 'now', '--unit', '东站')).err).toContain('--unit');
    expect(await run('rules', 'activate', path, '--from', 'now', '--unit', '西')).toMatchObject({ code: 0 });
  });
});
