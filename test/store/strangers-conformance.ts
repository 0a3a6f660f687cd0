import { describe, expect, test } from 'vitest';

import { envelopeHash, envelopeText } from '#shared/event/envelope.ts';
import type { WriterId } from '#shared/ids.ts';
import type { PushItem } from '#shared/sync/protocol.ts';
import type { ClockReading } from '#shared/time/clock-reading.ts';

import { createReleaseHeld } from '../../server/services/release-held.ts';
import { MINUTE, START } from '../laws/world.ts';
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

    test('I8 what a stranger holds is let in once at most, whether its copy was there before or comes behind it', async () => {
      const { world, tablet, given, logLines } = stage();
      const order = await given();
      tablet.tap('noted', { crew: world.crews[0], text: '一' }, order);
      tablet.tap('noted', { crew: world.crews[0], text: '二' }, order);
      const stranger = await world.enrol('tablet', { unit: world.east, role: 'crew', crew: world.crews[1] });
      const push = tablet.outbox.map(({ event: made, hash }): PushItem => {
        const event = { ...made, writer: stranger.of.name };
        return { event, hash: envelopeHash(envelopeText(event)), was: hash };
      });
      await stranger.sync({ push, hiN: 2 });
      const [first, second] = await world.store.held.list({}, 0, 10);
      const letIn = async (row: typeof first) => (await createReleaseHeld(world.store).again([row!], true))[0];
      const notes = async () => (await logLines()).filter(({ event }) => event.kind === 'noted');
      const [taken] = (await tablet.sync({ push: [tablet.outbox[0]] })).acks;
      expect(await letIn(first)).toEqual({
        id: first!.id,
        is: 'released',
        q: taken!.is === 'ok' && taken!.q,
        copy: true,
      });
      expect(await notes()).toHaveLength(1);

      const let2 = await letIn(second);
      expect(let2).toEqual({ id: second!.id, is: 'released', q: (await world.store.log.head()).q });
      expect((await tablet.sync({ push: [tablet.outbox[1]] })).acks).toMatchObject([{ is: 'held', n: 2 }]);
      expect((await tablet.sync({ push: [tablet.outbox[1]] })).need).toEqual([]);
      expect(await notes()).toHaveLength(2);
      expect(await world.store.held.count()).toEqual([]);
    });

    test('I12 after a restore, what was made in sight of a history that the copy does not know is taken', async () => {
      const { world, given } = stage();
      const order = await given();
      const other = await world.enrol('tablet', { unit: world.east, role: 'crew', crew: world.crews[1] });
      const bring = async (n: number, epoch: string) => {
        if (!other.outbox[n - 1]) other.tap('noted', { crew: world.crews[1], text: '一' }, order);
        const event = { ...other.outbox[n - 1]!.event, seen: { epoch, q: 1 } };
        return (await other.sync({ push: [{ event, hash: envelopeHash(envelopeText(event)) }] })).acks;
      };
      expect(await bring(1, 'gone')).toMatchObject([{ is: 'held', code: 'notAllowed' }]);
      await world.store.restore.beginAnew({ epoch: 'anew', process: 'NEW' as WriterId, gatherUntil: 0 });
      await world.store.restore.endGathering();
      expect(await bring(2, 'anew')).toMatchObject([{ is: 'held', code: 'notAllowed' }]);
      expect(await bring(3, 'gone')).toMatchObject([{ is: 'ok' }]);
    });

    test('I12 what was gathered is taken in its old order, a history that the copy does not know last', async () => {
      const { world, tablet, given } = stage();
      const order = await given();
      const { epoch } = await world.store.log.head();
      for (const text of ['一', '二', '三']) tablet.tap('noted', { crew: world.crews[0], text }, order);
      await world.store.restore.beginAnew({ epoch: 'anew', process: 'NEW' as WriterId, gatherUntil: START + MINUTE });
      const lays = [
        { epoch: 'gone', q: 2 },
        { epoch, q: 900 },
        { epoch: 'gone', q: 1 },
      ];
      await tablet.sync({ push: tablet.outbox.map((item, index) => ({ ...item, lay: lays[index] })) });
      expect((await world.store.held.gathered(10)).map(({ n }) => n)).toEqual([2, 3, 1]);
    });
  });
}
