import { expect, test } from 'vitest';

import type { RulePack } from '#shared/event/rule-pack.ts';
import { STATE_GRID } from '#shared/sla/packs/state-grid.ts';

import { packChanges } from './pack-changes.ts';

const edited = (change: (rules: RulePack['rules']) => RulePack['rules']): RulePack => ({
  ...STATE_GRID,
  rules: change(STATE_GRID.rules),
});
const [first, ...rest] = STATE_GRID.rules;
const changed = (pack: RulePack) => packChanges(STATE_GRID, pack).filter(({ change }) => change !== 'same');

test('a pack beside itself, written in another order, changes nothing', () => {
  const turned = edited((rules) =>
    rules.map((rule) => ({ ...Object.fromEntries(Object.entries(rule).toReversed()), ...rule })),
  );
  expect(changed(turned)).toEqual([]);
});

test('another limit, another step, a rule more and a rule less are told apart', () => {
  if (!first) throw new Error('a pack without rules');
  const shorter = { ...first, limitMin: { ...first.limitMin, urban: 1 } };
  expect(changed(edited(() => [shorter, ...rest]))).toMatchObject([
    { id: first.id, change: 'changed', elsewhere: false },
  ]);
  const louder = { ...first, warnAt: 0.11 };
  expect(changed(edited(() => [louder, ...rest]))).toMatchObject([{ change: 'changed', elsewhere: true }]);
  expect(changed(edited(() => [{ ...first, id: 'other' }, ...rest]))).toMatchObject([
    { id: 'other', change: 'new', was: null },
    { id: first.id, change: 'gone', is: null },
  ]);
});
