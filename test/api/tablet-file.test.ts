import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { Asker } from '../../server/services/asker.ts';
import { TabletFileAnswer, tabletFileText } from '../../shared/api/tablet-file.ts';
import { envelopeHash, envelopeText, type Envelope } from '../../shared/event/envelope.ts';
import { orderSubject, type WriterId } from '../../shared/ids.ts';
import { SyncAnswer, type PushItem } from '../../shared/sync/protocol.ts';
import { aServer, START, type TestServer } from './harness.ts';
import { syncRequest } from './requests.ts';

const CLOCK = { wall: START - 60_000, mono: 5, page: 'p' };

/** Each person signs in once: every sign-in at a new desk is an event. */
async function aHouse(): Promise<TestServer> {
  const server = await aServer();
  const tokens = new Map<string, Promise<string>>();
  const desk = (name: string): Promise<string> => {
    const token = tokens.get(name) ?? server.desk(name);
    tokens.set(name, token);
    return token;
  };
  await desk('dispatcher');
  return { ...server, desk };
}

/** A tablet of crew k1 that recorded `count` notes out of coverage. */
async function aTablet(server: TestServer, count: number, crew: 'k1' | 'k3' = 'k1') {
  const token = await server.tablet(crew);
  const asker = await server.opened.services.sessions.who(token);
  if (!asker) throw new Error('no session');
  return { token, asker, items: notes(server, asker, count) };
}

function notes(server: TestServer, asker: Asker, count: number, writer = asker.writers[0]!): PushItem[] {
  return Array.from({ length: count }, (_, at) => {
    const event: Envelope = {
      writer,
      n: at + 1,
      subject: orderSubject(server.world.orders.own),
      kind: 'noted',
      v: 1,
      data: { crew: asker.crew, text: `note ${at + 1}` },
      by: asker.person,
      seen: null,
      clock: { ...CLOCK, wall: CLOCK.wall + at },
    };
    return { event, hash: envelopeHash(envelopeText(event)) };
  });
}

function fileOf({ device, crew, person, unit }: Asker, items: readonly PushItem[], more: object = {}): string {
  const hiN = new Map<WriterId, number>();
  for (const { event } of items.filter((item) => item?.hash))
    hiN.set(event.writer, Math.max(event.n, hiN.get(event.writer) ?? 0));
  const head = {
    madeAt: START,
    device,
    crew: crew && { id: crew, name: '一班' },
    person: { id: person, name: '一班组长' },
    unit: { id: unit, name: '望江' },
    writers: [...hiN].map(([writer, n]) => ({ writer, hiN: n })),
    clock: { wall: START, mono: 6, page: 'p' },
    ...more,
  };
  return tabletFileText(head, items);
}

async function bring(server: TestServer, act: 'look' | 'take', text: string, name = 'dispatcher') {
  const answer = await server.call('/v1/tablet-file', {
    token: await server.desk(name),
    body: `${JSON.stringify({ act })}\n${text}`,
  });
  expect(answer.status).toBe(200);
  return TabletFileAnswer.parse(await answer.json());
}

async function push(server: TestServer, token: string, items: readonly PushItem[]) {
  const writer = items[0]!.event.writer;
  const body = syncRequest({ writer, push: [...items], pull: false, clock: CLOCK });
  return SyncAnswer.parse(await (await server.call('/v1/sync', { token, body })).json()).acks;
}

/** Takes a file of which so many events are in the log already. */
async function takeKnowing(server: TestServer, text: string, known: number): Promise<void> {
  expect(await bring(server, 'take', text)).toMatchObject({ known, held: [] });
}

/** What of a writer is in the log, in its order. */
async function logOf(server: TestServer, writer: WriterId) {
  const lines: { n: number; hash: string }[] = [];
  const { q } = await server.opened.store.log.head();
  for (const { event, hash } of await server.opened.store.pages.page(0, q))
    if (event.writer === writer) lines.push({ n: event.n, hash });
  return lines;
}

const inOrder = (items: readonly PushItem[]) => items.map(({ event, hash }) => ({ n: event.n, hash }));

describe('a tablet’s unsent work in a file', () => {
  test('is shown before it is taken, then taken in once, and says who brought it', async () => {
    const server = await aHouse();
    const { asker, items } = await aTablet(server, 3);
    const text = fileOf(asker, items);
    const about = {
      is: 'file',
      tablet: asker.writers[0],
      crew: '一班',
      events: 3,
      orders: 1,
      from: CLOCK.wall,
      to: CLOCK.wall + 2,
    };
    const before = await server.opened.store.log.head();
    expect(await bring(server, 'look', text)).toMatchObject({ ...about, known: 0, taken: null, held: null });
    expect((await server.opened.store.log.head()).q).toBe(before.q);

    expect(await bring(server, 'take', text)).toMatchObject({ ...about, known: 0, taken: 3, held: [] });
    expect(await logOf(server, asker.writers[0]!)).toEqual(inOrder(items));
    const all = await server.opened.store.pages.page(before.q, 10);
    const [mark] = all.filter(({ event }) => event.kind === 'broughtByFile');
    expect(mark?.event).toMatchObject({
      subject: `device:${asker.device}`,
      by: server.world.people.dispatcher,
      data: { madeAt: START, ranges: [{ writer: asker.writers[0], from: 1, to: 3 }] },
    });

    expect(await bring(server, 'look', text)).toMatchObject({ known: 3 });
    expect(await bring(server, 'take', text)).toMatchObject({ known: 3, taken: 0, held: [] });
    const end = await server.opened.store.log.head();
    expect(end.q).toBe(before.q + 4);
  });

  test('the tablet is not heard by it, and has all of it received when it comes itself', async () => {
    const server = await aHouse();
    const { token, asker, items } = await aTablet(server, 2);
    const heard = async () =>
      (await server.opened.store.contacts.live(asker.unit)).devices?.find(({ device }) => device === asker.device);
    const before = await heard();
    await bring(server, 'take', fileOf(asker, items));
    expect(await heard()).toEqual(before);
    expect((await push(server, token, items)).map(({ is }) => is)).toEqual(['dup', 'dup']);
  });

  test('a later outbox that the server was never told of is made known', async () => {
    const server = await aHouse();
    const { token, asker } = await aTablet(server, 1);
    const later = `${asker.writers[0]!}4Q` as WriterId;
    const items = notes(server, asker, 2, later);
    expect(await bring(server, 'take', fileOf(asker, items))).toMatchObject({ taken: 2, held: [] });
    const registered = await server.call('/v1/writers', { token, body: { writer: later } });
    expect(await registered.json()).toEqual({ writer: later });
    expect((await push(server, token, items)).map(({ is }) => is)).toEqual(['dup', 'dup']);
  });

  test('what a blocked tablet could not bring itself is held, not lost; so is what was changed', async () => {
    const server = await aHouse();
    const { asker, items } = await aTablet(server, 3);
    const forged = items.map((item, at) =>
      at === 1 ? { ...item, event: { ...item.event, data: { crew: asker.crew, text: 'other' } } } : item,
    );
    expect(await bring(server, 'take', fileOf(asker, forged))).toMatchObject({
      taken: 2,
      held: [{ code: 'badHash', count: 1 }],
    });
    const second = await aTablet(server, 2);
    await server.opened.record([
      {
        subject: `device:${second.asker.device}` as never,
        draft: { kind: 'deviceBlocked', data: { reason: 'r' } },
        by: null,
      },
    ]);
    const answer = await bring(server, 'take', fileOf(second.asker, second.items));
    expect(answer).toMatchObject({ blocked: true, taken: 0, held: [{ code: 'notAllowed', count: 2 }] });
  });

  test('nobody speaks for others by a file: neither the desk that brings it nor another person', async () => {
    const server = await aHouse();
    const { asker, items } = await aTablet(server, 1);
    const desk = { ...asker, person: server.world.people.dispatcher };
    const answer = await bring(server, 'take', fileOf(desk, notes(server, desk, 1)));
    expect(answer).toMatchObject({ taken: 0, held: [{ code: 'notAllowed', count: 1 }] });
    // Judged by itself the number is taken by what is held; the tablet's own is another event (I3).
    expect(items).toHaveLength(1);
  });

  test('a tablet of another unit, two in one file and a name nobody has are not there', async () => {
    const server = await aHouse();
    const foreign = await aTablet(server, 1, 'k3');
    const [one, two] = [await aTablet(server, 1), await aTablet(server, 1)];
    const files = [
      fileOf(foreign.asker, foreign.items),
      fileOf(one.asker, [...one.items, ...two.items]),
      fileOf({ ...one.asker, device: two.asker.device }, one.items),
      fileOf(one.asker, notes(server, one.asker, 1, '222' as WriterId)),
    ];
    for (const text of files)
      expect(await bring(server, 'take', text)).toMatchObject({ is: 'refused', why: 'unknownTablet' });
    expect(await bring(server, 'take', fileOf(foreign.asker, foreign.items), 'stranger')).toMatchObject({ is: 'file' });
  });
});

describe('a file that is none', () => {
  test('each fault is named with its line', async () => {
    const server = await aHouse();
    const { asker, items } = await aTablet(server, 3);
    const text = fileOf(asker, items);
    const lines = text.trimEnd().split('\n');
    const changed = (at: number, from: string | RegExp, to: string): string =>
      lines.map((line, index) => (index === at ? line.replace(from, to) : line)).join('\n');
    const cases: readonly (readonly [string, object])[] = [
      ['', { why: 'notOurs', line: 1 }],
      ['PK\u0003\u0004', { why: 'notOurs', line: 1 }],
      ['no,where,at\nX1,a,b\n', { why: 'notOurs', line: 1 }],
      [changed(0, '"v":1', '"v":2'), { why: 'version', line: 1, field: 'v' }],
      [changed(0, '"madeAt":', '"madeAt":"x","was":'), { why: 'badLine', line: 1, field: 'madeAt' }],
      [changed(0, /"wall":\d+/, '"wall":1e99'), { why: 'badLine', line: 1, field: 'clock.wall' }],
      [lines.slice(0, -1).join('\n'), { why: 'broken', field: 'end' }],
      [lines.toSpliced(2, 1).join('\n'), { why: 'broken', field: 'events' }],
      [text.slice(0, text.length / 2), { why: 'broken', field: 'end' }],
      [changed(2, 'note 2', 'note X'), { why: 'broken', field: 'sha256' }],
      [`${lines[0]}\n${'['.repeat(600_000)}\n`, { why: 'tooLarge', line: 2 }],
      [fileOf(asker, [], { writers: [{ writer: asker.writers[0], hiN: 3 }] }), { why: 'empty' }],
    ];
    for (const [file, fault] of cases)
      expect(await bring(server, 'take', file)).toMatchObject({ is: 'refused', ...fault });
    // Only what a line says counts, not how lines end.
    expect(await bring(server, 'look', `\uFEFF${lines.join('\r\n')}`)).toMatchObject({ is: 'file', events: 3 });
  });

  test('lines that are no events are held one by one, however they are made', async () => {
    const server = await aHouse();
    const { asker, items } = await aTablet(server, 1);
    const odd = [null, 7, 'x', [], {}, { event: 1 }, { event: { writer: asker.writers[0], n: 9 } }] as never[];
    const answer = await bring(server, 'take', fileOf(asker, [...items, ...odd]));
    expect(answer).toMatchObject({ events: 8, taken: 1, held: [{ code: 'unreadable', count: 7 }] });
  });
});

test('file and tablet in any order, by halves and again: the log has each event once, as the tablet alone would bring it', async () => {
  const server = await aHouse();
  const step = fc.oneof(
    fc.record({ is: fc.constant('push' as const), from: fc.nat(11), most: fc.integer({ min: 1, max: 12 }) }),
    fc.record({ is: fc.constant('take' as const), from: fc.nat(11) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 12 }), fc.array(step, { maxLength: 6 }), async (count, steps) => {
      const { token, asker, items } = await aTablet(server, count);
      // Neither a tablet nor the file it saved leaves out what the server lacks.
      let through = 0;
      for (const one of steps) {
        const from = Math.min(one.from, through);
        const to = one.is === 'push' ? Math.min(count, from + one.most) : count;
        if (from >= to) continue;
        const part = items.slice(from, to);
        if (one.is === 'push') await push(server, token, part);
        else await takeKnowing(server, fileOf(asker, part), Math.min(through, to) - from);
        through = Math.max(through, to);
      }
      expect((await push(server, token, items)).map(({ is }) => is).every((is) => is !== 'held')).toBe(true);
      expect(await logOf(server, asker.writers[0]!)).toEqual(inOrder(items));
    }),
    { numRuns: 40 },
  );
}, 60_000);
