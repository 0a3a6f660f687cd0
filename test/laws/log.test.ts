import fc from 'fast-check';
import { expect, test } from 'vitest';

import { CHAIN_START, chainNext, sha256Hex } from '#shared/canonical.ts';
import { envelopeHash, envelopeText } from '#shared/event/envelope.ts';
import { asOrderId, orderSubject } from '#shared/ids.ts';
import type { Ack, PushItem } from '#shared/sync/protocol.ts';

import { law } from './law.ts';
import { MINUTE, startWorld, type Device, type World } from './world.ts';

type Row = { q: number; writer: string; n: number; body: string; hash: string; chain: string; rcv: number };

const logOf = (world: World): Row[] => world.rows('select * from event order by q');

/** How an item goes wrong on its way, or not. */
const harm = fc.constantFrom('none', 'none', 'none', 'none', 'hash', 'kind', 'data', 'subject', 'shape', 'size');
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('tap'), device: fc.nat(2), harm }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('push'), device: fc.nat(2), skip: fc.nat(2) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('again'), device: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('own') }) },
);
type Step = { readonly do: string; readonly device?: number; readonly skip?: number; readonly harm?: string };

function harmed(item: PushItem, how: string | undefined): unknown {
  const again = (change: object): PushItem => {
    const event = { ...item.event, ...change };
    return { event, hash: envelopeHash(envelopeText(event)) };
  };
  if (how === 'hash') return { ...item, hash: sha256Hex('other') };
  if (how === 'kind') return again({ kind: 'teleported' });
  if (how === 'data') return again({ data: { text: 7 } });
  if (how === 'subject') return again({ subject: 'order:XXX-9' });
  if (how === 'size') return again({ data: { ...item.event.data, text: '长'.repeat(9_000) } });
  return how === 'shape' ? { event: { ...item.event, extra: 1 }, hash: item.hash } : item;
}

test('I1 I3 I9 I12 the log has no gaps, its chain binds it, and nothing that was acknowledged is lost or doubled', async () => {
  const property = fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
    const world = await startWorld();
    try {
      await play(world, steps);
    } finally {
      world.close();
    }
  });
  expect(await law('log', property, 40)).toBeNull();
}, 120_000);

async function play(world: World, steps: readonly Step[]): Promise<void> {
  const devices: { device: Device; items: unknown[]; sent: Set<number> }[] = [];
  for (const unit of [world.centre, world.east, world.west])
    devices.push({ device: await world.enrol('desk', { unit, role: 'dispatcher' }), items: [], sent: new Set() });
  const acked = new Map<string, Ack>();
  const report = { unit: world.east, address: '幸福路18号', area: 'urban', channel: 'phone' } as const;
  const order = orderSubject(asOrderId(await world.record({ kind: 'reported', data: report })));

  const push = async (of: (typeof devices)[number], numbers: readonly number[]): Promise<void> => {
    const answer = await of.device.sync({ push: numbers.map((n) => of.items[n - 1]), hiN: of.items.length });
    expect(answer.acks.map((ack) => ack.n)).toEqual(numbers);
    for (const ack of answer.acks) {
      const id = `${of.device.of.name}-${ack.n}`;
      const before = acked.get(id);
      expect(ack).toEqual(before?.is === 'ok' ? { ...before, is: 'dup' } : (before ?? ack));
      acked.set(id, before ?? ack);
      of.sent.add(ack.n);
    }
    const missing = of.items.map((_, index) => index + 1).filter((n) => !of.sent.has(n));
    expect(
      answer.need.flatMap(([from, to]) => range(from, to)),
      'I11',
    ).toEqual(missing);
  };

  for (const one of steps) {
    const of = devices[one.device ?? 0]!;
    if (one.do === 'tap') {
      of.device.tap('noted', { crew: null, text: `第${of.items.length}次` }, order);
      of.items.push(harmed(of.device.outbox.at(-1)!, one.harm));
    }
    if (one.do === 'own') await world.record({ kind: 'noted', data: { crew: null, text: '机器' } }, order);
    const unsent = range(1, of.items.length).filter((n) => !of.sent.has(n));
    // Some numbers are left behind, as an outbox that lost rows would.
    if (one.do === 'push') await push(of, unsent.slice(one.skip ?? 0));
    if (one.do === 'again') await push(of, range(1, of.items.length));
    world.clock.advance(MINUTE);
  }
  checkLog(world, acked);
}

function checkLog(world: World, acked: ReadonlyMap<string, Ack>): void {
  const log = logOf(world);
  const [head] = world.rows<{ q: number; chain: string }>('select q, chain from head');
  let chain = CHAIN_START;
  let rcv = 0;
  for (const [index, row] of log.entries()) {
    expect(row.q, 'no gap').toBe(index + 1);
    expect(sha256Hex(row.body)).toBe(row.hash);
    chain = chainNext(chain, `${row.writer}-${row.n}`, row.hash);
    expect(row.chain).toBe(chain);
    expect(row.rcv).toBeGreaterThanOrEqual(rcv);
    ({ rcv } = row);
  }
  expect(head).toEqual({ q: log.length, chain });

  const kept = new Map(log.map((row) => [`${row.writer}-${row.n}`, row.q]));
  expect(kept.size, 'none doubled').toBe(log.length);
  const held = world.rows<{ id: number; code: string }>('select id, code from quarantine');
  for (const [id, ack] of acked)
    if (ack.is === 'held') expect(held.find((row) => `H${row.id}` === ack.ref)?.code).toBe(ack.code);
    else expect(kept.get(id)).toBe(ack.q);
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
