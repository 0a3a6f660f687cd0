import { expect, test } from 'vitest';

import { parseMapping } from './mapping.ts';

const WHOLE = { system: 'x', key: 'a', address: 'b', times: { reported: 'c' }, area: 'urban' };
const choice = (of: object) => ({ column: 'd', rules: [{ equals: 'e', is: 'urban' }], ...of });

test('what a mapping may leave out is filled in', () => {
  expect(parseMapping(JSON.stringify(WHOLE))).toMatchObject({
    value: { address: { columns: ['b'], join: ' ' }, times: { reported: ['c'] }, precisionMs: 0, outcome: 'restored' },
  });
});

test.each([
  [{ zone: 'Mars/Base' }, 'zone', { code: 'mappingNotZone' }],
  [{ address: undefined }, 'address', { code: 'mappingMissing' }],
  [{ address: '' }, 'address', { code: 'mappingEmpty' }],
  [{ address: [] }, 'address', { code: 'mappingEmpty' }],
  [{ address: { columns: 'b' } }, 'address.join', { code: 'mappingMissing' }],
  [{ times: {} }, 'times.reported', { code: 'mappingMissing' }],
  [{ times: { reported: 5 } }, 'times.reported', { code: 'mappingNotA', kind: 'array' }],
  [{ area: 'suburb' }, 'area', { code: 'mappingNotOneOf', choices: ['urban', 'rural', 'remote'] }],
  [{ area: choice({ rules: [] }) }, 'area.rules', { code: 'mappingEmpty' }],
  [{ area: choice({ rules: [{ match: '(', is: 'urban' }] }) }, 'area.rules.0.match', { code: 'mappingNotPattern' }],
  [{ system: 'x'.repeat(41) }, 'system', { code: 'mappingTooLong', most: 40 }],
  [{ precisionMs: -1 }, 'precisionMs', { code: 'mappingAtLeast', bound: 0 }],
  [{ precisionMs: 1e9 }, 'precisionMs', { code: 'mappingAtMost', bound: 86_400_000 }],
  [{ colour: 1 }, 'colour', { code: 'mappingStranger' }],
])('a mapping with %j is refused by its field', (changes, column, why) => {
  expect(parseMapping(JSON.stringify({ ...WHOLE, ...changes }))).toMatchObject({
    ok: false,
    error: [{ line: null, column, why }],
  });
});

test('everything that is wrong is said at once; a text that is no JSON at all says so', () => {
  const refused = parseMapping(JSON.stringify({ ...WHOLE, key: undefined, zone: 'Mars', colour: 1, shape: 2 }));
  expect(new Set(refused.ok ? [] : refused.error.map(({ column }) => column))).toEqual(
    new Set(['key', 'zone', 'colour', 'shape']),
  );
  expect(parseMapping('{"system":')).toMatchObject({
    error: [{ column: null, why: { code: 'mappingNotJson', says: expect.stringContaining('JSON') as string } }],
  });
});
