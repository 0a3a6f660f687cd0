import { describe, expect, test } from 'vitest';

import type { AlertRaised } from '#shared/event/alert.ts';
import type { Cursor } from '#shared/sync/protocol.ts';

import { createArchive } from '../../server/services/archive.ts';
import { MINUTE, START } from '../laws/world.ts';
import { useStage, type Keep } from './stage.ts';

/** What leaves tablets and desks some days after its end, said through the contract alone. */
export function archiveConformance(keep: Keep): void {
  const stage = useStage(keep);

  describe('ended orders are archived', () => {
    const DAYS = 7;
    const DAY = 24 * 60 * MINUTE;
    const archiveOf = ({ world }: ReturnType<typeof stage>) => {
      const { log, orders } = world.store;
      return createArchive({ orders, record: log.record, clock: world.clock, days: DAYS });
    };
    const archived = async (now: ReturnType<typeof stage>): Promise<number> =>
      (await now.logLines()).filter(({ event }) => event.kind === 'archived').length;

    test('some days after their end, once, and tablets and desks are told to erase them', async () => {
      const { world, tablet, desk, given, report } = stage();
      const [done, running, cancelled] = [await given(), await given(), await report()];
      const cursorOf = async (device: typeof tablet): Promise<Cursor | null> => {
        const { page } = await device.sync({ pull: true });
        return page ? { epoch: page.epoch, scope: page.scope, q: page.to, h: page.h } : null;
      };
      const [cursor, seenAtDesk] = [await cursorOf(tablet), await cursorOf(desk)];
      await world.record({ kind: 'closed', data: { outcome: 'restored' } }, done);
      await world.record({ kind: 'cancelled', data: { reason: '误报' } }, cancelled);
      const archive = archiveOf(stage());
      world.clock.advance(DAYS * DAY);
      await tablet.sync();
      expect(await archive.beat(), 'not yet').toBe(0);
      world.clock.advance(5 * MINUTE);
      expect(await archive.beat()).toBe(2);
      world.clock.advance(5 * MINUTE);
      expect([await archive.beat(), await archiveOf(stage()).beat(), await archived(stage())]).toEqual([0, 0, 2]);
      const dropsOf = async (device: typeof tablet, from: Cursor | null) =>
        (await device.sync({ pull: true, cursor: from })).page?.drops.map(({ subject, why }) => `${subject} ${why}`);
      expect(await dropsOf(tablet, cursor)).toEqual([`${done} archived`]);
      expect(await dropsOf(desk, seenAtDesk)).toEqual([`${done} archived`, `${cancelled} archived`]);
      const query = { text: '', units: [world.east], stage: null, after: null, limit: 9 };
      const hits = await world.store.search.orders(query);
      const found = hits.map(({ id, archived: is }) => `order:${id} ${is}`);
      expect(found.toSorted()).toEqual([`${done} true`, `${running} false`, `${cancelled} true`].toSorted());
    });

    test('not while a tablet that was with them may bring something; once it is heard or lost they are', async () => {
      const { world, tablet, given } = stage();
      const second = await world.enrol('tablet', { unit: world.east, role: 'crew', crew: world.crews[0] });
      const order = await given();
      world.clock.advance(MINUTE);
      await world.record({ kind: 'closed', data: { outcome: 'restored' } }, order);
      world.clock.advance(DAYS * DAY + MINUTE);
      tablet.openTaps = 1;
      await tablet.sync();
      expect(await archiveOf(stage()).beat(), 'nobody was heard completely').toBe(0);
      tablet.openTaps = 0;
      await tablet.sync();
      expect(await archiveOf(stage()).beat(), 'the second is silent').toBe(0);
      await world.record({ kind: 'deviceLost', data: { reason: '落水' } }, second.subject);
      expect(await archiveOf(stage()).beat()).toBe(1);
    });

    test('not while an alert stands', async () => {
      const { world, report } = stage();
      const order = await report();
      await world.record({ kind: 'closed', data: { outcome: 'restored' } }, order);
      const alert = await world.record({ kind: 'alertRaised', data: ALERT }, order);
      world.clock.advance(DAYS * DAY + MINUTE);
      expect(await archiveOf(stage()).beat()).toBe(0);
      await world.record({ kind: 'alertClosedOut', data: { alert, because: 'orderEnded' } }, order);
      expect(await archiveOf(stage()).beat()).toBe(1);
    });

    test('in pieces, and those that have to stay keep nobody behind them from it', async () => {
      const { world, tablet } = stage();
      const [crew] = world.crews;
      const data = { unit: world.east, address: '幸福路18号', area: 'urban', channel: 'phone' } as const;
      const make = (count: number, held: boolean): Promise<unknown> =>
        world.store.log.record(
          Array.from({ length: count }, (_, at) => {
            const subject = { begunBy: at * (held ? 3 : 2) };
            const given = { subject, draft: { kind: 'dispatched', data: { crew } } as const, by: null };
            const report = { subject: null, draft: { kind: 'reported', data } as const, by: null };
            const close = { subject, draft: { kind: 'closed', data: { outcome: 'restored' } } as const, by: null };
            return held ? [report, given, close] : [report, close];
          }).flat(),
        );
      await tablet.sync();
      world.clock.advance(MINUTE);
      await make(120, true);
      world.clock.advance(MINUTE);
      await make(150, false);
      world.clock.advance(DAYS * DAY + MINUTE);
      const archive = archiveOf(stage());
      const turns: number[] = [];
      for (let turn = 0; turn < 3; turn += 1) {
        turns.push(await archive.beat(), await archive.beat());
        world.clock.advance(10_000);
      }
      expect(turns).toEqual([0, 0, 80, 0, 70, 0]);
    }, 120_000);
  });
}

const ALERT: AlertRaised = {
  rule: 'arrival',
  level: 'missed',
  epoch: 1,
  limit: START + 45 * MINUTE,
  because: 'over',
  known: { heard: null, devices: [] },
};
