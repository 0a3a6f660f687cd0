import { beforeEach, describe, expect, test } from 'vitest';

import { SignedIn } from '../../shared/api/session.ts';
import { envelopeHash, envelopeText, type Envelope } from '../../shared/event/envelope.ts';
import { asPersonId, orderSubject, subjectOf, type PersonId } from '../../shared/ids.ts';
import { SyncAnswer } from '../../shared/sync/protocol.ts';
import { aServer, START, tokenOf, type TestServer } from './harness.ts';
import { syncRequest } from './requests.ts';

const MINUTE = 60_000;

let server: TestServer;
beforeEach(async () => {
  server = await aServer();
});

const whoAmI = (token: string) => server.call('/v1/session', { token });
const newCode = () => server.opened.services.door.makeCode({ ...server.world.codes.k1, forMs: MINUTE });

describe('several people on one tablet', () => {
  const enrol = async (code: string, token?: string) => {
    const answer = await server.call('/v1/enrol', { body: { code }, ...(token ? { token } : {}) });
    return { ...SignedIn.parse(await answer.json()), token: tokenOf(answer) };
  };
  const codeFor = (crew: 'k1' | 'k2', person: PersonId) =>
    server.opened.services.door.makeCode({ crew: server.world.codes[crew].crew, person, forMs: MINUTE });
  const makePerson = async (name: string): Promise<PersonId> => {
    const data = { name, unit: server.world.units.station1, role: 'crew' } as const;
    const [id] = await server.opened.store.log.record([
      { subject: null, draft: { kind: 'personMade', data }, by: null },
    ]);
    return asPersonId(id!);
  };

  test('one more of the crew comes in by a code of their own; each author’s work is taken, whoever delivers it', async () => {
    const first = await enrol(await newCode());
    expect(first.session).not.toHaveProperty('people');
    const second = await makePerson('李师傅');
    server.clock.advance(1_000);
    const joined = await enrol(await codeFor('k1', second), first.token);
    expect([joined.session.device, joined.writer]).toEqual([first.session.device, first.writer]);
    expect(joined.session.person.id).toBe(second);
    expect(joined.session.people?.map(({ id }) => id)).toEqual([server.world.codes.k1.person, second]);
    // No new cookie: one that was not written down in time would leave both of them outside.
    expect(joined.token).toBe(first.token);
    expect(await (await whoAmI(first.token)).json()).toEqual({ ...joined.session, person: first.session.person });

    const third = await makePerson('没来过');
    const push = [server.world.codes.k1.person, second, third].map((by, index) => {
      const event: Envelope = {
        writer: first.writer,
        n: index + 1,
        subject: orderSubject(server.world.orders.own),
        kind: 'noted',
        v: 1,
        data: { crew: server.world.codes.k1.crew, text: 'hello' },
        by,
        seen: null,
        clock: { wall: START, mono: 0, page: 'p' },
      };
      return { event, hash: envelopeHash(envelopeText(event)) };
    });
    const body = syncRequest({ writer: first.writer, push, hiN: 3 });
    const { acks } = SyncAnswer.parse(await (await server.call('/v1/sync', { token: joined.token, body })).json());
    expect(acks.map((ack) => (ack.is === 'held' ? ack.code : ack.is))).toEqual(['ok', 'ok', 'notAllowed']);
  });

  test('another crew, another browser, a blocked tablet or somebody known there begin a tablet of their own', async () => {
    const first = await enrol(await newCode());
    const second = await makePerson('李师傅');
    const devices = [first.session.device];
    for (const [code, token] of [
      [await codeFor('k2', second), first.token],
      [await codeFor('k1', second), undefined],
      [await newCode(), first.token],
    ] as const)
      devices.push((await enrol(code, token)).session.device);
    const block = { kind: 'deviceBlocked', data: { reason: 'r' } } as const;
    const subject = subjectOf('device', first.session.device);
    await server.opened.store.log.record([{ subject, draft: block, by: null }]);
    devices.push((await enrol(await codeFor('k1', second), first.token)).session.device);
    expect(new Set(devices).size).toBe(5);
  });

  test('of two copies of a tablet that was signed out one goes on as it; the other neither ends that nor is it', async () => {
    const first = await enrol(await newCode());
    await server.opened.services.sessions.signOut(first.token);
    const one = await enrol(await codeFor('k1', await makePerson('李师傅')), first.token);
    expect(one.session.device).toBe(first.session.device);
    const copy = await enrol(await codeFor('k1', await makePerson('王师傅')), first.token);
    expect(copy.session.device).not.toBe(first.session.device);
    expect((await whoAmI(one.token)).status).toBe(200);
    expect((await whoAmI(copy.token)).status).toBe(200);
  });
});
