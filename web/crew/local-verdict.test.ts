import { expect, test } from 'vitest';

import { at, CREW_3, CREW_5 } from '../../test/builders.ts';
import { orderOf } from '../../test/crew/orders.ts';
import { localVerdict } from './local-verdict.ts';

const given = () => orderOf('A7K', '14:00').dispatched('14:05');

test('before the limit it runs, from four fifths of it on it is due soon', () => {
  expect(localVerdict(given().order, CREW_3, at('14:20'))).toMatchObject({ verdict: { is: 'running' }, soon: false });
  expect(localVerdict(given().order, CREW_3, at('14:40'))).toMatchObject({ verdict: { is: 'running' }, soon: true });
});

test('past the limit the tablet knows of its own crew that it is over', () => {
  expect(localVerdict(given().order, CREW_3, at('14:52'))?.verdict).toEqual({ is: 'missed', overMs: 7 * 60_000, evidence: true });
});

test('what another crew did before is unknown here, never missed', () => {
  const order = given().reassigned('14:20', CREW_3, CREW_5).order;
  expect(localVerdict(order, CREW_5, at('14:52'))?.verdict).toMatchObject({ is: 'unknown', why: 'silent' });
});

test('an arrival in time is on time, whatever the clock says now', () => {
  const order = given().field('arrived', '14:44').order;
  expect(localVerdict(order, CREW_3, at('18:00'))?.verdict).toEqual({ is: 'met', sure: true });
});

test('without the report there is nothing to judge', () => {
  const story = given();
  const order = orderOf('XXX', '14:00');
  expect(localVerdict({ ...order.order, report: null }, CREW_3, at('14:10'))).toBeNull();
  expect(localVerdict(story.order, CREW_3, at('14:10'))).not.toBeNull();
});
