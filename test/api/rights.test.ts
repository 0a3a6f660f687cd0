import { beforeEach, describe, expect, test } from 'vitest';

import { STATIC_PATHS } from '../../server/http/static-files.ts';
import { ENDPOINTS } from '../../shared/api/endpoints.ts';
import { CATALOG, isKind, type Kind } from '../../shared/event/catalog.ts';
import { envelopeHash, envelopeText, type Envelope } from '../../shared/event/envelope.ts';
import { ROLES, type Role } from '../../shared/event/organisation.ts';
import { asDeviceId, orderSubject, subjectOf, type DeviceId, type EventId, type Subject } from '../../shared/ids.ts';
import { may } from '../../shared/order/rights.ts';
import { SyncAnswer, type SyncRequest } from '../../shared/sync/protocol.ts';
import { aServer, START, tokenOf, type TestServer } from './harness.ts';
import { goodCall, syncRequest } from './requests.ts';
import { samples } from './samples.ts';
import { RELATIONS, type RelationName } from './world.ts';

const DESK_ROLES = ROLES.filter((role) => role !== 'crew' && role !== 'integration');

let server: TestServer;
beforeEach(async () => {
  server = await aServer();
});

describe('the table of endpoints', () => {
  test('names every route of the app, and the app has every row', () => {
    const handlers = server.routes().filter(({ method }) => method !== 'ALL');
    const registered = new Set(handlers.map(({ method, path }) => `${method} ${path}`));
    const rows = ENDPOINTS.map(({ method, path }) => `${method} ${path}`);
    const statics = STATIC_PATHS.map((path) => `GET ${path}`);
    expect([...registered].filter((route) => !rows.includes(route as never) && !statics.includes(route))).toEqual([]);
    // A row stands twice in the app: once for its guard, once for its handler.
    const twice = rows.filter((row) => handlers.filter(({ method, path }) => `${method} ${path}` === row).length !== 2);
    expect(twice).toEqual([]);
  });

  test.each(ENDPOINTS.map((row) => [`${row.method} ${row.path}`, row] as const))(
    '%s is for whom the table says, and nobody else',
    async (_, row) => {
      const tablet = await server.tablet('k1');
      const callers: [name: string, token: string | null, role: Role | null][] = [
        ['nobody', null, null],
        ['a stranger', 'x'.repeat(43), null],
        ['a tablet', tablet, 'crew'],
      ];
      for (const role of DESK_ROLES) callers.push([role, await server.desk(role), role]);
      const deviations: string[] = [];
      for (const [name, token, role] of callers) {
        const answer = await server.call(row.path.replace(':id', server.world.orders.own), { ...goodCall(row), token });
        await answer.body?.cancel();
        const expected = expectedFor(row.who, name, role);
        const got = answer.status === 401 ? 'signInNeeded' : answer.status === 403 ? 'notAllowed' : 'served';
        if (got !== expected || answer.status >= 500) deviations.push(`${name}: ${answer.status}, not ${expected}`);
      }
      expect(deviations).toEqual([]);
    },
  );
});

function expectedFor(who: (typeof ENDPOINTS)[number]['who'], name: string, role: Role | null): string {
  if (who === 'anybody') return 'served';
  // The key of a tracker is nobody's session.
  if (who === 'tracker') return 'signInNeeded';
  if (role === null) return 'signInNeeded';
  if (who === 'session') return 'served';
  return name !== 'a tablet' && (who as readonly Role[]).includes(role) ? 'served' : 'notAllowed';
}

describe('reading', () => {
  const VISIBLE: readonly RelationName[] = ['own', 'sameUnit', 'closed'];

  test.each(DESK_ROLES)('%s opens the orders of the unit; others are as if they were not there', async (role) => {
    const token = await server.desk(role);
    const answers = new Map<RelationName, { status: number; text: string }>();
    for (const relation of RELATIONS) {
      const answer = await server.call(`/v1/orders/${server.world.orders[relation]}`, { token });
      answers.set(relation, { status: answer.status, text: await answer.text() });
    }
    for (const relation of VISIBLE) expect(answers.get(relation)?.status).toBe(200);
    expect(answers.get('absent')).toEqual({ status: 404, text: '{"code":"notFound"}' });
    expect(answers.get('foreign')).toEqual(answers.get('absent'));
  });

  test('search finds the orders of the unit only, also when another unit is asked for by name', async () => {
    const found = async (name: string, query = '') => {
      const answer = await server.call(`/v1/orders${query}`, { token: await server.desk(name) });
      const { hits } = (await answer.json()) as { hits: { id: string }[] };
      return hits.map(({ id }) => id).toSorted();
    };
    const { orders, units } = server.world;
    expect(await found('dispatcher')).toEqual([orders.closed, orders.own, orders.sameUnit].toSorted());
    expect(await found('stranger')).toEqual([orders.foreign]);
    expect(await found('leader', `?unit=${units.station2}`)).toEqual([]);
    expect(await found('agent', `?unit=${units.station1}&limit=1`)).toHaveLength(1);
  });

  test('a pull brings the orders of the scope only', async () => {
    const pulled = async (token: string) => {
      const { page } = await sync(token, {});
      return page?.subjects.map(({ subject }) => subject).filter((subject) => subject.startsWith('order:'));
    };
    const { own, sameUnit, closed, foreign } = server.world.orders;
    const subjects = (...ids: (typeof own)[]) => ids.map(orderSubject).toSorted();
    expect((await pulled(await server.tablet('k1')))?.toSorted()).toEqual(subjects(own, closed));
    expect((await pulled(await server.desk('dispatcher')))?.toSorted()).toEqual(subjects(own, sameUnit, closed));
    expect((await pulled(await server.desk('stranger')))?.toSorted()).toEqual(subjects(foreign));
  });

  test("a leader's tablet is a tablet: it reads what it holds, not the archive", async () => {
    const { door } = server.opened.services;
    const { leader: person } = server.world.people;
    const code = await door.makeCode({ crew: server.world.codes.k1.crew, person, forMs: 60_000 });
    const token = tokenOf(await server.call('/v1/enrol', { body: { code } }));
    for (const path of ['/v1/orders', `/v1/orders/${server.world.orders.own}`, '/v1/report'])
      expect((await server.call(path, { token })).status).toBe(403);
  });

  test('live news of crews goes to their own desks, never to tablets', async () => {
    const { k1, k3 } = server.world.codes;
    const [tablet, , desk] = [await server.tablet('k1'), await server.tablet('k3'), await server.desk('dispatcher')];
    expect((await sync(tablet, {})).live).toBeNull();
    const heard = (await sync(desk, {})).live?.heard.map(({ crew }) => crew);
    expect(heard).toContain(k1.crew);
    expect(heard).not.toContain(k3.crew);
  });
});

describe('recording', () => {
  const kinds = Object.keys(CATALOG).filter(isKind);

  test.each([...DESK_ROLES, 'a tablet'] as const)('%s records what the table of rights says', async (caller) => {
    const isTablet = caller === 'a tablet';
    const token = isTablet ? await server.tablet('k1') : await server.desk(caller);
    const role = isTablet ? 'crew' : caller;
    const by = isTablet ? server.world.codes.k1.person : server.world.people[role];
    const writer = await writerOf(token);
    const devices = await devicesOf(isTablet ? token : await server.tablet('k1'));
    const cases = kinds.flatMap((kind) => RELATIONS.map((relation) => ({ kind, relation })));
    const events = cases.map(({ kind, relation }, at): Envelope => {
      const n = at + 1;
      const subject = subjectFor(kind, `${writer}-${n}` as EventId, { relation, devices });
      const data = samples(server.world, relation)[kind];
      const clock = { wall: START, mono: 0, page: 'p' };
      return { writer, n, subject, kind, v: CATALOG[kind].v, data, by, seen: null, clock };
    });
    const push = events.map((event) => ({ event, hash: envelopeHash(envelopeText(event)) }));
    const { acks } = await sync(token, { push, hiN: push.length });

    const deviations = cases.flatMap(({ kind, relation }, at) => {
      const ack = acks[at];
      const got = ack?.is === 'held' ? ack.code : ack?.is;
      const expected = expectedAck({ kind, relation, role, isTablet });
      return got === expected ? [] : [`${kind} on ${relation}: ${got}, not ${expected}`];
    });
    expect(acks).toHaveLength(cases.length);
    expect(deviations).toEqual([]);
  });

  test("somebody else's name or writer under an event is held, never logged", async () => {
    const token = await server.tablet('k1');
    const writer = await writerOf(token);
    const noted = (more: Partial<Envelope>) => {
      const event: Envelope = {
        writer,
        n: 1,
        subject: orderSubject(server.world.orders.own),
        kind: 'noted',
        v: 1,
        data: { crew: server.world.codes.k1.crew, text: 'hello' },
        by: server.world.codes.k1.person,
        seen: null,
        clock: { wall: START, mono: 0, page: 'p' },
        ...more,
      };
      return { event, hash: envelopeHash(envelopeText(event)) };
    };
    const other = await writerOf(await server.tablet('k2'));
    const push = [
      noted({ by: server.world.people.dispatcher }),
      noted({ n: 2, by: null }),
      noted({ writer: other, n: 1 }),
      noted({ n: 3, data: { crew: server.world.codes.k2.crew, text: 'for another crew' } }),
      noted({ n: 4 }),
    ];
    const { acks } = await sync(token, { push, hiN: 4 });
    expect(acks.map((ack) => (ack.is === 'held' ? ack.code : ack.is))).toEqual([
      'notAllowed',
      'notAllowed',
      'foreignWriter',
      'notAllowed',
      'ok',
    ]);
  });
});

async function sync(token: string, more: Partial<SyncRequest>): Promise<SyncAnswer> {
  const body = syncRequest({ writer: await writerOf(token), ...more });
  return SyncAnswer.parse(await (await server.call('/v1/sync', { body, token })).json());
}

async function writerOf(token: string): Promise<Envelope['writer']> {
  const asker = await server.opened.services.sessions.who(token);
  return asker!.writers[0]!;
}

type Devices = { readonly [R in RelationName]: DeviceId };

const deviceOf = async (token: string) => (await server.opened.services.sessions.who(token))!.device;

/** A tablet for each way an order may stand to the unit; the first event of a data directory makes its own device. */
async function devicesOf(own: string): Promise<Devices> {
  return {
    own: await deviceOf(own),
    sameUnit: await deviceOf(await server.tablet('k2')),
    closed: asDeviceId(`${server.world.people.admin.split('-')[0]}-1` as EventId),
    foreign: await deviceOf(await server.tablet('k3')),
    absent: asDeviceId('YYY-9' as EventId),
  };
}

function subjectFor(
  kind: Kind,
  id: EventId,
  { relation, devices }: { relation: RelationName; devices: Devices },
): Subject {
  const { subject, begins } = CATALOG[kind];
  if (begins) return subjectOf(subject, id);
  if (subject === 'unit')
    return subjectOf('unit', relation === 'absent' ? ('YYY-9' as EventId) : server.world.units.station1);
  if (subject === 'crew') return subjectOf('crew', crewFor(relation));
  return subject === 'order' ? orderSubject(server.world.orders[relation]) : subjectOf(subject, devices[relation]);
}

const crewFor = (relation: RelationName): EventId =>
  relation === 'absent' ? ('YYY-9' as EventId) : server.world.codes[relation === 'own' ? 'k1' : 'k2'].crew;

type Case = { kind: Kind; relation: RelationName; role: Role; isTablet: boolean };

function expectedAck({ kind, relation, role, isTablet }: Case): string {
  const { subject, begins } = CATALOG[kind];
  if (!begins && relation === 'absent') return 'noSubject';
  // What is left of each event only the server can say: it is asked for by name (`POST /v1/redactions`).
  if (kind === 'redacted') return 'notAllowed';
  // The directory's own device belongs to no unit.
  const near: readonly RelationName[] = subject === 'device' ? ['own', 'sameUnit'] : ['own', 'sameUnit', 'closed'];
  const held = isTablet && (relation === 'own' || relation === 'closed');
  const aboutOrder = subject === 'order' && (!begins || kind === 'reported');
  const ownCrew = subject === 'crew' && !begins && isTablet && relation === 'own';
  const placed = aboutOrder || (subject === 'device' && !begins);
  return may(role, kind, { held: (aboutOrder && held) || ownCrew, unit: placed && near.includes(relation) })
    ? 'ok'
    : 'notAllowed';
}
