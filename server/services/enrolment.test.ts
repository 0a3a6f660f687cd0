import { afterEach, beforeEach, expect, test } from 'vitest';

import { asPersonId, mintWriter, type WriterId } from '#shared/ids.ts';

import { startWorld, type World } from '../../test/laws/world.ts';
import { fakeRandom } from '../device/fake-random.ts';
import type { Random } from '../device/random.ts';
import { createEnrolment } from './enrolment.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

/** The same bytes so many times, then others. */
const repeating = (times: number): Random => {
  const [same, others] = [fakeRandom('same')(3), fakeRandom('others')];
  let left = times;
  return (count) => (left-- > 0 ? same : others(count));
};
const enrolment = (random: Random) => {
  const { roster, log } = world.store;
  return createEnrolment({ roster, random, record: log.record });
};
const newcomer = async () => {
  const person = asPersonId(
    await world.record({ kind: 'personMade', data: { name: '老周', unit: world.east, role: 'crew' } }),
  );
  return { form: 'tablet', unit: world.east, person, crew: world.crews[0] } as const;
};

test('I3 two devices that are enrolled at once never get one name', async () => {
  const { enrol } = enrolment(repeating(3));
  const who = await newcomer();
  const made = await Promise.all([enrol(who), enrol(who), enrol(who)]);
  expect(made[0].writer).toBe(mintWriter(fakeRandom('same')(3)));
  expect(new Set(made.map(({ writer }) => writer)).size).toBe(3);
  for (const { device, writer } of made) expect(await world.store.roster.deviceOf(writer)).toBe(device);
  const names = world.rows<{ writer: string }>(
    `select json_extract(body, '$.data.writer') as writer from event where kind = 'deviceEnrolled'`,
  );
  expect(new Set(names.map(({ writer }) => writer)).size).toBe(names.length);
});

test('I3 a later name that two devices want at once is given to one of them, and to both pages of that one', async () => {
  const { enrol, register } = enrolment(fakeRandom('later'));
  const who = await newcomer();
  const { device, writer } = await enrol(who);
  const row = (await world.store.roster.device(device))!;
  const wanted = `${writer}4Q` as WriterId;
  expect(await Promise.all([register(row, wanted, who.person), register(row, wanted, who.person)])).toEqual([
    wanted,
    wanted,
  ]);
  const other = (await world.store.roster.device((await enrol(who)).device))!;
  const given = await register({ ...other, writers: row.writers }, wanted, who.person);
  expect(given).not.toBe(wanted);
  expect(await world.store.roster.deviceOf(given)).toBe(other.id);
});
