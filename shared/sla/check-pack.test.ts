import { describe, expect, test } from 'vitest';

import { RulePack, type Rule } from '../event/rule-pack.ts';
import { packFaults } from './check-pack.ts';
import { SOUTHERN_GRID } from './packs/southern-grid.ts';
import { STATE_GRID } from './packs/state-grid.ts';

const faults = (change: Partial<Rule>) => {
  const [arrival, ...rest] = STATE_GRID.rules;
  return packFaults({ ...STATE_GRID, rules: [{ ...arrival!, ...change }, ...rest] }).map(
    ({ path, reason }) => `${path}: ${reason}`,
  );
};

describe('a rule pack', () => {
  test.each([STATE_GRID, SOUTHERN_GRID])('$id is in order, every number with its source', (pack) => {
    expect(RulePack.parse(pack)).toEqual(pack);
    expect(packFaults(pack)).toEqual([]);
  });

  test('by default only the two promises tell anybody', () => {
    const telling = STATE_GRID.rules.filter(
      ({ levels, escalate }) => levels.missed !== undefined || escalate.length > 0,
    );
    expect(telling.map(({ id }) => id)).toEqual(['arrival', 'restore']);
  });

  test('what makes no sense is named with its place', () => {
    expect(faults({ id: 'restore' })).toEqual(['rules.2.id: sameId']);
    expect(faults({ limitMin: {}, importantMin: {} })).toEqual(['rules.0.limitMin: noArea']);
    expect(faults({ origin: 'arrived' })).toEqual(['rules.0.stop: sameAsOrigin']);
    expect(faults({ origin: 'restored' })).toEqual(['rules.0.stop: stopsBeforeItBegins']);
    expect(faults({ limitMin: { urban: 45, rural: 40 } })).toEqual(['rules.0.limitMin.rural: shorterThanNearerArea']);
    expect(faults({ limitMin: { urban: 45, remote: 40 } })).toEqual(['rules.0.limitMin.remote: shorterThanNearerArea']);
    expect(faults({ importantMin: { urban: 50 } })).toEqual(['rules.0.importantMin.urban: longerThanOrdinary']);
    expect(faults({ kind: 'ceiling', pausedBy: ['weather'] })).toEqual(['rules.0.pausedBy: ceilingPauses']);
    expect(faults({ pausedBy: ['weather', 'weather'] })).toEqual(['rules.0.pausedBy: repeated']);
    expect(faults({ levels: { missed: [] } })).toEqual(['rules.0.levels.missed: nobodyTold']);
    expect(faults({ levels: { contact: ['dispatcher'] } })).toEqual(['rules.0.escalate: climbsFromNothing']);
    const step = (afterMin: number) => ({ afterMin, tell: ['leader' as const] });
    expect(faults({ escalate: [step(10), step(10)] })).toEqual(['rules.0.escalate.1.afterMin: stepsDoNotGrow']);
  });
});
