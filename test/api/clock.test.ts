import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { createApp } from '../../server/app.ts';
import { parseConfig } from '../../server/config.ts';
import { fakeMachine } from '../../server/device/fake-machine.ts';
import { createGuardedClock } from '../../server/device/guarded-clock.ts';
import { systemRandom } from '../../server/device/random.ts';
import { openServices } from '../../server/open-services.ts';
import { must } from '../../shared/result.ts';
import { CHEAP, keptLog, START, tokenOf } from './harness.ts';
import { syncRequest } from './requests.ts';
import { makeWorld } from './world.ts';

const HOUR = 3_600_000;

/** A server on a machine whose clock can be set. */
async function aMachine() {
  const dataDir = await mkdtemp(join(tmpdir(), 'relight-clock-'));
  const config = must(parseConfig({ DATA_DIR: dataDir }));
  const machine = fakeMachine(START);
  const guarded = createGuardedClock(machine, null);
  const { log, logged } = keptLog();
  const clock = guarded.now;
  const opened = await openServices(config, { clock, guarded, random: systemRandom, log }, { passwordCost: CHEAP });
  onTestFinished(async () => {
    await opened.close();
    await rm(dataDir, { recursive: true });
  });
  await makeWorld(opened);
  const app = createApp(opened.services, { ...config, dist: '/nowhere' }, { clock, log });
  const call = async (path: string, token: string, body?: object): Promise<Response> =>
    app.request(`http://localhost${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  const json = async (answer: Promise<Response>): Promise<unknown> => (await answer).json();
  const signIn = { name: 'dispatcher', password: 'dispatcher-password', writer: null };
  const desk = tokenOf(await call('/v1/session', '', signIn));
  return {
    machine,
    logged,
    beat: () => opened.beat(),
    health: () => json(call('/healthz', '')),
    pull: () => json(call('/v1/sync', desk, syncRequest({ pull: true }))),
  };
}

test('a clock that jumps is told to whoever watches and to the desk, and what is received keeps its time', async () => {
  const { machine, logged, beat, health, pull } = await aMachine();
  expect(await health()).toMatchObject({ jump: null });
  machine.set(HOUR);
  await beat();
  const jump = { by: HOUR, since: START };
  expect(await health()).toMatchObject({ jump });
  expect(await pull()).toMatchObject({ live: { jump }, clock: { received: START } });
  expect(logged().match(/the clock of this machine jumped/g)).toHaveLength(1);

  machine.set(-HOUR);
  await beat();
  expect(await health()).toMatchObject({ jump: null });
  expect(await pull()).not.toHaveProperty('live.jump');
});
