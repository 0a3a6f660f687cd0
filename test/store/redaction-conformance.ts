import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { sha256Hex } from '#shared/canonical.ts';
import { envelopeText, idOf, type LoggedEvent } from '#shared/event/envelope.ts';
import {
  asOrderId,
  orderSubject,
  subjectId,
  type EventId,
  type OrderId,
  type Subject,
  type WriterId,
} from '#shared/ids.ts';
import { erased } from '#shared/order/erase.ts';
import type { Cursor, SyncAnswer } from '#shared/sync/protocol.ts';

import { MINUTE, START } from '../laws/world.ts';
import { useStage, type Keep } from './stage.ts';

const NAME = '王小明';
const PHONE = '13800138000';
const CUSTOMER = { name: NAME, phone: PHONE } as const;

/** I4, said through the contract alone: the texts are gone wherever the database had them, and all else is as it was. */
export function redactionConformance(keep: Keep): void {
  const stage = useStage(keep);

  const told = async (): Promise<OrderId> => {
    const { world } = stage();
    const data = {
      unit: world.east,
      address: '幸福路18号',
      area: 'urban',
      channel: 'phone',
      customer: CUSTOMER,
    } as const;
    return asOrderId(await world.record({ kind: 'reported', data: { ...data, words: `${NAME}家没电` } }));
  };
  const given = async (): Promise<Subject> => {
    const { world } = stage();
    const order = orderSubject(await told());
    await world.record({ kind: 'dispatched', data: { crew: world.crews[0], note: `找${NAME}` } }, order);
    return order;
  };
  const redact = (order: Subject, events: readonly EventId[] | null = null) =>
    stage().world.store.log.redact({ order: subjectId<OrderId>(order), events, reason: 'asked', by: null });
  const lines = async (order: Subject) => stage().world.store.pages.page(0, 1_000, order);
  /** Everything that is kept about it, as far as the contract shows it. */
  const kept = async (order: Subject): Promise<string> => {
    const { world } = stage();
    const units = (await world.store.roster.units()).map(({ id }) => id);
    const states: object[] = [];
    await world.store.orders.page({ after: null, limit: 100, units, from: 0, to: START * 2 }, (one) =>
      states.push(one),
    );
    const held = await world.store.held.list({ released: true }, 0, 1_000);
    return JSON.stringify([await lines(order), states, held.map(({ raw }) => raw)]);
  };
  const sound = async (): Promise<void> => {
    const { world } = stage();
    expect(await world.store.verify(() => {})).toMatchObject({ damages: 0, damage: [] });
    const dir = mkdtempSync(join(tmpdir(), 'relight-redaction-'));
    try {
      await world.store.backups.copyTo(join(dir, 'copy.db'));
      expect((await world.store.backups.inspect(join(dir, 'copy.db'))).damage).toEqual([]);
    } finally {
      rmSync(dir, { recursive: true });
    }
  };
  const cursorOf = ({ page }: SyncAnswer): Cursor => {
    if (!page) throw new Error('no page came');
    return { epoch: page.epoch, scope: page.scope, q: page.to, h: page.h };
  };
  const erasedIn = ({ page }: SyncAnswer): EventId[] =>
    (page?.erased ?? []).map(({ event }: LoggedEvent) => idOf(event));

  describe('redaction', () => {
    test('I4 texts go from log, fold, search and quarantine; hashes, chain and everything else stay', async () => {
      const { world, tablet } = stage();
      const order = await given();
      tablet.tap('noted', { crew: world.crews[0], text: `${NAME}说明天再来` }, order);
      tablet.tap('arrived', { crew: world.crews[0] }, order);
      await tablet.sync();
      const before = await lines(order);
      const head = await world.store.log.head();
      expect(await kept(order)).toContain(PHONE);
      const units = [world.east];
      const search = async (text: string) =>
        (await world.store.search.orders({ text, units, stage: null, after: null, limit: 9 })).length;
      expect([await search(PHONE), await search(NAME), await search('幸福路')]).toEqual([1, 1, 1]);

      expect(await redact(order)).toHaveLength(3);
      const after = await lines(order);
      expect(await kept(order)).not.toContain(PHONE);
      expect(await kept(order)).not.toContain(NAME);
      expect([await search(PHONE), await search(NAME), await search('幸福路')]).toEqual([0, 0, 1]);
      const chains = (all: typeof after) => all.map(({ q, hash, chain, time, rcv }) => ({ q, hash, chain, time, rcv }));
      expect(chains(after.slice(0, -1))).toEqual(chains(before));
      expect(after.at(-1)?.event).toMatchObject({ kind: 'redacted', by: null, data: { reason: 'asked' } });
      expect((await world.store.log.head()).q).toBe(head.q + 1);
      for (const [index, { event, text }] of before.entries()) {
        const rest = erased(event);
        expect(after[index]?.text).toBe(rest ? envelopeText(rest) : text);
      }
      await sound();
      expect(await redact(order)).toEqual([]);
      expect((await world.store.log.head()).q).toBe(head.q + 1);
    });

    test('one event of many, and why an order was taken away', async () => {
      const { world, tablet } = stage();
      const order = await given();
      await world.record({ kind: 'recalled', data: { crew: world.crews[0], reason: `${NAME}投诉` } }, order);
      const first = (await tablet.sync({ pull: true })).page;
      expect(first?.drops).toMatchObject([{ why: 'recalled', reason: `${NAME}投诉` }]);
      const recalled = (await lines(order)).find(({ event }) => event.kind === 'recalled');
      expect(await redact(order, [idOf(recalled!.event)])).toEqual([idOf(recalled!.event)]);
      expect(await kept(order)).toContain(PHONE);
      expect(JSON.stringify(await tablet.sync({ pull: true }))).not.toContain('投诉');
    });

    test('I5 whoever may hold a text is told once, also who lost the order or the archive took it; nobody else is', async () => {
      const { world, tablet, desk } = stage();
      const other = await world.enrol('tablet', { unit: world.east, role: 'crew', crew: world.crews[1] });
      const late = await world.enrol('tablet', { unit: world.east, role: 'crew', crew: world.crews[1] });
      const order = await given();
      tablet.tap('noted', { crew: world.crews[0], text: NAME }, order);
      const cursors = {
        tablet: cursorOf(await tablet.sync({ pull: true })),
        desk: cursorOf(await desk.sync({ pull: true })),
      };
      const begun = cursorOf(await other.sync({ pull: true }));
      await world.record({ kind: 'recalled', data: { crew: world.crews[0], reason: '换人' } }, order);
      await world.record({ kind: 'closed', data: { outcome: 'noFault' } }, order);
      cursors.tablet = cursorOf(await tablet.sync({ pull: true, cursor: cursors.tablet }));
      await world.record({ kind: 'archived', data: {} }, order);
      cursors.desk = cursorOf(await desk.sync({ pull: true, cursor: cursors.desk }));
      const gone = await redact(order);
      expect(gone.length).toBeGreaterThan(2);
      const answers = {
        tablet: await tablet.sync({ pull: true, cursor: cursors.tablet }),
        desk: await desk.sync({ pull: true, cursor: cursors.desk }),
      };
      expect(erasedIn(answers.desk)).toEqual(gone);
      // What was said after the order had left it, the tablet never had.
      expect(gone).toEqual(expect.arrayContaining(erasedIn(answers.tablet)));
      expect(erasedIn(answers.tablet)).toContain(`${tablet.of.name}-1`);
      expect(JSON.stringify(answers)).not.toContain(NAME);
      for (const [who, answer] of Object.entries(answers)) {
        const device = who === 'desk' ? desk : tablet;
        expect(erasedIn(await device.sync({ pull: true, cursor: cursorOf(answer) }))).toEqual([]);
      }
      expect(erasedIn(await other.sync({ pull: true, cursor: begun }))).toEqual([]);
      expect(JSON.stringify(await late.sync({ pull: true }))).not.toContain(subjectId(order));
      // From nothing: own work, and what is in view.
      expect(erasedIn(await tablet.sync({ pull: true }))).toEqual([`${tablet.of.name}-1`]);
    });

    test('a browser is told of what it recorded as another device, whatever it may see now', async () => {
      const { world, tablet } = stage();
      const order = await given();
      tablet.tap('noted', { crew: world.crews[0], text: NAME }, order);
      await tablet.sync();
      const place = { unit: world.east, role: 'crew', crew: world.crews[1] } as const;
      const [anew, stranger] = [await world.enrol('tablet', place), await world.enrol('tablet', place)];
      await world.record({ kind: 'tookOver', data: { device: tablet.of.id } }, anew.subject);
      const [cursor, strange] = [
        cursorOf(await anew.sync({ pull: true })),
        cursorOf(await stranger.sync({ pull: true })),
      ];
      await redact(order);
      expect(erasedIn(await anew.sync({ pull: true, cursor }))).toContain(`${tablet.of.name}-1`);
      // One that has yet to begin is told as well.
      expect(erasedIn(await anew.sync({ pull: true }))).toContain(`${tablet.of.name}-1`);
      expect(erasedIn(await stranger.sync({ pull: true, cursor: strange }))).toEqual([]);
    });

    test('a browser is told of what it was shown as another device', async () => {
      const { world, tablet } = stage();
      const order = await given();
      await tablet.sync({ pull: true });
      await world.record({ kind: 'recalled', data: { crew: world.crews[0], reason: NAME } }, order);
      const anew = await world.enrol('tablet', { unit: world.east, role: 'crew', crew: world.crews[1] });
      await world.record({ kind: 'tookOver', data: { device: tablet.of.id } }, anew.subject);
      const cursor = cursorOf(await anew.sync({ pull: true }));
      const gone = await redact(order);
      expect(gone.length).toBeGreaterThan(1);
      expect(erasedIn(await anew.sync({ pull: true, cursor }))).toEqual(gone);
    });

    test('I3 the same event again is a dup and brings nothing back, whatever it says of itself', async () => {
      const { world, tablet } = stage();
      const order = await given();
      tablet.tap('noted', { crew: world.crews[0], text: NAME }, order);
      await tablet.sync();
      await redact(order);
      const [item] = tablet.outbox;
      const rest = erased(item!.event);
      const push = [item, { event: rest, hash: item!.hash, erased: true }, { event: rest, hash: item!.hash }];
      const { acks } = await tablet.sync({ push });
      expect(acks).toMatchObject([{ is: 'dup' }, { is: 'dup' }, { is: 'held', code: 'badHash' }]);
      expect(await kept(order)).not.toContain(NAME);
    });

    test('what lay in quarantine before it entered the log says nothing any more', async () => {
      const { world, tablet } = stage();
      const id = `${tablet.of.name}-1` as OrderId;
      // A note about an order that comes with the next push.
      tablet.tap(
        'reported',
        { unit: world.east, address: '桥头', area: 'urban', channel: 'crew', customer: CUSTOMER },
        null,
      );
      tablet.tap('noted', { crew: world.crews[0], text: NAME }, orderSubject(id));
      expect((await tablet.sync({ push: [tablet.outbox[1]] })).acks).toMatchObject([{ is: 'held' }]);
      await tablet.sync({ push: [tablet.outbox[0]] });
      const rows = await world.store.held.list({ released: true }, 0, 10);
      expect(rows).toHaveLength(1);
      await redact(orderSubject(id));
      expect(await kept(orderSubject(id))).not.toContain(PHONE);
      expect((await world.store.held.list({ released: true }, 0, 10)).every(({ raw }) => !raw.includes(PHONE))).toBe(
        true,
      );
    });

    test('I12 a restore from a copy that still had the texts: they go again, also those that are brought back later', async () => {
      const { world, tablet } = stage();
      const order = await given();
      tablet.tap('noted', { crew: world.crews[0], text: NAME }, order);
      tablet.tap('noted', { crew: world.crews[0], text: `${NAME}二` }, order);
      tablet.tap('noted', { crew: world.crews[0], text: `${NAME}三` }, order);
      const hashes = tablet.outbox.map(({ hash }) => hash);
      // The copy has the first note only, and knows of no redaction.
      await tablet.sync({ push: [tablet.outbox[0]] });
      const leaves = (n: number) => sha256Hex(envelopeText(erased(tablet.outbox[n]!.event)!));
      const redactions = hashes.map((hash, n) => ({
        hash,
        event: `${tablet.of.name}-${n + 1}` as EventId,
        subject: order,
        leaves: leaves(n),
        reason: 'asked' as const,
        by: null,
        at: 900 + n,
        q: 950,
      }));
      const process = 'NEW' as WriterId;
      await world.store.restore.beginAnew({ epoch: 'anew', process, gatherUntil: START + MINUTE, redactions });
      await world.store.restore.endGathering();
      const rest = erased(tablet.outbox[2]!.event)!;
      const forged = { ...rest, data: { ...rest.data, crew: world.crews[1] } };
      const { acks } = await tablet.sync({
        push: [
          ...tablet.outbox.slice(0, 2),
          { event: forged, hash: hashes[2], erased: true },
          { event: rest, hash: hashes[2], erased: true },
        ],
      });
      expect(acks).toMatchObject([{ is: 'dup' }, { is: 'ok' }, { is: 'held', code: 'badHash' }, { is: 'ok' }]);
      const notes = (await lines(order)).filter(({ event }) => event.kind === 'noted');
      expect(notes.map(({ hash }) => hash)).toEqual(hashes);
      expect(JSON.stringify(notes)).not.toContain(NAME);
      expect(await kept(order)).toContain(PHONE);
      await sound();
    });
  });
}
