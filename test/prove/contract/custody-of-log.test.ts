import { expect, test } from 'vitest';

import type { EventId } from '#shared/ids.ts';

import { checkCustody, type CustodyHistory, type Logged } from './custody-of-log.ts';

const line = (q: number, id: string, kind: string, subject: string, said: string): Logged => {
  const [writer = '', n] = id.split('-');
  const data = kind === 'reported' ? { address: said } : kind === 'noted' ? { text: said } : { crew: said };
  return { q, writer, n: Number(n), kind, subject, data };
};
const saved = (device: string, id: string, kind: string, text: string | null, about: string) => ({
  device,
  id: id as EventId,
  kind,
  text,
  about,
});

/** Two copies of A7K, each with an order of its own; the copy's was renamed. */
const good: CustodyHistory = {
  log: [
    line(1, 'A7K-1', 'reported', 'order:A7K-1', '甲处'),
    line(2, 'A7K-2', 'noted', 'order:A7K-1', '甲一'),
    line(3, 'A7K22-1', 'reported', 'order:A7K22-1', '乙处'),
    line(4, 'A7K22-2', 'noted', 'order:A7K22-1', '乙一'),
  ],
  saved: [
    saved('甲', 'A7K-1', 'reported', '甲处', '甲处'),
    saved('甲', 'A7K-2', 'noted', '甲一', '甲处'),
    saved('乙', 'A7K-1', 'reported', '乙处', '乙处'),
    saved('乙', 'A7K-2', 'noted', '乙一', '乙处'),
  ],
  held: [],
};
const wrong = (change: Partial<CustodyHistory>): string[] =>
  Object.entries(checkCustody({ ...good, ...change })).flatMap(([what, found]) => (found.length > 0 ? [what] : []));
const doctored = (at: number, change: Partial<Logged>): Partial<CustodyHistory> => ({
  log: good.log.map((one, index) => (index === at ? { ...one, ...change } : one)),
});

test('nothing is wrong with two streams that are whole', () => {
  expect(wrong({})).toEqual([]);
});

test('an event that is gone, there twice, or behind a gap is named', () => {
  expect(wrong({ log: good.log.slice(0, 3) })).toEqual(['lost']);
  expect(wrong({ log: [...good.log, { ...good.log[3]!, q: 5, n: 3 }] })).toEqual(['doubled']);
  expect(wrong({ log: [...good.log, { ...good.log[3]!, q: 5, kind: 'closed' }] })).toEqual(['doubled']);
  expect(wrong(doctored(3, { q: 5 }))).toEqual(['gaps']);
  expect(wrong({ held: ['H1 forked'] })).toEqual(['held']);
});

test('a fork that was taken in event by event is caught: its note hangs on the other outbox’s order', () => {
  expect(wrong(doctored(3, { subject: 'order:A7K-1' }))).toEqual(['misplaced']);
});

test('events of one device about one order that changed places are caught', () => {
  const third = line(5, 'A7K-3', 'noted', 'order:A7K-1', '甲二');
  const swapped = [...doctored(1, { q: 5 }).log!, { ...third, q: 2 }].toSorted((a, b) => a.q - b.q);
  const more = [...good.saved, saved('甲', 'A7K-3', 'noted', '甲二', '甲处')];
  expect(wrong({ log: [...good.log, third], saved: more })).toEqual([]);
  expect(wrong({ log: swapped, saved: more })).toEqual(['disordered']);
});

test('after a restore the old order of those who were there has to be back, and a dispatch without words too', () => {
  const before = { log: good.log, backupQ: 2 };
  const all = { before, gathered: ['A7K22-1', 'A7K22-2'] };
  expect(wrong(all)).toEqual([]);
  const others = [...good.saved, saved('丙', 'C4D-1', 'dispatched', null, '甲处')];
  expect(wrong({ ...all, saved: others })).toEqual(['lost']);
  const [one, two, three, four] = good.log;
  const swapped = [one!, two!, { ...four!, q: 3 }, { ...three!, q: 4 }];
  expect(wrong({ ...all, log: swapped })).toContain('disordered');
  expect(wrong({ ...all, gathered: [], saved: [], log: swapped })).toEqual([]);
});
