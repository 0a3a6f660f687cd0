import { beforeEach, expect, test } from 'vitest';

import { SignedIn } from '../../shared/api/session.ts';
import { aServer, tokenOf, type TestServer } from './harness.ts';

let server: TestServer;
beforeEach(async () => {
  server = await aServer();
});

const newCode = () => server.opened.services.door.makeCode({ ...server.world.codes.k1, forMs: 60_000 });
const enrol = async () => {
  const answer = await server.call('/v1/enrol', { body: { code: await newCode() } });
  return { cookie: tokenOf(answer), ...SignedIn.parse(await answer.json()) };
};
const wasOf = async ({ session }: SignedIn) => (await server.opened.store.roster.device(session.device))?.was;
const asTablet = (token: string) => ({ cookie: `__Host-relight-tablet=${token}`, 'relight-form': 'tablet' });

test('a browser that shows what it was is known to have been that, signed out or not', async () => {
  const first = await enrol();
  expect(await wasOf(first)).toBe(null);
  const headers = { ...asTablet(first.cookie), origin: 'http://localhost' };
  await server.call('/v1/session', { method: 'DELETE', headers });
  const answer = await server.call('/v1/enrol', { body: { code: await newCode() }, headers });
  const second = SignedIn.parse(await answer.json());
  expect(second.session.device).not.toBe(first.session.device);
  expect(await wasOf(second)).toBe(first.session.device);
  const log = await server.opened.store.pages.page(0, 1_000);
  expect(log.map(({ event }) => event.kind).slice(-3)).toEqual(['deviceEnrolled', 'tookOver', 'joinedCrew']);
});

test('what it was is signed out everywhere: a copy of the browser does not go on as that', async () => {
  const first = await enrol();
  await server.call('/v1/enrol', {
    body: { code: await newCode() },
    headers: { ...asTablet(first.cookie), origin: 'http://localhost' },
  });
  expect((await server.call('/v1/session', { token: first.cookie })).status).toBe(401);
});

test('a desk that is enrolled as a tablet does not speak for what it was, nor does who shows nothing we gave', async () => {
  const desk = await server.desk('dispatcher');
  for (const token of [desk, 'nothing-we-gave'])
    expect(
      await wasOf(
        SignedIn.parse(await (await server.call('/v1/enrol', { body: { code: await newCode() }, token })).json()),
      ),
    ).toBe(null);
});
