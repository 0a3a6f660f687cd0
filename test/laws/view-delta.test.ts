import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { Envelope } from '#shared/event/envelope.ts';
import { asOrderId, orderSubject, subjectOf, type CrewId, type OrderId, type Subject } from '#shared/ids.ts';
import { STATE_GRID } from '#shared/sla/packs/state-grid.ts';
import type { Cursor, Heads, Page } from '#shared/sync/protocol.ts';
import { addHash, emptySum, sumText } from '#shared/sync/scope-sum.ts';

import type { Viewer } from '../../server/store/grants.ts';
import { isCaught, law } from './law.ts';
import { viewByBruteForce, type Eye, type Line } from './view-oracle.ts';
import { START, startWorld, type Device, type World } from './world.ts';

type Delta = (
  cursor: Cursor | null,
  viewer: Viewer,
  limits: { pageEvents: number; pageBytes: number },
) => Promise<Page>;
type Variant = (delta: Delta, world: World) => Delta;

/** What happens: a number picks the order, crew or device; what does not fit is recorded all the same. */
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('report'), unit: fc.nat(3) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('dispatch'), order: fc.nat(3), crew: fc.nat(2) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('recall'), order: fc.nat(3), crew: fc.nat(2) }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('reassign'), order: fc.nat(3), crew: fc.nat(2), to: fc.nat(2) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('note'), order: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('close'), order: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('archive'), order: fc.nat(3) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('end'), order: fc.nat(3) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('join'), crew: fc.nat(2) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('leave'), crew: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('station'), unit: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('rules'), unit: fc.nat(2) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('move'), crew: fc.nat(2), unit: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('lose') }) },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('page'), viewer: fc.nat(2), size: fc.integer({ min: 1, max: 6 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('pull'), viewer: fc.nat(2), size: fc.integer({ min: 1, max: 6 }) }),
  },
);
type Step = Partial<Record<'order' | 'crew' | 'to' | 'unit' | 'viewer' | 'size', number>> & { readonly do: string };

/** A client that does with pages what pages say, and nothing else. */
class Mirror {
  cursor: Cursor | null = null;
  readonly held = new Map<string, { qs: number[]; hashes: string[]; left: Page['drops'][number] | null }>();

  apply(page: Page): void {
    if (page.reset) this.held.clear();
    for (const { subject, events } of page.subjects) {
      const qs = [...(this.held.get(subject)?.qs ?? []), ...events.map((event) => event.q)];
      const hashes = [...(this.held.get(subject)?.hashes ?? []), ...events.map((event) => event.hash)];
      this.held.set(subject, { qs, hashes, left: null });
    }
    for (const drop of page.drops) {
      const held = this.held.get(drop.subject);
      if (drop.why === 'archived') this.held.delete(drop.subject);
      else if (held) held.left = drop;
      else throw new Error(`${drop.subject} was dropped and had never been here`);
    }
    const { epoch, scope, h } = page;
    const before = page.reset ? '' : (this.cursor?.h ?? '');
    this.cursor = page.more
      ? { epoch, scope, q: page.from, h: before, towards: { q: page.to, after: page.more.after } }
      : { epoch, scope, q: page.to, h };
  }
}

/** I13: the sum that a client makes of what it holds is the one the server says of the view; so is that of each subject. */
async function checkSum({ store }: World, device: Device, { cursor, held }: Mirror): Promise<void> {
  if (!cursor) return;
  const viewer = await device.asker();
  const summed = (hashes: readonly string[]): string => {
    const sum = emptySum();
    for (const hash of hashes) addHash(sum, hash);
    return sumText(sum);
  };
  const all = [...held.values()].flatMap(({ hashes }) => hashes);
  expect(await store.views.check(viewer, cursor.q), 'I13').toEqual({ events: all.length, sum: summed(all) });
  const heads = [...held].map(([subject, { hashes }]): Heads['held'][number] => [
    subject as Subject,
    hashes.length,
    summed(hashes),
  ]);
  const [first, ...rest] = heads;
  expect(await store.views.repair(viewer, cursor, { after: '', upTo: null, held: heads })).toEqual({
    subjects: [],
    gone: [],
    drops: [],
  });
  if (!first) return;
  const repair = await store.views.repair(viewer, cursor, { after: '', upTo: null, held: rest });
  expect(repair?.subjects.map(({ subject, events }) => [subject, events.map(({ hash }) => hash)])).toEqual([
    [first[0], held.get(first[0])?.hashes],
  ]);
  expect(repair?.drops).toEqual([held.get(first[0])?.left].filter(Boolean));
}

const history = (variant: Variant) =>
  fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 45 }), async (steps) => {
    const world = await startWorld();
    try {
      await play(world, steps, variant);
    } finally {
      world.close();
    }
  });

async function play(world: World, steps: readonly Step[], variant: Variant): Promise<void> {
  const tablet = await world.enrol('tablet', { unit: world.east, role: 'crew', crew: world.crews[0] });
  const desk = await world.enrol('desk', { unit: world.centre, role: 'dispatcher' });
  const eastDesk = await world.enrol('desk', { unit: world.east, role: 'dispatcher' });
  const viewers = [tablet, desk, eastDesk].map((device) => ({ device, mirror: new Mirror() }));
  const orders: OrderId[] = [];
  const units = [world.centre, world.east, world.west];
  const delta = variant((cursor, viewer, limits) => world.store.views.delta(viewer, cursor, limits), world);
  const page = async ({ device, mirror }: (typeof viewers)[number], size: number): Promise<void> => {
    mirror.apply(await delta(mirror.cursor, await device.asker(), { pageEvents: size, pageBytes: 1e6 }));
    if (!mirror.cursor?.towards) check(world, device, mirror);
  };

  for (const one of steps) {
    const viewer = viewers[one.viewer ?? 0];
    if (one.do === 'page' && viewer) await page(viewer, one.size ?? 1);
    else if (one.do === 'pull' && viewer) {
      do await page(viewer, one.size ?? 1);
      while (viewer.mirror.cursor?.towards);
    } else await happen(world, { one, orders, units, tablet });
  }
  for (const viewer of viewers) {
    do await page(viewer, 1_000);
    while (viewer.mirror.cursor?.towards || viewer.mirror.cursor?.q !== (await world.store.log.head()).q);
    await checkSum(world, viewer.device, viewer.mirror);
    const fresh = new Mirror();
    fresh.apply(await delta(null, await viewer.device.asker(), { pageEvents: 1e6, pageBytes: 1e9 }));
    expect(plain(viewer.mirror)).toEqual(plain(fresh));
  }
}

type Scene = { one: Step; orders: OrderId[]; units: World['centre'][]; tablet: Device };

async function happen(world: World, { one, orders, units, tablet }: Scene): Promise<void> {
  const crew = world.crews[one.crew ?? 0] as CrewId;
  const by = tablet.of.who;
  if (one.do === 'report') {
    const unit = units[(one.unit ?? 0) % units.length]!;
    const data = { unit, address: '幸福路18号', area: 'urban', channel: 'phone' } as const;
    orders.push(asOrderId(await world.record({ kind: 'reported', data }, null, by)));
  } else if (one.do === 'join') await world.record({ kind: 'joinedCrew', data: { crew } }, tablet.subject);
  else if (one.do === 'leave') await world.record({ kind: 'leftCrew', data: { crew } }, tablet.subject);
  else if (one.do === 'move') {
    const data = { unit: units[(one.unit ?? 0) % units.length]!, reason: '增援' };
    await world.record({ kind: 'crewMoved', data }, subjectOf('crew', crew));
  } else if (one.do === 'lose')
    await world.record({ kind: 'deviceLost', data: { reason: '掉进水里' } }, tablet.subject);
  else if (one.do === 'rules') {
    const unit = units[(one.unit ?? 0) % units.length]!;
    await world.record({ kind: 'rulePackActivated', data: { unit, from: START, pack: STATE_GRID } });
  } else if (one.do === 'station') {
    const parent = units[(one.unit ?? 0) % units.length]!;
    const id = await world.record({ kind: 'unitMade', data: { name: '供电所', level: 'station', parent } });
    units.push(id as World['centre']);
  } else await aboutOrder(world, { one, orders, crew, by });
}

async function aboutOrder(
  world: World,
  { one, orders, crew, by }: { one: Step; orders: OrderId[]; crew: CrewId; by: Device['of']['who'] },
): Promise<void> {
  const id = orders[(one.order ?? 0) % Math.max(1, orders.length)];
  if (!id) return;
  const subject = orderSubject(id);
  const to = world.crews[one.to ?? 0] as CrewId;
  if (one.do === 'dispatch') await world.record({ kind: 'dispatched', data: { crew } }, subject, by);
  if (one.do === 'recall') await world.record({ kind: 'recalled', data: { crew, reason: '有误' } }, subject, by);
  if (one.do === 'reassign')
    await world.record({ kind: 'reassigned', data: { from: crew, to, reason: '更近' } }, subject, by);
  if (one.do === 'note') await world.record({ kind: 'noted', data: { crew: null, text: '看过' } }, subject, by);
  if (one.do === 'close') await world.record({ kind: 'closed', data: { outcome: 'noFault' } }, subject, by);
  if (one.do === 'end') await world.record({ kind: 'closed', data: { outcome: 'noFault' } }, subject, by);
  if (one.do === 'archive' || one.do === 'end') await world.record({ kind: 'archived', data: {} }, subject, by);
}

function check(world: World, device: Device, mirror: Mirror): void {
  const log = world
    .rows<{ q: number; writer: string; n: number; subject: string; kind: string; body: string }>(
      'select q, writer, n, subject, kind, body from event order by q',
    )
    .map(({ body, writer, n, ...line }): Line => ({
      ...line,
      id: `${writer}-${n}`,
      data: (JSON.parse(body) as Envelope).data,
    }));
  const { form, id, unit } = device.of;
  const eye: Eye = form === 'tablet' ? { form, device: id } : { form, device: id, unit };
  const seen = viewByBruteForce(log, eye, mirror.cursor?.q ?? 0);
  const expected = [...seen].map(([subject, { end, left }]) => ({
    subject,
    qs: log.filter((line) => line.subject === subject && line.q <= end).map((line) => line.q),
    left,
  }));
  expect(plain(mirror)).toEqual(expected.toSorted((a, b) => (a.subject < b.subject ? -1 : 1)));
}

const plain = (mirror: Mirror) =>
  [...mirror.held]
    .map(([subject, { qs, left }]) => ({
      subject,
      qs,
      left: left && { why: left.why, to: left.to, reason: left.reason },
    }))
    .toSorted((a, b) => (a.subject < b.subject ? -1 : 1));

const asWritten: Variant = (delta) => delta;

test('I5 pages from f to t make exactly view(t), whatever was recalled, reassigned, archived or moved meanwhile', async () => {
  expect(await law('view delta', history(asWritten), 40)).toBeNull();
}, 120_000);

const caught = (variant: Variant): Promise<boolean> => isCaught(history(variant), 100);

test('I5 control: a pull of several pages that follows the head instead of its fixed end is caught', async () => {
  const atHead: Variant = (delta, world) => async (cursor, viewer, limits) => {
    if (!cursor?.towards) return delta(cursor, viewer, limits);
    const { q } = await world.store.log.head();
    const page = await delta({ ...cursor, towards: { ...cursor.towards, q } }, viewer, limits);
    return { ...page, to: cursor.towards.q };
  };
  expect(await caught(atHead)).toBe(true);
}, 120_000);

test('I5 control: a pull that forgets orders lost by leaving a crew is caught', async () => {
  const deaf: Variant = (delta) => async (cursor, viewer, limits) => {
    const page = await delta(cursor, viewer, limits);
    return { ...page, drops: page.drops.filter((drop) => drop.why !== 'leftCrew') };
  };
  expect(await caught(deaf)).toBe(true);
}, 120_000);

test('I5 control: a pull that forgets what stays behind when a crew is moved is caught', async () => {
  const deaf: Variant = (delta) => async (cursor, viewer, limits) => {
    const page = await delta(cursor, viewer, limits);
    return { ...page, drops: page.drops.filter((drop) => drop.reason !== '增援') };
  };
  expect(await caught(deaf)).toBe(true);
}, 120_000);

test('I5 control: a pull that keeps archived orders is caught', async () => {
  const hoarding: Variant = (delta) => async (cursor, viewer, limits) => {
    const page = await delta(cursor, viewer, limits);
    return { ...page, drops: page.drops.filter((drop) => drop.why !== 'archived') };
  };
  expect(await caught(hoarding)).toBe(true);
}, 120_000);

test('I12 a position of another history, scope or chain starts from nothing', async () => {
  const world = await startWorld();
  const desk = await world.enrol('desk', { unit: world.centre, role: 'dispatcher' });
  const viewer = await desk.asker();
  const first = await world.store.views.delta(viewer, null);
  const { epoch, scope, to: q, h } = first;
  const again = (change: Partial<Cursor>) => world.store.views.delta(viewer, { epoch, scope, q, h, ...change });
  expect(await again({})).toMatchObject({ reset: false, subjects: [], drops: [], from: q, to: q });
  for (const change of [{ epoch: 'other' }, { scope: 'tablet:X' }, { h: 'ffffffffffffffff' }, { q: q + 1 }])
    expect(await again(change)).toMatchObject({ reset: true, from: 0, subjects: first.subjects });
  expect(subjectOf('unit', world.west)).toBe(
    first.subjects.find((one) => one.subject === `unit:${world.west}`)?.subject,
  );
  world.close();
});
