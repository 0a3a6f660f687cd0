import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { at } from '../../test/builders.ts';
import { clockFiles } from '../device/clock-files.ts';
import { fakeMachine } from '../device/fake-machine.ts';
import { createGuardedClock } from '../device/guarded-clock.ts';
import { runRelight } from './run-relight.ts';

const HOUR = 3_600_000;
let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'relight-clock-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

/** A machine whose clock jumps by an hour while a server runs, and the command line on it. */
async function clockVerb(line: string, jumped = HOUR) {
  const machine = fakeMachine(at('12:00'));
  clockFiles(dataDir).keepAnchor(createGuardedClock(machine, null).anchor());
  machine.pass(60_000);
  machine.set(jumped);
  let out = '';
  let complaint = '';
  const code = await runRelight(['clock', ...line.split(' ').filter(Boolean)], {
    env: { DATA_DIR: dataDir },
    stdin: Readable.from([]),
    stdout: (text) => {
      out += text;
      return Promise.resolve();
    },
    stderr: (text) => void (complaint += text),
    clock: machine.wall,
    random: () => new Uint8Array(),
    readings: machine,
  });
  return { code, out, complaint };
}

test('a jump is shown with what to do about it', async () => {
  const { code, out } = await clockVerb('');
  expect(code).toBe(0);
  expect(out.split('\n')).toEqual([
    'Server time   2026-11-21T12:01:00.000Z',
    'This machine  2026-11-21T13:01:00.000Z, ahead by 1 h 0 min',
    'If the clock of this machine is right: relight clock accept',
    '',
  ]);
  expect(JSON.parse((await clockVerb('--json', -HOUR)).out)).toMatchObject({ jump: { by: -HOUR } });
});

test('a running server takes what was accepted; one that does not run takes it when it starts', async () => {
  const files = clockFiles(dataDir);
  const server = setInterval(() => {
    if (files.accepted() === HOUR) files.dropAccepted();
  }, 20);
  expect((await clockVerb('accept')).out).toMatch('Accepted: the running server follows it.');
  clearInterval(server);
  expect((await clockVerb('accept')).out).toMatch('Accepted: the server follows it when it starts.');
  expect(files.accepted()).toBe(HOUR);
});

test('without a jump there is nothing to accept', async () => {
  const { code, complaint } = await clockVerb('accept', 0);
  expect(code).toBe(1);
  expect(complaint).toMatch('there is nothing to accept');
  expect(clockFiles(dataDir).accepted()).toBeNull();
  expect((await clockVerb('reject')).code).toBe(2);
});
