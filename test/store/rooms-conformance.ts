import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import type { AlertRaised } from '#shared/event/alert.ts';
import { understood } from '#shared/event/catalog.ts';
import { asPersonId, subjectOf } from '#shared/ids.ts';
import type { Order } from '#shared/order/order.ts';

import { makeBackup } from '../../server/services/backup.ts';
import { bringOrders } from '../../server/services/bring-orders.ts';
import { openStore } from '../../server/store/open-store.ts';
import type { Judge } from '../../server/store/overdue-store.ts';
import { MINUTE, START } from '../laws/world.ts';
import { useStage, type Keep } from './stage.ts';

/** Everything that stands beside the log, said through the contract alone. */
export function roomsConformance(keep: Keep): void {
  const stage = useStage(keep);

  describe('contact and alerts', () => {
    test('I25 silence asks for contact; what is heard late takes it back or makes it late, once', async () => {
      const { world, tablet, given } = stage();
      const order = await given();
      world.clock.advance(21 * MINUTE);
      tablet.tap('arrived', { crew: world.crews[0] }, order);
      world.clock.advance(25 * MINUTE);
      await world.overdue.tick(world.clock());
      expect(await alerts(stage())).toEqual(['alertRaised contact']);
      await tablet.sync();
      await world.overdue.tick(world.clock());
      expect(await alerts(stage())).toEqual(['alertRaised contact', 'alertWithdrawn']);
      expect(await world.store.overdue.nextDue()).toBeGreaterThan(world.clock());
    });

    test('of processes that look at once, one tells', async () => {
      const { world, given, beside } = stage();
      const order = await given();
      await given();
      world.clock.advance(46 * MINUTE);
      const other = await beside();
      const judge: Judge = (one) => ({ drafts: [{ kind: 'alertRaised' as const, data: alertOf(one) }], next: null });
      const looks = [world.store, other, world.store, other].map((store) =>
        store.overdue.judgeDue(world.clock(), 10, judge),
      );
      expect((await Promise.all(looks)).reduce((sum, one) => sum + one.written, 0)).toBe(2);
      other.close();
      await world.record({ kind: 'noted', data: { crew: null, text: '又看' } }, order);
      expect(await world.store.overdue.judgeDue(world.clock(), 10, judge)).toEqual({ looked: 1, written: 0 });
      expect(await alerts(stage())).toEqual(['alertRaised missed', 'alertRaised missed']);
    });

    test('a device that is lost is waited for no more', async () => {
      const { world, tablet, given } = stage();
      await given();
      world.clock.advance(46 * MINUTE);
      await world.overdue.tick(world.clock());
      await world.record({ kind: 'deviceLost', data: { reason: '落水' } }, subjectOf('device', tablet.of.id));
      await world.overdue.tick(world.clock());
      expect(await alerts(stage())).toEqual(['alertRaised contact', 'alertRaised missed', 'alertClosedOut superseded']);
    });

    test('desks are told when a crew was heard and where its van is, by tablet or tracker, whichever is later', async () => {
      const { world, tablet, desk } = stage();
      const [crew] = world.crews;
      const { trackers } = world.store;
      await tablet.sync({ fix: { lat: 30.25, lon: 120.15, acc: 12, at: START } });
      await trackers.put({ id: 'v1', keyHash: 'k', crew, madeAt: START });
      const fix = { lat: 30.3, lon: 120.2, at: START + 5, rcv: START + 10 };
      expect(await trackers.keepFix({ id: 'v1', keyHash: 'k' }, fix, 900)).toEqual({ ok: true, value: 'kept' });
      expect(await trackers.keepFix({ id: 'v1', keyHash: 'k' }, fix, 900)).toMatchObject({ error: 'tooSoon' });
      expect(
        await trackers.keepFix({ id: 'v1', keyHash: 'k' }, { ...fix, at: 1, rcv: START + 2_000 }, 900),
      ).toMatchObject({ value: 'older' });
      expect(await trackers.keepFix({ id: 'v1', keyHash: 'x' }, fix, 900)).toMatchObject({ error: 'unknown' });
      expect((await desk.sync({ pull: true })).live).toEqual({
        heard: [{ crew, heard: START }],
        devices: [{ device: tablet.of.id, heard: START }],
        fixes: [{ crew, lat: 30.3, lon: 120.2, at: START + 5, by: 'tracker' }],
      });
    });
  });

  test('accounts: a name belongs to one, a device has one session, a code is good once', async () => {
    const { world, tablet, desk } = stage();
    const { accounts } = world.store;
    const [a, b] = [tablet.of.who, desk.of.who];
    expect(await accounts.putLogin({ person: a, name: '李', password: 'x' })).toMatchObject({ ok: true });
    expect(await accounts.putLogin({ person: b, name: '李', password: 'y' })).toMatchObject({ error: 'nameTaken' });
    expect(await accounts.putLogin({ person: a, name: '李', password: 'z' })).toMatchObject({ ok: true });
    expect(await accounts.loginByName('李')).toEqual({ person: a, name: '李', password: 'z' });
    expect(await accounts.loginByName('王')).toBeNull();
    const session = { device: desk.of.id, person: b, form: 'desk', madeAt: START } as const;
    await accounts.startSession({ ...session, tokenHash: '1' });
    await accounts.startSession({ ...session, tokenHash: '2', madeAt: START + 1 });
    expect(await accounts.sessionByToken('1')).toEqual({
      ...session,
      tokenHash: '1',
      usedAt: START,
      endedAt: START + 1,
    });
    await accounts.sessionUsed('2', START + 9);
    expect(await accounts.isOpenOn(desk.of.id)).toBe(true);
    await accounts.endSessionsOf(b, START + 10);
    await accounts.endSession('2', START + 11);
    expect(await accounts.sessionByToken('2')).toMatchObject({ usedAt: START + 9, endedAt: START + 10 });
    expect(await accounts.isOpenOn(desk.of.id)).toBe(false);
    expect(await accounts.wasSignedIn(desk.of.id, b)).toBe(true);
    expect(await accounts.wasSignedIn(desk.of.id, asPersonId('NOB-1' as never))).toBe(false);
    await accounts.addPerson({ ...session, person: a, tokenHash: '3', madeAt: START + 11 });
    expect(await accounts.peopleOn(desk.of.id)).toEqual([b, a]);
    expect(await accounts.sessionByToken('3')).toMatchObject({ person: a, endedAt: START + 11 });
    await accounts.putCode({ codeHash: 'c', crew: world.crews[0], person: a, endsAt: START + 5 });
    expect(await accounts.takeCode('c', START + 5)).toMatchObject({ error: 'codeUnknown' });
    const both = await Promise.all([accounts.takeCode('c', START), accounts.takeCode('c', START)]);
    expect(both.map((one) => (one.ok ? one.value.person : one.error)).toSorted()).toEqual([a, 'codeUsed'].toSorted());
  });

  test('roster, equipment, search, sources and pages say what was written', async () => {
    const { world, tablet, desk } = stage();
    const { store } = world;
    expect((await store.roster.units()).map(({ name }) => name)).toEqual(['客服中心', '城东', '城西']);
    expect(await store.roster.device(tablet.of.id)).toEqual({
      id: tablet.of.id,
      writers: [tablet.of.name],
      crew: world.crews[0],
      blocked: false,
      was: null,
    });
    await world.record({ kind: 'tookOver', data: { device: desk.of.id } }, tablet.subject);
    expect(await store.roster.device(tablet.of.id)).toMatchObject({ was: desk.of.id });
    expect(await store.roster.person(desk.of.who)).toMatchObject({ role: 'dispatcher', unit: world.east });
    expect([await store.roster.crew(world.crews[1]), await store.roster.unit(world.west)]).toMatchObject([
      { name: '二班' },
      { name: '城西' },
    ]);
    expect((await store.roster.people()).length).toBe(2);
    expect(await store.roster.activations()).toEqual([]);
    const rows = [
      { feeder: '10kV 一线', lat: 30.1, lon: 120.1 },
      { feeder: '10kV 二线', lat: 31, lon: 121 },
    ];
    expect(await store.equipment.replace('gis', rows)).toEqual({ before: 0 });
    expect(await store.equipment.replace('gis', rows)).toEqual({ before: 2 });
    expect(await store.equipment.within({ west: 120, east: 120.5, south: 30, north: 30.5 }, 10)).toEqual([rows[0]]);

    const order = (key: string, unit = world.east) => ({
      system: 'test',
      key,
      reported: {
        kind: 'reported' as const,
        data: {
          unit,
          address: `公[塭]里 ${key}`,
          area: 'urban' as const,
          channel: 'import' as const,
          source: { system: 'test', key },
        },
      },
      since: [],
    });
    expect(await bringOrders(store.log, [order('K1'), order('K2')])).toEqual([true, true]);
    expect(await bringOrders(store.log, [order('K2'), order('K3'), order('K4', world.west)])).toEqual([
      false,
      true,
      true,
    ]);
    expect(await store.orders.bySource('test', 'K9')).toBeNull();
    const find = (text: string, limit = 10) =>
      store.search.orders({ text, units: [world.east], stage: null, after: null, limit });
    expect(await find('塭里 k2')).toMatchObject([
      { sourceKey: 'K2', address: '公[塭]里 K2', area: 'urban', archived: false },
    ]);
    expect(await find('%')).toEqual([]);
    const [newest] = await find('', 1);
    const after = { reportedAt: newest!.reportedAt, order: newest!.id };
    const rest = await store.search.orders({ text: '', units: [world.east], stage: 'reported', after, limit: 10 });
    expect([newest!.id, ...rest.map(({ id }) => id)].length).toBe(3);
    const seen: string[] = [];
    let mark: Parameters<typeof store.orders.page>[0]['after'] = null;
    do
      mark = await store.orders.page({ after: mark, limit: 2, units: null, from: 0, to: START * 2 }, (one) =>
        seen.push(one.report?.source?.key ?? ''),
      );
    while (mark);
    expect(seen.toSorted()).toEqual(['K1', 'K2', 'K3', 'K4']);
  });

  test('I10 a copy is read back, says how far it reaches, and is a database that opens by itself', async () => {
    const { world, tablet, logLines, report, given } = stage();
    await given();
    tablet.tap('noted', { crew: world.crews[2], text: '别班' }, await report());
    await tablet.sync({ fix: { lat: 30, lon: 120, at: START } });
    await world.overdue.tick(world.clock());
    const dir = mkdtempSync(join(tmpdir(), 'relight-copy-'));
    const { store } = world;
    const { q } = await store.log.head();
    expect(await makeBackup({ backups: store.backups, dir, now: START })).toMatchObject({
      ok: true,
      value: { q, safe: q },
    });
    expect((await store.log.head()).safe).toBe(q);
    expect(await store.backups.publishSafe({ q: 1, epoch: 'other' })).toBe(q);
    await store.backups.copyTo(join(dir, 'relight.db'));
    const copy = openStore(dir, { clock: world.clock, random: (bytes) => new Uint8Array(bytes) });
    expect(await copy.log.head()).toEqual(await store.log.head());
    expect(await copy.pages.page(0, 1_000)).toEqual(await logLines());
    expect(await copy.held.list({}, 0, 10)).toEqual(await store.held.list({}, 0, 10));
    expect(await copy.contacts.live(world.centre)).toEqual(await store.contacts.live(world.centre));
    expect(await copy.verify(() => {})).toMatchObject({ damages: 0 });
    expect(await store.verify(() => {})).toMatchObject({ damages: 0, events: q });
    copy.close();
    rmSync(dir, { recursive: true });
  });
}

async function alerts({ logLines }: ReturnType<ReturnType<typeof useStage>>): Promise<string[]> {
  return (await logLines()).flatMap(({ event }) => {
    const draft = understood(event);
    if (draft?.kind === 'alertRaised') return [`alertRaised ${draft.data.level}`];
    if (draft?.kind === 'alertClosedOut') return [`alertClosedOut ${draft.data.because}`];
    return draft?.kind === 'alertWithdrawn' ? ['alertWithdrawn'] : [];
  });
}

/** An alert that is told whatever is known. */
const alertOf = (order: Order): AlertRaised => ({
  rule: 'arrival',
  level: 'missed',
  epoch: 1,
  limit: (order.reportedAt?.est ?? 0) + 45 * MINUTE,
  because: 'over',
  known: { heard: null, devices: [] },
});
