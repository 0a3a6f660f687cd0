import { expect, test } from 'vitest';

import { ActivatedRules, MadeCode, Made } from '../../shared/api/administration.ts';
import { SOUTHERN_GRID } from '../../shared/sla/packs/southern-grid.ts';
import { aServer } from './harness.ts';

test('a leader makes a code for a crew of the unit, good once; of another unit there is none', async () => {
  const server = await aServer();
  const { k1, k3 } = server.world.codes;
  const token = await server.desk('leader');
  const made = await server.call('/v1/codes', { token, body: { ...k1, hours: 2 } });
  const { code, endsAt } = MadeCode.parse(await made.json());
  expect(endsAt).toBe(server.clock() + 7_200_000);
  expect((await server.call('/v1/enrol', { body: { code } })).status).toBe(200);
  expect((await server.call('/v1/enrol', { body: { code } })).status).not.toBe(200);
  for (const body of [
    { ...k3, hours: 2 },
    { ...k1, person: k3.person, hours: 2 },
  ])
    expect((await server.call('/v1/codes', { token, body })).status).toBe(404);
});

test('a code is good no longer than it says', async () => {
  const server = await aServer();
  const body = { ...server.world.codes.k1, hours: 1 };
  const made = await server.call('/v1/codes', { token: await server.desk('admin'), body });
  const { code } = MadeCode.parse(await made.json());
  server.clock.advance(3_600_001);
  expect((await server.call('/v1/enrol', { body: { code } })).status).not.toBe(200);
});

test('a unit, a crew and a person are made, the person signs in; a login of that name is not made twice', async () => {
  const server = await aServer();
  const token = await server.desk('admin');
  const made = async (path: string, body: object) =>
    Made.parse(await (await server.call(path, { token, body })).json());
  const { district1 } = server.world.units;
  const { id: unit } = await made('/v1/units', { name: '临江', level: 'station', parent: district1 });
  await made('/v1/crews', { name: '四班', unit, van: '川A·1001' });
  const person = { name: '赵调度', unit, role: 'dispatcher', password: 'a-long-password' };
  await made('/v1/people', person);
  const signIn = { name: ' 赵调度', password: person.password, writer: null };
  const session = await server.call('/v1/session', { body: signIn });
  expect(await session.json()).toMatchObject({ session: { unit: { id: unit, name: '临江' } } });

  const before = await server.opened.store.roster.people();
  const again = await server.call('/v1/people', { token, body: person });
  expect([again.status, await again.json()]).toMatchObject([400, { code: 'badRequest', field: 'name' }]);
  expect(await server.opened.store.roster.people()).toEqual(before);
});

test('who made it stands in the log', async () => {
  const server = await aServer();
  const body = { name: '五班', unit: server.world.units.station1 };
  const made = await server.call('/v1/crews', { token: await server.desk('admin'), body });
  const { id } = Made.parse(await made.json());
  const [line] = await server.opened.store.pages.page(0, 10, `crew:${id}` as never);
  expect(line?.event).toMatchObject({ kind: 'crewMade', by: server.world.people.admin });
});

test('a new password opens, the old one does not, and what was open in that name is closed; crews have none', async () => {
  const server = await aServer();
  const token = await server.desk('admin');
  const open = await server.desk('dispatcher');
  const { dispatcher, crew } = server.world.people;
  const give = (person: string) =>
    server.call('/v1/passwords', { token, body: { person, password: 'a-new-password' } });
  expect((await give(dispatcher)).status).toBe(204);
  expect((await server.call('/v1/session', { method: 'GET', token: open })).status).toBe(401);
  const signIn = (password: string) =>
    server.call('/v1/session', { body: { name: 'dispatcher', password, writer: null } });
  expect((await signIn('dispatcher-password')).status).not.toBe(200);
  expect((await signIn('a-new-password')).status).toBe(200);
  expect(await (await give(crew)).json()).toMatchObject({ code: 'badRequest', field: 'person' });
});

test('a rule pack holds from now or later for the whole company, never for what was; one that makes no sense is named by its field', async () => {
  const server = await aServer();
  const token = await server.desk('admin');
  const activate = (from: number | null, pack: object = SOUTHERN_GRID) =>
    server.call('/v1/rules', { token, body: { from, pack } });
  const now = server.clock();
  const { from } = ActivatedRules.parse(await (await activate(null)).json());
  expect(from).toBe(now);
  expect((await activate(now + 60_000)).status).toBe(200);
  expect(await (await activate(now - 1)).json()).toMatchObject({ field: 'from' });
  const [rule] = SOUTHERN_GRID.rules;
  const twice = { ...SOUTHERN_GRID, rules: [rule, rule] };
  expect(await (await activate(null, twice)).json()).toMatchObject({ field: 'pack.rules.1.id', reason: 'sameId' });
  const activations = await server.opened.store.roster.activations();
  expect(activations.map(({ from: since, pack }) => [since, pack.id])).toEqual([
    [now, SOUTHERN_GRID.id],
    [now + 60_000, SOUTHERN_GRID.id],
  ]);
});
