import { beforeEach, describe, expect, test } from 'vitest';

import { Problem } from '../../shared/api/problem.ts';
import { SignedIn } from '../../shared/api/session.ts';
import { aServer, tokenOf, type TestServer } from './harness.ts';

const DISPATCHER = { name: 'dispatcher', password: 'dispatcher-password', writer: null };
const MINUTE = 60_000;

let server: TestServer;
beforeEach(async () => {
  server = await aServer();
});

const problem = async (answer: Response) => ({
  status: answer.status,
  code: Problem.parse(await answer.json()).code,
});
const signIn = (body: object = DISPATCHER, more: object = {}) => server.call('/v1/session', { body, ...more });
const whoAmI = (token: string) => server.call('/v1/session', { token });
const newCode = (forMs = MINUTE) => server.opened.services.door.makeCode({ ...server.world.codes.k1, forMs });

describe('signing in', () => {
  test('a new browser becomes a desk device with a writer of its own', async () => {
    const answer = await signIn();
    const { session, writer } = SignedIn.parse(await answer.json());
    expect(session).toMatchObject({ form: 'desk', person: { name: 'dispatcher', role: 'dispatcher' }, crew: null });
    expect(writer).toMatch(/^\w{3}$/);
    expect(await server.opened.store.roster.deviceOf(writer)).toBe(session.device);
  });

  test('the cookie is for this host, this site and no script', async () => {
    const cookie = (await signIn()).headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^__Host-relight=[\w-]{43};/);
    for (const part of ['Path=/', 'HttpOnly', 'Secure', 'SameSite=Strict']) expect(cookie).toContain(part);
    expect(cookie).not.toContain('Domain');
  });

  test('the same browser keeps its device: shown by its old cookie, or by a person who was there before', async () => {
    const first = await signIn();
    const { session, writer } = SignedIn.parse(await first.json());
    const device = async (body: object, headers = {}) =>
      SignedIn.parse(await (await signIn(body, { headers })).json()).session.device;
    expect(await device({ ...DISPATCHER, writer })).toBe(session.device);
    const leader = { name: 'leader', password: 'leader-password', writer };
    expect(await device(leader)).not.toBe(session.device);
    const headers = { origin: 'http://localhost', cookie: `__Host-relight=${tokenOf(first)}` };
    expect(await device(leader, headers)).toBe(session.device);
  });

  test('a device has one session: the next one ends the one before', async () => {
    const first = await signIn();
    const { writer } = SignedIn.parse(await first.json());
    const second = await signIn({ ...DISPATCHER, writer });
    expect((await whoAmI(tokenOf(first))).status).toBe(401);
    expect((await whoAmI(tokenOf(second))).status).toBe(200);
  });

  test('crews do not sign in at a desk: it would show them the whole unit', async () => {
    expect(await problem(await signIn({ name: 'crew', password: 'crew-password', writer: null }))).toEqual({
      status: 403,
      code: 'notAllowed',
    });
  });

  test('a desk nobody used for a shift and a half asks again, one in use does not', async () => {
    const [idle, used] = [await server.desk('leader'), await server.desk('admin')];
    for (let hour = 0; hour < 17; hour += 1) {
      server.clock.advance(60 * MINUTE);
      expect((await whoAmI(used)).status).toBe(200);
    }
    expect((await whoAmI(idle)).status).toBe(401);
  });

  test('a new password ends what the old one opened', async () => {
    const token = await server.desk('dispatcher');
    const person = server.world.people.dispatcher;
    await server.opened.services.door.putLogin({ person, name: 'dispatcher', password: 'another one' });
    expect((await whoAmI(token)).status).toBe(401);
    expect((await signIn()).status).toBe(401);
    expect((await signIn({ ...DISPATCHER, password: 'another one' })).status).toBe(200);
  });
});

describe('signing out', () => {
  test('what was signed out opens nothing any more, at once', async () => {
    const token = await server.desk('dispatcher');
    expect((await server.call('/v1/session', { method: 'DELETE', token })).status).toBe(204);
    expect(await problem(await whoAmI(token))).toEqual({ status: 401, code: 'signInNeeded' });
  });
});

describe('guessing', () => {
  const guess = (name: string, address: string, headers = {}) =>
    signIn({ name, password: 'guess', writer: null }, { address, headers });

  test('ten a name from however many addresses', async () => {
    const answers = [];
    for (let at = 0; at < 30; at += 1) answers.push((await guess('admin', `10.2.0.${at}`)).status);
    expect(answers.filter((status) => status === 401)).toHaveLength(10);
    expect(answers.filter((status) => status === 429)).toHaveLength(20);
  });

  test('ten an address for however many names, whatever X-Forwarded-For claims', async () => {
    const answers = [];
    for (let at = 0; at < 30; at += 1)
      answers.push((await guess(`name${at}`, '10.3.0.1', { 'x-forwarded-for': `1.2.3.${at}` })).status);
    expect(answers.filter((status) => status === 401)).toHaveLength(10);
  });

  test('behind a proxy that is trusted, each client is counted by itself, but not by what it claims', async () => {
    server = await aServer({ TRUSTED_PROXY: '10.9.9.9' });
    const through = (claimed: string, real: string, name: string) =>
      guess(name, '10.9.9.9', { 'x-forwarded-for': `${claimed}, ${real}` });
    const answers = [];
    for (let at = 0; at < 20; at += 1) answers.push((await through(`1.2.3.${at}`, '7.7.7.7', `n${at}`)).status);
    expect(answers.filter((status) => status === 401)).toHaveLength(10);
    expect((await through('1.2.3.4', '8.8.8.8', 'other')).status).toBe(401);
  });

  test('people who are known at their browser are not locked out by strangers', async () => {
    const known = await server.desk('dispatcher');
    await server.call('/v1/session', { method: 'DELETE', token: known });
    for (let at = 0; at < 12; at += 1) await guess('dispatcher', '10.1.1.1');
    expect((await signIn()).status).toBe(429);
    const headers = { origin: 'http://localhost', cookie: `__Host-relight=${known}` };
    expect((await signIn(DISPATCHER, { headers })).status).toBe(200);
  });

  test('a name that does not exist answers like a wrong password', async () => {
    const [nobody, wrong] = [await guess('nobody', '10.4.0.1'), await guess('admin', '10.4.0.1')];
    expect([nobody.status, await nobody.text()]).toEqual([wrong.status, await wrong.text()]);
  });

  test('codes are counted as well', async () => {
    const answers = [];
    for (let at = 0; at < 15; at += 1)
      answers.push((await server.call('/v1/enrol', { body: { code: `AAAA-AAA${at % 8}` } })).status);
    expect(answers.filter((status) => status === 404)).toHaveLength(10);
    expect(answers.at(-1)).toBe(429);
  });
});

describe('enrolling', () => {
  test('a code makes a tablet of its crew, however it is typed', async () => {
    const code = await newCode();
    expect(code).toMatch(/^\w{4}-\w{4}$/);
    const typed = ` ${code.replace('-', ' ').toLowerCase()} `.trim();
    const answer = await server.call('/v1/enrol', { body: { code: typed } });
    const { session } = SignedIn.parse(await answer.json());
    expect(session).toMatchObject({ form: 'tablet', crew: { name: '一班' }, unit: { name: '望江' } });
    expect(answer.headers.get('set-cookie')).toMatch(/^__Host-relight-tablet=/);
  });

  test('a code works once, also when two tablets type it at the same time', async () => {
    const code = await newCode();
    const answers = await Promise.all([1, 2, 3].map(() => server.call('/v1/enrol', { body: { code } })));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 410, 410]);
    expect(await problem(await server.call('/v1/enrol', { body: { code } }))).toMatchObject({ code: 'codeUsed' });
  });

  test('a code that has run out is unknown', async () => {
    const code = await newCode(MINUTE);
    server.clock.advance(MINUTE);
    expect(await problem(await server.call('/v1/enrol', { body: { code } }))).toEqual({
      status: 404,
      code: 'codeUnknown',
    });
  });

  test('I3 a later outbox keeps the name it minted, and gets another one if that is taken', async () => {
    const [token, other] = [await server.tablet('k1'), await server.tablet('k2')];
    const session = (await (await whoAmI(token)).json()) as { device: string };
    const base = (await server.opened.store.roster.device(session.device as never))!.writers[0]!;
    const register = async (writer: string, by: string) => {
      const answer = await server.call('/v1/writers', { body: { writer }, token: by });
      return ((await answer.json()) as { writer: string }).writer;
    };
    expect(await register(`${base}4Q`, token)).toBe(`${base}4Q`);
    expect(await register(`${base}4Q`, token)).toBe(`${base}4Q`);
    const given = await register(`${base}4Q`, other);
    expect(given).not.toBe(`${base}4Q`);
    expect(given.startsWith(base)).toBe(false);
    expect(given).toHaveLength(5);
  });
});

describe('other sites', () => {
  const asBrowser = async (headers: object, path = '/v1/session', method = 'DELETE') => {
    const cookie = `__Host-relight=${await server.desk('dispatcher')}`;
    return (await server.call(path, { method, headers: { cookie, ...headers } })).status;
  };

  test.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['another port', { origin: 'http://localhost:81' }],
    ['a hidden origin', { origin: 'null' }],
    ['no origin', {}],
    ['a sibling site', { origin: 'http://localhost', 'sec-fetch-site': 'same-site' }],
    ['another site with our header', { origin: 'https://evil.example', 'relight-form': 'desk' }],
  ])('with the cookie and %s nothing is done', async (_, headers) => {
    expect(await asBrowser(headers)).toBe(403);
  });

  test('our own page, and our app that is no browser, may', async () => {
    expect(await asBrowser({ origin: 'http://localhost', 'sec-fetch-site': 'same-origin' })).toBe(204);
    expect(await asBrowser({ 'relight-form': 'desk' })).toBe(204);
  });

  test('they cannot sign a browser in either', async () => {
    expect((await signIn(DISPATCHER, { headers: { origin: 'https://evil.example' } })).status).toBe(403);
  });
});

test('desk and crew app in one browser each keep their session', async () => {
  const [desk, tablet] = [await server.desk('leader'), await server.tablet('k1')];
  const cookie = `__Host-relight=${desk}; __Host-relight-tablet=${tablet}`;
  const form = async (headers: Record<string, string>, query = '') => {
    const answer = await server.call(`/v1/session${query}`, { headers: { cookie, ...headers } });
    return ((await answer.json()) as { form: string }).form;
  };
  expect(await form({ 'relight-form': 'tablet' })).toBe('tablet');
  expect(await form({ 'relight-form': 'desk' })).toBe('desk');
  expect(await form({}, '?form=tablet')).toBe('tablet');
});

test('a blocked device is told so and gets nothing', async () => {
  const token = await server.tablet('k1');
  const { device } = (await (await whoAmI(token)).json()) as { device: string };
  const draft = { kind: 'deviceBlocked', data: { reason: 'lost' } } as const;
  await server.opened.store.log.record([{ subject: `device:${device}` as never, draft, by: null }]);
  expect(await problem(await whoAmI(token))).toEqual({ status: 403, code: 'deviceBlocked' });
});

test('I14 what a blocked device brings is still taken, into quarantine', async () => {
  const token = await server.tablet('k2');
  const { device } = (await (await whoAmI(token)).json()) as { device: string };
  const draft = { kind: 'deviceBlocked', data: { reason: 'lost' } } as const;
  await server.opened.store.log.record([{ subject: `device:${device}` as never, draft, by: null }]);
  const clock = { wall: 0, mono: 0, page: 'p' };
  const body = {
    proto: 1,
    req: 'r',
    writer: 'A7K',
    app: 't',
    cursor: null,
    pull: true,
    hiN: 1,
    openTaps: 0,
    parked: 0,
    clock,
  };
  const answer = await server.call('/v1/sync', { token, body: { ...body, push: [{ what: 'ever' }] } });
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ blocked: true, page: null, acks: [{ is: 'held' }] });
});

test('no password, code or token is ever logged', async () => {
  const code = await newCode();
  const enrolled = await server.call('/v1/enrol', { body: { code } });
  const desk = await server.desk('dispatcher');
  await signIn({ ...DISPATCHER, password: 'a wrong password' });
  await signIn({ ...DISPATCHER, password: { odd: 'secret shape' } });
  await server.call(`/v1/orders?text=${encodeURIComponent('张三 13800000000')}`, { token: desk });
  await server.call(`/v1/enrol`, { body: `{"code": "${code}`, headers: { 'content-type': 'application/json' } });
  const secrets = [code, code.replace('-', ''), tokenOf(enrolled), desk, 'dispatcher-password'];
  const lines = server.logged();
  expect(lines).toContain('/v1/enrol');
  for (const secret of [...secrets, 'a wrong password', 'secret shape', '13800000000', encodeURIComponent('张三')])
    expect(lines).not.toContain(secret);
});
