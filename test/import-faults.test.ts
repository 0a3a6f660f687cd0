import { describe, expect, test } from 'vitest';

import { refusalText } from '../server/import/refusal-text.ts';
import { type ImportFault, Refused } from '../shared/api/import-fault.ts';
import { faultWords } from '../web/desk/import/fault-words.ts';
import { createDeskText } from '../web/text/desk-text.ts';

type Code = ImportFault['code'];

/** Facts of each code; the compiler asks for those of a new one. */
const FACTS: { readonly [C in Code]: Omit<ImportFault & { code: C }, 'code'> } = {
  fileEmpty: {},
  xlsx: {},
  xls: {},
  wideUtf: {},
  gzip: {},
  pdf: {},
  binary: {},
  noHeader: {},
  noFeatures: {},
  unitNotThere: {},
  noUnitNamed: {},
  columnsNotNamed: {},
  mappingMissing: {},
  mappingStranger: {},
  mappingEmpty: {},
  mappingNotPattern: {},
  mappingNotZone: {},
  quoteOpen: {},
  keyEmpty: {},
  accountEmpty: {},
  addressEmpty: {},
  reportEmpty: {},
  feederEmpty: {},
  holdsNul: {},
  inFuture: {},
  halfPosition: {},
  zeroPosition: {},
  noCoordinates: {},
  unknown: {},
  notDegrees: { value: '东' },
  notNumber: { value: 'x' },
  notCount: { value: '-1' },
  notTime: { value: '昨晚' },
  noSuchTime: { value: '2025-02-30 10:00' },
  noZone: { value: '2025-07-08 17:46' },
  skippedTime: { value: '2024-03-31 02:30' },
  noRule: { value: '布袋' },
  noSuchUnit: { value: '草堂所' },
  twoUnits: { value: '望江所' },
  noProperty: { value: 'FEEDER' },
  columnTwice: { value: '地址' },
  earlyYear: { value: '0114-07-08 10:00', year: 114 },
  keyTwice: { value: 'X1', line: 7 },
  noneOf: { value: '开发区', words: ['城镇', '农村'] },
  outsideDegrees: { value: '237.7', most: 90, likely: null },
  sayGrid: { x: 311_100.84, y: 2_771_138.5 },
  offGrid: { x: 1e12, y: 31.2 },
  tooLong: { most: 300 },
  mappingTooLong: { most: 40 },
  tooManyPlaces: { most: 250_000 },
  lineTooLong: { kib: 256 },
  textAfterQuote: { nth: 2 },
  width: { values: 10, header: 9 },
  encoding: { looksLike: ['gb18030', 'big5'] },
  columnsMissing: { missing: [{ field: 'key', column: '单号' }], present: ['no', 'where'], count: 2 },
  fileTooLarge: { mib: 32 },
  notJson: { says: 'Unexpected token' },
  mappingNotJson: { says: 'Unexpected end' },
  mappingOther: { says: 'odd' },
  mappingNotA: { kind: 'array' },
  mappingNotOneOf: { choices: ['urban', 'rural'] },
  mappingAtLeast: { bound: 0 },
  mappingAtMost: { bound: 86_400_000 },
  notTaken: { problem: 'busy' },
};

const faults = Object.entries(FACTS).map(([code, facts]) => {
  const { why } = Refused.parse({ line: 3, column: null, why: { code, ...facts } });
  return { code, why };
});
const causes = (['metres', 'swapped'] as const).map((likely) => ({
  code: likely,
  why: { code: 'outsideDegrees', value: '237.7', most: 90, likely } as const,
}));
const damaged: { code: string; why: ImportFault } = { code: 'damaged', why: { code: 'encoding', looksLike: [] } };
const all = [...faults, ...causes, damaged];

/** Everything that was said of it, except by a code of its own, has to be read. */
const factsIn = (of: unknown): readonly (string | number)[] => {
  if (typeof of === 'string' || typeof of === 'number') return [of];
  if (typeof of !== 'object' || of === null) return [];
  return Object.entries(of).flatMap(([name, fact]) =>
    ['code', 'likely', 'looksLike', 'count'].includes(name) ? [] : factsIn(fact),
  );
};

describe.each([
  ['zh', (why: ImportFault) => faultWords(why, createDeskText('zh'))],
  ['en', (why: ImportFault) => faultWords(why, createDeskText('en'))],
  ['the command line', (why: ImportFault) => refusalText({ line: 3, column: '列', why })],
] as const)('why something is not imported, %s', (language, words) => {
  test.each(all)('$code', ({ why }) => {
    const said = words(why);
    expect(said).not.toMatch(/[{}]|undefined|null|NaN|\[object/);
    for (const fact of factsIn(why)) expect(said).toContain(String(fact));
    expect(said).toMatch(language === 'zh' ? /\p{Script=Han}/u : /[a-z]{2}/);
  });

  test('no two are the same', () => {
    const said = all.map(({ why }) => words(why));
    expect(said.filter((one, index) => said.indexOf(one) !== index)).toEqual([]);
  });
});

test('every code is on the wire', () => {
  expect(faults.map(({ why }) => why.code)).toEqual(faults.map(({ code }) => code));
});

test('an encoding is named as people know it, and a long list of columns is cut', () => {
  const t = createDeskText('zh');
  expect(faultWords({ code: 'encoding', looksLike: ['gb18030'] }, t)).toBe(
    '不是 UTF-8，像是 GBK/GB18030；另存为“CSV UTF-8”再导',
  );
  const missing = [{ field: 'key', column: '单号' }];
  expect(faultWords({ code: 'columnsMissing', missing, present: ['a', 'b'], count: 90 }, t)).toContain('a, b … (90)');
});

test('the command line says where: a line and a column of a file, a path in JSON', () => {
  const why = { code: 'notTime', value: 'noon' } as const;
  expect(refusalText({ line: 3, column: 'start', why })).toMatch(/^line 3, column start: “noon” is not a time/);
  expect(refusalText({ line: null, column: 'times.reported', why: { code: 'mappingMissing' } })).toBe(
    'times.reported: is missing',
  );
  expect(refusalText({ line: null, column: null, why: { code: 'fileEmpty' } })).toBe('the file is empty');
});
