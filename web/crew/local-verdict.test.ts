import { expect, test } from 'vitest';

import type { CrewId } from '#shared/ids.ts';
import type { Order } from '#shared/order/order.ts';
import type { Activation } from '#shared/sla/pack-for.ts';
import { STATE_GRID } from '#shared/sla/packs/state-grid.ts';

import { at, CREW_3, CREW_5 } from '../../test/builders.ts';
import { orderOf } from '../../test/crew/orders.ts';
import { localVerdict } from './local-verdict.ts';

/** What the tablet of a crew sees at a moment. */
const seen = (order: Order, now: number, crew: CrewId = CREW_3, activations: readonly Activation[] = []) =>
  localVerdict(order, { crew, now, activations });

const given = () => orderOf('A7K', '14:00').dispatched('14:05');

test('before the limit it runs, from four fifths of it on it is due soon', () => {
  expect(seen(given().order, at('14:20'))).toMatchObject({ verdict: { is: 'running' }, soon: false });
  expect(seen(given().order, at('14:40'))).toMatchObject({ verdict: { is: 'running' }, soon: true });
});

test('past the limit the tablet knows of its own crew that it is over', () => {
  expect(seen(given().order, at('14:52'))?.verdict).toEqual({ is: 'missed', overMs: 7 * 60_000, evidence: true });
});

test('what another crew did before is unknown here, never missed', () => {
  const order = given().reassigned('14:20', CREW_3, CREW_5).order;
  expect(seen(order, at('14:52'), CREW_5)?.verdict).toMatchObject({ is: 'unknown', why: 'silent' });
});

test('after an arrival in time the restoration runs next; when that is done too, it was on time, whatever the clock says', () => {
  const story = given().field('arrived', '14:44');
  expect(seen(story.order, at('14:50'))).toMatchObject({
    clock: { rule: { id: 'restore' } },
    verdict: { is: 'running' },
  });
  story.record('restored', '15:30', { crew: CREW_3, extent: 'all' });
  expect(seen(story.order, at('23:00'))?.verdict).toEqual({ is: 'met', sure: true });
});

test('an order runs under the pack that was in force when it was reported', () => {
  const rules = STATE_GRID.rules.map((rule) => ({ ...rule, limitMin: { urban: 10, rural: 10, remote: 10 } }));
  const tight = { ...STATE_GRID, rules };
  const verdictFrom = (from: string) => seen(given().order, at('14:20'), CREW_3, [{ from: at(from), pack: tight }]);
  expect(verdictFrom('14:00')?.verdict.is).toBe('missed');
  expect(verdictFrom('14:01')?.verdict.is).toBe('running');
});

test('without the report there is nothing to judge', () => {
  const story = given();
  const order = orderOf('XXX', '14:00');
  expect(seen({ ...order.order, report: null }, at('14:10'))).toBeNull();
  expect(seen(story.order, at('14:10'))).not.toBeNull();
});
