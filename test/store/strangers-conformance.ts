import { describe, expect, test } from 'vitest';

import { envelopeHash, envelopeText } from '#shared/event/envelope.ts';
import type { PushItem } from '#shared/sync/protocol.ts';
import type { ClockReading } from '#shared/time/clock-reading.ts';

import { useStage, type Keep } from './stage.ts';

/** A tablet that brings what was recorded under a name nobody gave it. */
export function strangersConformance(keep: Keep): void {
  const stage = useStage(keep);

  describe('strangers', () => {
    test('I3 what a tablet delivered before it was enrolled anew is a dup, and nothing that only says it is', async () => {
      const { world, tablet, given } = stage();
      const order = await given();
      tablet.tap('noted', { crew: world.crews[0], text: '一' }, order);
      tablet.tap('noted', { crew: world.crews[0], text: '二' }, order);
      const [one, two] = tablet.outbox;
      const anew = await world.enrol('tablet', { unit: world.east, role: 'crew', crew: world.crews[1] });
      const bring = async (...push: unknown[]) => (await anew.sync({ writer: tablet.of.name, push, hiN: 2 })).acks;
      expect(await bring(one)).toMatchObject([{ is: 'held', n: 1, code: 'foreignWriter' }]);
      const [first] = (await tablet.sync({ push: [one] })).acks;
      expect(first).toMatchObject({ is: 'ok' });
      const forged = { ...one, event: { ...one?.event, data: { ...one?.event.data, text: '三' } } };
      expect(await bring(one, two, forged)).toMatchObject([
        { ...first, is: 'dup' },
        { is: 'held', n: 2, code: 'foreignWriter' },
        { is: 'held', n: 1, code: 'foreignWriter' },
      ]);
      const { q } = await world.store.log.head();
      expect(await bring(one)).toEqual([{ ...first, is: 'dup' }]);
      expect((await world.store.log.head()).q).toBe(q);
      expect(await world.store.held.count()).toEqual([{ code: 'foreignWriter', count: 2 }]);
    });

    test('I8 what a stranger holds under a name of its own leaves quarantine once its copy has brought it in', async () => {
      const { world, tablet, given } = stage();
      const order = await given();
      tablet.tap('noted', { crew: world.crews[0], text: '一' }, order);
      const [one] = tablet.outbox;
      const stranger = await world.enrol('tablet', { unit: world.east, role: 'crew', crew: world.crews[1] });
      const renamed = (n: number, change: Partial<ClockReading> = {}): PushItem => {
        const clock = { ...one!.event.clock, ...change };
        const event = { ...one!.event, writer: stranger.of.name, n, clock };
        return { event, hash: envelopeHash(envelopeText(event)), was: one!.hash };
      };
      const [moved, other] = [renamed(1), renamed(2, { mono: one!.event.clock.mono + 1 })];
      const bring = async (...push: unknown[]) => (await stranger.sync({ push, hiN: 2 })).acks;
      expect(await bring(one)).toMatchObject([{ is: 'held', code: 'foreignWriter' }]);
      expect(await bring(moved)).toMatchObject([{ is: 'held', code: 'notAllowed' }]);
      const [taken] = (await tablet.sync()).acks;
      const q = taken?.is === 'ok' ? taken.q : 0;
      expect(await bring(moved, other)).toMatchObject([{ is: 'held' }, { is: 'held', code: 'notAllowed' }]);
      const held = await world.store.held.list({ released: true }, 0, 10);
      expect(held.map(({ releasedQ }) => releasedQ)).toEqual([q, q, null]);
      // Another tap that only says it was that one.
      expect(await world.store.held.count()).toEqual([{ code: 'notAllowed', count: 1 }]);
    });
  });
}
