import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { at } from '../../test/builders.ts';
import { clockFiles } from '../device/clock-files.ts';
import { fakeMachine, type FakeMachine } from '../device/fake-machine.ts';
import { createGuardedClock, type GuardedClock } from '../device/guarded-clock.ts';
import { openClockKeeper, type ClockKeeper } from './clock-keeper.ts';

const HOUR = 3_600_000;
const START = at('12:00');

let dir: string;
let machine: FakeMachine;
let said: string[];
let receipt: number;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'relight-clock-'));
  machine = fakeMachine(START);
  said = [];
  receipt = START;
});
afterEach(() => rmSync(dir, { recursive: true }));

const files = () => clockFiles(dir);

/** A process: its clock, and what it does each second. The one before it was killed. */
async function start(): Promise<{ clock: GuardedClock; keeper: ClockKeeper; seconds: (n: number) => Promise<void> }> {
  const clock = createGuardedClock(machine, files().anchor());
  const say = (level: string) => (_: object, says: string) => void said.push(`${level}: ${says}`);
  const log = { info: say('info'), warn: say('warn'), error: say('error') };
  const keeper = await openClockKeeper({ clock, files: files(), log, latestReceipt: () => Promise.resolve(receipt) });
  const seconds = async (n: number): Promise<void> => {
    for (let second = 0; second < n; second += 1) {
      machine.pass(1_000);
      await keeper.beat();
    }
  };
  return { clock, keeper, seconds };
}

describe('a jump of the machine’s clock', () => {
  test('is logged once as an error, and once more when it is over', async () => {
    const { seconds } = await start();
    await seconds(3);
    machine.set(HOUR);
    await seconds(30);
    machine.set(-HOUR);
    await seconds(30);
    expect(said).toEqual([
      'error: the clock of this machine jumped; server time does not follow',
      'info: the clock of this machine agrees with server time again',
    ]);
  });

  test('that a person accepts is followed at the next beat', async () => {
    const { clock, keeper, seconds } = await start();
    machine.set(HOUR);
    await seconds(1);
    files().putAccepted(HOUR);
    await seconds(1);
    expect(clock.now()).toBe(machine.wall());
    expect(keeper.jump()).toBeNull();
    expect(files().accepted()).toBeNull();
  });

  test('that is not there any more is not accepted, and nobody is asked again', async () => {
    const { clock, seconds } = await start();
    files().putAccepted(HOUR);
    await seconds(1);
    expect(clock.now()).toBe(machine.trueTime());
    expect(files().accepted()).toBeNull();
    expect(said.at(-1)).toMatch(/^warn: .* nothing changes$/);
  });
});

describe('a process that is killed', () => {
  test('in the middle of a jump: the next one knows what time it is', async () => {
    const { seconds } = await start();
    await seconds(5);
    machine.set(HOUR);
    await seconds(5);
    machine.pass(3_000);
    const next = await start();
    expect(Math.abs(next.clock.now() - machine.trueTime())).toBeLessThanOrEqual(20);
    expect(next.keeper.jump()?.by).toBeCloseTo(HOUR, -2);
  });

  test('writes down what time it is every two seconds, and leaves no other file', async () => {
    const { seconds } = await start();
    await seconds(10);
    expect(machine.trueTime() - (files().anchor()?.at ?? 0)).toBeLessThanOrEqual(2_000);
    expect(readdirSync(dir)).toEqual(['clock.json']);
  });

  test.each(['', '{"boot":', '{"boot":"boot-1","up":"x"}', 'null'])(
    'with a power cut that left %j: the next one believes the clock',
    async (text) => {
      writeFileSync(join(dir, 'clock.json'), text);
      expect((await start()).clock.now()).toBe(machine.trueTime());
    },
  );
});

describe('after a reboot', () => {
  test('it is never earlier than the last receipt', async () => {
    const { seconds } = await start();
    await seconds(5);
    receipt = START + 5_500;
    machine.reboot(60_000);
    machine.set(-HOUR);
    const { clock, keeper } = await start();
    expect(clock.now()).toBe(receipt);
    expect(keeper.jump()).not.toBeNull();
  });

  test('receipts from before a person accepted an earlier time do not bind', async () => {
    machine.set(HOUR);
    receipt = machine.wall();
    const { clock, seconds } = await start();
    machine.set(-HOUR);
    files().putAccepted(-HOUR);
    await seconds(3);
    machine.reboot(60_000);
    expect((await start()).clock.now()).toBe(machine.trueTime());

    // What is received from then on does.
    receipt = clock.now() + 2 * HOUR;
    machine.reboot(60_000);
    expect((await start()).clock.now()).toBe(receipt);
  });
});
