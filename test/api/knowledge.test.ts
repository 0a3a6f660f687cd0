import { beforeEach, expect, test } from 'vitest';

import { envelopeHash, envelopeText, type Envelope } from '../../shared/event/envelope.ts';
import { subjectOf, type EventId } from '../../shared/ids.ts';
import { STATE_GRID } from '../../shared/sla/packs/state-grid.ts';
import { SyncAnswer, type SyncRequest } from '../../shared/sync/protocol.ts';
import { aServer, START, type TestServer } from './harness.ts';
import { syncRequest } from './requests.ts';

/** What verdicts hang on beside the orders: which devices are heard, which rule packs are in force. */
let server: TestServer;
beforeEach(async () => {
  server = await aServer();
});

test('each device of a crew is news of its own, and a lost one does not make its crew silent', async () => {
  const [first, second] = [await server.tablet('k1'), await server.tablet('k1')];
  const [lost, other] = [await deviceOf(first), await deviceOf(second)];
  const desk = await server.desk('dispatcher');
  server.clock.advance(600_000);
  await sync(second, {});
  const news = async () => {
    const { live } = await sync(desk, {});
    const crew = live?.heard.find((one) => one.crew === server.world.codes.k1.crew)?.heard;
    return { crew, devices: new Map(live?.devices?.map(({ device, heard }) => [device, heard])) };
  };
  const before = await news();
  expect(before.crew).toBe(before.devices.get(lost));
  expect(before.devices.get(other)).toBeGreaterThan(before.devices.get(lost)!);
  const draft = { kind: 'deviceLost', data: { reason: 'r' } } as const;
  await server.opened.record([{ subject: subjectOf('device', lost), draft, by: null }]);
  const after = await news();
  expect(after.crew).toBe(after.devices.get(other));
  expect(after.devices.has(lost)).toBe(true);
});

test('a rule pack is put into force by a centre, and never for a time that has passed', async () => {
  const token = await server.desk('admin');
  const writer = await writerOf(token);
  const { centre, district1 } = server.world.units;
  const broken = { ...STATE_GRID, rules: [{ ...STATE_GRID.rules[0]!, limitMin: { urban: -1 } }] };
  const push = [
    { unit: centre, from: START - 1, pack: STATE_GRID },
    { unit: district1, from: START, pack: STATE_GRID },
    { unit: centre, from: START, pack: broken },
    { unit: centre, from: START, pack: STATE_GRID },
  ].map((data, at) => {
    const n = at + 1;
    const event: Envelope = {
      writer,
      n,
      subject: subjectOf('pack', `${writer}-${n}` as EventId),
      kind: 'rulePackActivated',
      v: 1,
      data,
      by: server.world.people.admin,
      seen: null,
      clock: { wall: START, mono: 0, page: 'p' },
    };
    return { event, hash: envelopeHash(envelopeText(event)) };
  });
  const { acks } = await sync(token, { push, hiN: push.length });
  expect(acks.map((ack) => (ack.is === 'held' ? ack.code : ack.is))).toEqual(['badData', 'badData', 'badData', 'ok']);
  for (const viewer of [await server.tablet('k1'), await server.tablet('k3'), await server.desk('stranger')]) {
    const { page } = await sync(viewer, {});
    expect(page?.subjects.map(({ subject }) => subject)).toContain(`pack:${writer}-4`);
  }
});

const askerOf = async (token: string) => (await server.opened.services.sessions.who(token))!;

async function sync(token: string, more: Partial<SyncRequest>): Promise<SyncAnswer> {
  const body = syncRequest({ writer: await writerOf(token), ...more });
  return SyncAnswer.parse(await (await server.call('/v1/sync', { body, token })).json());
}

const writerOf = async (token: string): Promise<Envelope['writer']> => (await askerOf(token)).writers[0]!;

const deviceOf = async (token: string) => (await askerOf(token)).device;
