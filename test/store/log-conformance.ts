import { describe, expect, test } from 'vitest';

import { CHAIN_START, chainNext, sha256Hex } from '#shared/canonical.ts';
import { asCrewId, asOrderId, asUnitId, orderSubject, subjectOf, type WriterId } from '#shared/ids.ts';

import { createReleaseHeld } from '../../server/services/release-held.ts';
import { MINUTE, START } from '../laws/world.ts';
import { useStage, type Keep } from './stage.ts';

/** Custody, said through the contract alone: what every database has to do for the log. */
export function logConformance(keep: Keep): void {
  const stage = useStage(keep);

  describe('log', () => {
    test('I1 I12 positions have no gaps, every text is what was hashed, every hash is chained', async () => {
      const { world, logLines, given } = stage();
      await given();
      let chain = CHAIN_START;
      for (const [index, line] of (await logLines()).entries()) {
        expect(line.q).toBe(index + 1);
        expect(sha256Hex(line.text)).toBe(line.hash);
        chain = chainNext(chain, `${line.event.writer}-${line.event.n}`, line.hash);
        expect(line.chain).toBe(chain);
      }
      expect(await world.store.log.head()).toMatchObject({ q: (await logLines()).length, chain, safe: null });
    });

    test('I1 what several processes write at once gets positions and numbers without a gap', async () => {
      const { world, logLines, beside } = stage();
      const other = await beside();
      const unit = { kind: 'unitMade', data: { name: '所', level: 'station', parent: world.east } } as const;
      const many = Array.from({ length: 12 }, (_, n) =>
        (n % 2 ? other : world.store).log.record([{ subject: null, draft: unit, by: null }]),
      );
      expect(new Set((await Promise.all(many)).flat()).size).toBe(12);
      other.close();
      const lines = await logLines();
      expect(lines.map(({ q }) => q)).toEqual(lines.map((_, index) => index + 1));
      const { process } = await world.store.log.head();
      const own = lines.filter(({ event }) => event.writer === process).map(({ event }) => event.n);
      expect(own).toEqual(own.map((_, index) => index + 1));
      expect(await world.store.verify(() => {})).toMatchObject({ damages: 0 });
    });

    test('a unit and a crew are called otherwise, for whoever sees them; what they did stays under their ids', async () => {
      const { world, tablet, desk } = stage();
      const [crew] = world.crews;
      const { east } = world;
      await world.record({ kind: 'unitRenamed', data: { name: '新城东' } }, subjectOf('unit', east));
      await world.record({ kind: 'crewRenamed', data: { name: '新一班' } }, subjectOf('crew', crew));
      await world.record(
        { kind: 'crewRenamed', data: { name: '没有' } },
        subjectOf('crew', asCrewId('ZZZ-9' as never)),
      );
      expect(await world.store.roster.unit(east)).toMatchObject({ name: '新城东' });
      expect(await world.store.roster.crew(crew)).toMatchObject({ name: '新一班', unit: east });
      for (const device of [tablet, desk]) {
        const page = (await device.sync({ pull: true })).page;
        const told = page?.subjects.find(({ subject }) => subject === subjectOf('crew', crew));
        expect(told?.events.map(({ event }) => event.kind)).toEqual(['crewMade', 'crewRenamed']);
      }
      expect(await world.store.verify(() => {})).toMatchObject({ damages: 0 });
    });

    test('a crew is moved: from there on the other unit sees it, orders stay where they are, a tablet loses nothing', async () => {
      const { world, tablet, desk, given, report } = stage();
      const { west } = world;
      const [crew] = world.crews;
      const westDesk = await world.enrol('desk', { unit: west, role: 'dispatcher' });
      const held = await given();
      tablet.tap('departed', { crew }, held);
      const before = await tablet.sync({ pull: true });
      await world.record({ kind: 'crewMoved', data: { unit: west, reason: '台风增援' } }, subjectOf('crew', crew));
      // Going nowhere, or a crew that is not there, changes nothing.
      await world.record({ kind: 'crewMoved', data: { unit: west, reason: '又来' } }, subjectOf('crew', crew));
      await world.record(
        { kind: 'crewMoved', data: { unit: west, reason: '没有' } },
        subjectOf('crew', asCrewId('ZZZ-9' as never)),
      );
      expect(await world.store.roster.crew(crew)).toMatchObject({ unit: west });

      const fresh = await report('城东新单');
      const given2 = { unit: west, address: '城西新单', area: 'urban', channel: 'phone' } as const;
      const inWest = orderSubject(asOrderId(await world.record({ kind: 'reported', data: given2 })));
      await world.record({ kind: 'dispatched', data: { crew } }, inWest);
      // What it did before it heard of it, also an order it took on the road for its old unit.
      tablet.tap('arrived', { crew }, held);
      tablet.tap('reported', { unit: world.east, address: '路上', area: 'urban', channel: 'crew' }, null);
      const { page: first } = before;
      const after = await tablet.sync({
        pull: true,
        cursor: first && { epoch: first.epoch, scope: first.scope, q: first.to, h: first.h },
      });
      expect(after.acks.map(({ is }) => is)).toEqual(['ok', 'ok']);
      expect(after.page?.reset).toBe(false);
      expect(after.page?.drops.map(({ subject }) => subject.split(':')[0])).not.toContain('order');
      expect(after.page?.subjects.map(({ subject }) => subject)).toEqual(expect.arrayContaining([held, inWest]));

      const told = async (by: typeof desk) => {
        const page = (await by.sync({ pull: true })).page;
        const has = new Set(page?.subjects.map(({ subject }) => subject));
        const drops = page?.drops.map(({ subject, why }) => `${subject} ${why}`).toSorted();
        return { has, drops };
      };
      const mine = [subjectOf('crew', crew), tablet.subject, subjectOf('person', tablet.of.who)];
      const [east, far] = [await told(desk), await told(westDesk)];
      expect([held, fresh, ...mine].every((subject) => east.has.has(subject))).toBe(true);
      expect(east.has.has(inWest)).toBe(false);
      expect(east.drops).toEqual([`${subjectOf('crew', crew)} reassigned`, `${tablet.subject} reassigned`].toSorted());
      expect([inWest, ...mine].every((subject) => far.has.has(subject))).toBe(true);
      expect([held, fresh].some((subject) => far.has.has(subject))).toBe(false);
      expect(far.drops).toEqual([]);
      expect((await world.store.contacts.live(world.east)).heard.map((one) => one.crew)).not.toContain(crew);
      expect((await world.store.contacts.live(west)).heard.map((one) => one.crew)).toContain(crew);
      expect(await world.store.verify(() => {})).toMatchObject({ damages: 0 });
    });

    test('a crew is not moved into another company, nor by anybody but an administrator', async () => {
      const { world, desk } = stage();
      const [crew] = world.crews;
      const admin = await world.enrol('desk', { unit: world.centre, role: 'admin' });
      const data = { name: '别家', level: 'centre', parent: null } as const;
      const other = asUnitId(await world.record({ kind: 'unitMade', data }));
      const about = subjectOf('crew', crew);
      admin.tap('crewMoved', { unit: other, reason: '增援' }, about);
      admin.tap('crewMoved', { unit: asUnitId('ZZZ-9' as never), reason: '增援' }, about);
      admin.tap('crewMoved', { unit: world.west, reason: '增援' }, about);
      desk.tap('crewMoved', { unit: world.centre, reason: '增援' }, about);
      const codes = (await admin.sync()).acks.map((ack) => (ack.is === 'held' ? ack.code : ack.is));
      expect(codes).toEqual(['badData', 'badData', 'ok']);
      expect((await desk.sync()).acks).toMatchObject([{ is: 'held', code: 'notAllowed' }]);
      expect(await world.store.roster.crew(crew)).toMatchObject({ unit: world.west });
    });

    test('another process sees what this one wrote, and notices that it was not itself', async () => {
      const { world, report, beside } = stage();
      const other = await beside();
      other.foreignCommit();
      await report();
      expect((await other.log.head()).q).toBe((await world.store.log.head()).q);
      await expect.poll(() => other.foreignCommit()).toBe(true);
      other.close();
    });

    test('a transaction that goes wrong leaves nothing', async () => {
      const { world } = stage();
      const before = await world.store.log.head();
      const wrong = world.store.log.record(() => {
        throw new Error('thought better of it');
      });
      await expect(wrong).rejects.toThrow('thought better of it');
      await expect(
        world.store.log.record((view) => [
          { subject: { begunBy: view.isCentre(world.east) ? 0 : 7 }, draft: { kind: 'archived', data: {} }, by: null },
        ]),
      ).rejects.toThrow('nothing stands');
      expect(await world.store.log.head()).toEqual(before);
    });

    test('I3 of several processes that give one name away at once only one does', async () => {
      const { world, beside } = stage();
      const other = await beside();
      const writer = 'Q7Q' as WriterId;
      const data = { writer, form: 'desk', unit: world.east, person: null } as const;
      const many = Array.from({ length: 6 }, (_, n) =>
        (n % 2 ? other : world.store).log.record((view) =>
          view.deviceOf(writer) === null
            ? [{ subject: null, draft: { kind: 'deviceEnrolled', data }, by: null } as const]
            : [],
        ),
      );
      const given = (await Promise.all(many)).flat();
      other.close();
      expect(given).toHaveLength(1);
      expect(await world.store.roster.deviceOf(writer)).toBe(given[0]);
    });

    test('I3 the same again is a dup with its position; another text under its number is held as forked', async () => {
      const { world, tablet, given } = stage();
      const order = await given();
      tablet.tap('noted', { crew: world.crews[0], text: '一' }, order);
      const [first] = (await tablet.sync()).acks;
      expect(first).toMatchObject({ is: 'ok', n: 1 });
      tablet.sent = 0;
      expect((await tablet.sync()).acks).toEqual([{ ...first, is: 'dup' }]);
      tablet.outbox.length = 0;
      tablet.sent = 0;
      tablet.tap('noted', { crew: world.crews[0], text: '二' }, order);
      expect((await tablet.sync()).acks).toMatchObject([{ is: 'held', n: 1, code: 'forked' }]);
      expect(await world.store.held.count()).toEqual([{ code: 'forked', count: 1 }]);
    });

    test('I8 I9 what may not enter is kept with its bytes, once, and keeps nothing else out', async () => {
      const { world, tablet, given } = stage();
      const order = await given();
      tablet.tap('noted', { crew: world.crews[0], text: '一' }, order);
      tablet.tap('noted', { crew: world.crews[2], text: '别班' }, order);
      tablet.tap('noted', { crew: world.crews[0], text: '\0 \ud800 三' }, order);
      const { acks, need } = await tablet.sync();
      expect(acks.map((ack) => (ack.is === 'held' ? ack.code : ack.is))).toEqual(['ok', 'notAllowed', 'ok']);
      expect(need).toEqual([]);
      tablet.sent = 0;
      const again = await tablet.sync();
      expect(again.acks[1]).toEqual(acks[1]);
      const [held] = await world.store.held.list({}, 0, 10);
      expect(acks[1]).toMatchObject({ ref: `H${held?.id}` });
      expect(JSON.parse(held?.raw ?? '')).toEqual(tablet.outbox[1]);
      expect(await world.store.held.get([held!.id])).toEqual([held]);
      expect(await world.store.held.waitingFor([order], 5)).toEqual([held]);
      expect(await world.store.held.list({ code: 'forked' }, 0, 10)).toEqual([]);
      expect(world.faults).toEqual([]);
    });

    test('what is held enters the log later, with the receipt it came with', async () => {
      const { world, tablet, logLines, given } = stage();
      const order = await given();
      await world.store.accounts.startSession({
        tokenHash: 't',
        device: tablet.of.id,
        person: tablet.of.who,
        form: 'tablet',
        madeAt: START,
      });
      tablet.tap('noted', { crew: world.crews[2], text: '别班' }, order);
      await tablet.sync();
      const rows = await world.store.held.list({}, 0, 10);
      world.clock.advance(60 * MINUTE);
      const [released] = await createReleaseHeld(world.store).again(rows, true);
      expect(released).toMatchObject({ is: 'released', q: (await world.store.log.head()).q });
      expect((await logLines()).at(-1)?.time.hi).toBeLessThanOrEqual(START + MINUTE);
      expect(await world.store.held.count()).toEqual([]);
      expect(await world.store.held.list({ released: true }, 0, 10)).toHaveLength(1);
    });

    test('I11 numbers that are missing are asked for, in ranges', async () => {
      const { world, tablet, given } = stage();
      const order = await given();
      for (const text of ['一', '二', '三', '四', '五']) tablet.tap('noted', { crew: world.crews[0], text }, order);
      const push = [tablet.outbox[0], tablet.outbox[3]];
      expect((await tablet.sync({ push })).need).toEqual([
        [2, 3],
        [5, 5],
      ]);
      expect(await world.store.log.need(tablet.of.name, 7)).toEqual([
        [2, 3],
        [5, 7],
      ]);
    });

    test('a history begun anew has another epoch and another writer, and gathers until it is told to go on', async () => {
      const { world, tablet, given } = stage();
      const before = await world.store.log.head();
      const order = await given();
      await world.store.restore.beginAnew({ epoch: 'other', process: 'PRX' as never, gatherUntil: START + 5 * MINUTE });
      tablet.tap('noted', { crew: world.crews[0], text: '一' }, order);
      expect(await tablet.sync()).toMatchObject({ epoch: 'other', acks: [] });
      expect(await world.store.held.gathered(10)).toMatchObject([{ code: 'gathering', n: 1 }]);
      await world.store.restore.endGathering();
      tablet.sent = 0;
      expect((await tablet.sync()).acks).toMatchObject([{ is: 'ok' }]);
      expect((await world.store.log.head()).process).not.toBe(before.process);
      expect(await world.store.held.gathered(10)).toEqual([]);
    });
  });
}
