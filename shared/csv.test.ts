import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { fieldsOf } from '../server/import/csv-fields.ts';
import { createSplitter } from '../server/import/csv-splitter.ts';
import { csvOf, type Cell } from './csv.ts';
import { must } from './result.ts';

/** What our own importer reads in a file. */
function readBack(csv: string): string[][] {
  const splitter = createSplitter(','.charCodeAt(0), 1 << 20);
  const records = [...splitter.push(Buffer.from(csv)), ...splitter.end()];
  return records.map((record) => {
    if (record.broken !== null) throw new Error(record.broken);
    return must(fieldsOf(record.bytes.toString('utf8'), ','));
  });
}

const ill = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1', '＋1', '－1', '＠1'];
const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom('"', ',', '\r', '\n', '=', '-', "'", '\uFEFF', ' ', '复') }),
  fc.constantFrom(...ill),
);
const cell: fc.Arbitrary<Cell> = fc.oneof(text, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constant(null));

describe('a table as CSV', () => {
  test('comes back as it was, but for the apostrophe before what would be a formula', () => {
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { maxLength: 5 }), (rows) => {
        const expected = rows.map((row) =>
          row.map((one) =>
            typeof one === 'string' && /^[=+\-@\t\r\n＝＋－＠]/.test(one) ? `'${one}` : String(one ?? ''),
          ),
        );
        expect(readBack(csvOf(rows))).toEqual(expected);
      }),
      { numRuns: 2_000 },
    );
  });

  test('no text in it begins as a formula does', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1 }), (row) => {
        for (const field of readBack(csvOf([row]))[0] ?? []) expect(field).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
      }),
    );
    expect(readBack(csvOf([ill]))[0]).toEqual(ill.map((one) => `'${one}`));
  });

  test('numbers stay numbers, also below zero', () => {
    expect(csvOf([[-5, 1.25, null, Number.NaN]])).toBe('\uFEFF-5,1.25,,\r\n');
  });

  test('says by its first bytes that it is UTF-8', () => {
    expect([...Buffer.from(csvOf([['复电']])).subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  });
});
