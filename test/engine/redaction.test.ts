import { afterEach, beforeEach, expect, test } from 'vitest';

import type { Engine } from '#shared/engine/engine.ts';
import { orderSubject, type OrderId, type WriterId } from '#shared/ids.ts';
import { must } from '#shared/result.ts';

import { createRecovery } from '../../server/services/recovery.ts';
import { MINUTE, type World } from '../laws/world.ts';
import type { FakeMachine, FakeTime } from './fake-machine.ts';
import type { RealServer } from './real-server.ts';
import { startRealTablet } from './real-tablet.ts';

const NAME = '王小明';

let world: World;
let server: RealServer;
let time: FakeTime;
let machine: FakeMachine;
let engine: Engine;
let order: OrderId;
let end: () => Promise<void>;

beforeEach(async () => {
  ({ world, server, time, machine, engine, order, end } = await startRealTablet({ name: NAME }));
});
afterEach(() => end());

const note = async (text: string): Promise<string> =>
  must(await engine.submit(order, { kind: 'noted', data: { crew: world.crews[0], text } }));
const redact = () => world.store.log.redact({ order, events: null, reason: 'asked', by: null });
const kept = async (): Promise<string> =>
  JSON.stringify([
    (await machine.cache.load()).records,
    (await machine.outbox.load()).rows,
    engine.order(order),
    engine.outbox(),
  ]);

test('I4 a tablet drops the texts with its next sync: what it was sent, what it made, what waits for a backup', async () => {
  await note(`${NAME}不在家`);
  await time.pass(MINUTE);
  expect(await kept()).toContain(NAME);
  await redact();
  await note('还在等');
  await time.pass(2 * MINUTE);
  expect(await kept()).not.toContain(NAME);
  expect(engine.order(order)?.events.map(({ recorded }) => recorded.event.kind)).toEqual([
    'reported',
    'dispatched',
    'noted',
    'redacted',
    'noted',
  ]);
  expect(engine.status()).toMatchObject({ waiting: 0, held: 0 });
  // It goes on with the same: a restart, and the sum of its scope.
  machine.kill();
  await time.pass(0);
  engine = await machine.start();
  await time.pass(15 * MINUTE);
  expect(await kept()).not.toContain(NAME);
  expect(server.answers.some(({ repair }) => repair !== undefined)).toBe(false);
});

test('I4 one that was away, with work it could not send, drops them when it is back and loses none of that work', async () => {
  await note(`${NAME}开门`);
  await time.pass(MINUTE);
  server.down = () => true;
  await note('没有信号');
  await world.record({ kind: 'recalled', data: { crew: world.crews[0], reason: `${NAME}改约` } }, orderSubject(order));
  await redact();
  await time.pass(MINUTE);
  expect(await kept()).toContain(NAME);
  server.down = () => false;
  await time.pass(10 * MINUTE);
  expect(await kept()).not.toContain(NAME);
  expect(engine.order(order)?.drop).toMatchObject({ why: 'recalled' });
  expect(engine.status()).toMatchObject({ waiting: 0, held: 0 });
  const texts = world.rows<{ text: string }>(
    "select json_extract(body, '$.data.text') as text from event where kind = 'noted' order by q",
  );
  expect(texts.map(({ text }) => text)).toEqual(['—', '没有信号']);
});

test('I4 I12 what was redacted comes back to a restored server without its texts, and without loss', async () => {
  await note(`${NAME}付款`);
  await time.pass(MINUTE);
  const before = await redact();
  await time.pass(2 * MINUTE);
  const redactions = world
    .rows<{ hash: string; event: string; subject: string; leaves: string; reason: 'asked' }>('select * from redaction')
    .map((row) => ({ ...row, by: null, at: null, q: null }));
  expect(redactions).toHaveLength(before.length);
  // The copy is from before the note.
  const other = new (await import('better-sqlite3')).default(world.file);
  other.exec("delete from event where kind in ('noted', 'redacted'); delete from redaction");
  other.exec('update writer set through = 0, last_n = 0 where device not in (select process from head)');
  other.exec('update writer set last_n = (select coalesce(max(n), 0) from event where event.writer = writer.writer)');
  other.exec('update head set q = (select max(q) from event), chain = (select chain from event order by q desc)');
  other.close();
  await world.store.restore.beginAnew({
    epoch: 'anew',
    process: 'NEW' as WriterId,
    gatherUntil: time.now + MINUTE,
    redactions: redactions as never,
  });
  const recovery = await createRecovery({ store: world.store, clock: world.clock, log: { info: () => undefined } });
  await time.pass(30_000);
  world.clock.advance(5 * MINUTE);
  await recovery.beat();
  await time.pass(5 * MINUTE);
  expect(engine.status()).toMatchObject({ waiting: 0, held: 0, state: 'idle' });
  const bodies = world.rows<{ body: string }>("select body from event where kind in ('noted', 'redacted')");
  expect(bodies.length).toBeGreaterThan(1);
  expect(JSON.stringify(bodies)).not.toContain(NAME);
  expect(await world.store.verify(() => {})).toMatchObject({ damage: [] });
});
