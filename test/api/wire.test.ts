import { beforeEach, expect, test } from 'vitest';

import { ENDPOINTS } from '../../shared/api/endpoints.ts';
import { asOrderId, orderSubject, subjectOf, type CrewId, type OrderId, type UnitId } from '../../shared/ids.ts';
import { SyncAnswer } from '../../shared/sync/protocol.ts';
import { aServer, type TestServer } from './harness.ts';
import { goodCall, syncRequest } from './requests.ts';

type Owner = 'k1' | 'k2' | 'k3';
/** What must reach nobody else: the order's id, and everything its customer and crew said. */
type Told = { readonly id: OrderId; readonly words: readonly string[] };

let server: TestServer;
let told: Readonly<Record<Owner, Told>>;

beforeEach(async () => {
  server = await aServer();
  const { units, codes } = server.world;
  told = {
    k1: await orderFor('甲', units.station1, codes.k1.crew),
    k2: await orderFor('乙', units.station1, codes.k2.crew),
    k3: await orderFor('丙', units.station2, codes.k3.crew),
  };
});

test('no byte of an order reaches a desk of another station or a tablet of another crew, whatever they ask for', async () => {
  const watchers = {
    'desk 1': { token: await server.desk('dispatcher'), sees: ['k1', 'k2'] },
    'desk 2': { token: await server.desk('stranger'), sees: ['k3'] },
    'tablet k1': { token: await server.tablet('k1'), sees: ['k1'] },
    'tablet k2': { token: await server.tablet('k2'), sees: ['k2'] },
    'tablet k3': { token: await server.tablet('k3'), sees: ['k3'] },
  } as const satisfies Record<string, { token: string; sees: readonly Owner[] }>;

  const before = new Map<string, string>();
  for (const [name, { token }] of Object.entries(watchers)) before.set(name, await everythingFor(token));
  // What happens later comes by other ways: a page behind a cursor, an order handed to another crew.
  for (const owner of ['k1', 'k2', 'k3'] as const) await note(owner, `${told[owner].words[0]}又来电`);
  for (const [name, { token, sees }] of Object.entries(watchers)) {
    const bytes = `${before.get(name)}${await everythingFor(token)}`;
    const leaks = leaksIn(bytes, sees).map((word) => `${name} got ${word}`);
    expect(leaks).toEqual([]);
    // The recorder hears: what is theirs is there.
    for (const owner of sees) expect(bytes).toContain(`${told[owner].words[0]}又来电`);
  }
});

test('after a crew was moved the unit it left gets no byte of its new orders, nor the new unit one of its old ones', async () => {
  const { codes, units } = server.world;
  const desks = { 1: await server.desk('dispatcher'), 2: await server.desk('stranger') };
  const tablet = await server.tablet('k1');
  await Promise.all([everythingFor(desks[1]), everythingFor(desks[2]), everythingFor(tablet)]);
  const moved = { kind: 'crewMoved', data: { unit: units.station2, reason: '台风增援' } } as const;
  await server.opened.record([{ subject: subjectOf('crew', codes.k1.crew), draft: moved, by: null }]);
  const next = await orderFor('丁', units.station2, codes.k1.crew);
  await note('k1', '搬走后又来电');
  for (const [desk, id] of [
    [desks[1], next.id],
    [desks[2], told.k1.id],
  ] as const)
    expect((await server.call(`/v1/orders/${id}`, { token: desk })).status).toBe(404);
  const words = ({ id, words: said }: Told): readonly string[] => [`"${id}"`, orderSubject(id), ...said];
  const heard = { 1: await everythingFor(desks[1]), 2: await everythingFor(desks[2]), k1: await everythingFor(tablet) };
  expect(words(next).filter((word) => heard[1].includes(word))).toEqual([]);
  expect([...words(told.k1), '搬走后又来电'].filter((word) => heard[2].includes(word))).toEqual([]);
  // The recorder hears: each unit its own order, the crew both; the crew's name stays where it was known.
  expect(heard[1]).toContain('搬走后又来电');
  expect(heard[2]).toContain(next.words[0]);
  for (const word of ['搬走后又来电', next.words[0]!]) expect(heard.k1).toContain(word);
  for (const bytes of [heard[1], heard[2]]) expect(bytes).toContain('"一班"');
});

/** What of other people's orders these bytes hold. */
const leaksIn = (bytes: string, sees: readonly Owner[]): readonly string[] =>
  (['k1', 'k2', 'k3'] as const)
    .filter((owner) => !sees.includes(owner))
    .flatMap((owner) => [`"${told[owner].id}"`, orderSubject(told[owner].id), ...told[owner].words])
    .filter((word) => bytes.includes(word));

/** Every byte of every answer this caller can get, headers included: each route, each order by its id, two pulls. */
async function everythingFor(token: string): Promise<string> {
  const heard: string[] = [];
  const ask = async (path: string, call: Parameters<TestServer['call']>[1]): Promise<string> => {
    const answer = await server.call(path, { ...call, token });
    const text = await answer.text();
    heard.push(JSON.stringify([...answer.headers]), text);
    return text;
  };
  const asker = await server.opened.services.sessions.who(token);
  const [writer] = asker!.writers;
  const body = syncRequest({ writer: writer!, cursor: null });
  const { page } = SyncAnswer.parse(JSON.parse(await ask('/v1/sync', { body })));
  // Once more from there: what a page behind a cursor brings comes by another way.
  if (page)
    await ask('/v1/sync', { body: { ...body, cursor: { epoch: page.epoch, scope: page.scope, q: 1, h: page.h } } });
  for (const row of ENDPOINTS) {
    if (row.path === '/v1/hints' || row.path === '/v1/sync' || row.path === '/v1/session') continue;
    if (!row.path.includes(':')) await ask(row.path, goodCall(row));
  }
  for (const { id, words } of Object.values(told)) {
    await ask(`/v1/orders/${id}`, {});
    const found = JSON.parse(await ask('/v1/orders', { query: `?text=${encodeURIComponent(words[1]!)}` })) as object;
    expect(found).toBeTypeOf('object');
  }
  return heard.join('\n');
}

async function orderFor(mark: string, unit: UnitId, crew: CrewId): Promise<Told> {
  const words = [`${mark}客户`, `${mark}街八十八`, `${mark}13800138000`, `${mark}家里有氧气机`];
  const [name, address, phone, said] = words as [string, string, string, string];
  const draft = {
    kind: 'reported',
    data: { unit, address, area: 'urban', channel: 'desk', customer: { name, phone }, words: said },
  } as const;
  const [id] = await server.opened.record([{ subject: null, draft, by: null }]);
  const order = asOrderId(id!);
  const given = { kind: 'dispatched', data: { crew } } as const;
  await server.opened.record([{ subject: orderSubject(order), draft: given, by: null }]);
  return { id: order, words };
}

async function note(owner: Owner, text: string): Promise<void> {
  const { crew } = server.world.codes[owner];
  const draft = { kind: 'noted', data: { crew, text } } as const;
  await server.opened.record([{ subject: orderSubject(told[owner].id), draft, by: null }]);
}
