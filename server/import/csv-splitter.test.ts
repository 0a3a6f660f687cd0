import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { createSplitter, type RawRecord } from './csv-splitter.ts';

const COMMA = 0x2c;

function split(text: string | Buffer, options: { chunk?: number; max?: number } = {}): string[] {
  const bytes = Buffer.from(text as string);
  const splitter = createSplitter(COMMA, options.max ?? 1_000);
  const size = options.chunk ?? bytes.length + 1;
  const records: RawRecord[] = [];
  for (let at = 0; at < bytes.length; at += size) records.push(...splitter.push(bytes.subarray(at, at + size)));
  records.push(...splitter.end());
  return records.map((one) => `${one.line}:${one.broken ?? one.bytes.toString()}`);
}

describe('records of a CSV file', () => {
  test('every kind of newline ends a record, and a last one needs none', () => {
    expect(split('a,b\n1,2\r\n3,4\r5,6')).toEqual(['1:a,b', '2:1,2', '3:3,4', '4:5,6']);
  });

  test('empty lines are left out and counted as lines', () => {
    expect(split('a\n\n\r\nb\n')).toEqual(['1:a', '4:b']);
  });

  test('a newline inside quotes belongs to the value', () => {
    expect(split('a,"x\ny"\nb,"p""\n""q"\nc')).toEqual(['1:a,"x\ny"', '3:b,"p""\n""q"', '5:c']);
  });

  test('a quote inside an unquoted value opens nothing', () => {
    expect(split('a,5" pipe\nb\n')).toEqual(['1:a,5" pipe', '2:b']);
  });

  test('a byte order mark on every line disappears', () => {
    expect(split('\uFEFFa,b\n\uFEFF"1",2\n\uFEFF\n')).toEqual(['1:a,b', '2:"1",2']);
  });

  test('a line beyond the bound costs that line only', () => {
    expect(split(`a\n${'x'.repeat(100)}\nb\n`, { max: 20, chunk: 7 })).toEqual(['1:a', '2:tooLong', '3:b']);
    expect(split('x'.repeat(100), { max: 20 })).toEqual(['1:tooLong']);
    expect(split(`"${'x'.repeat(100)}"\nb`, { max: 20 })).toEqual(['1:tooLong', '2:b']);
  });

  test('a quote left open costs its line only, also at the end of the file', () => {
    const lines = ['a', 'b,"open', ...Array.from({ length: 9 }, (_, at) => `row ${at}`)];
    const after = lines.slice(2).map((row, at) => `${at + 3}:${row}`);
    expect(split(lines.join('\n'), { max: 20 })).toEqual(['1:a', '2:quoteOpen', ...after]);
    expect(split(lines.join('\n'), { max: 1_000, chunk: 5 })).toEqual(['1:a', '2:quoteOpen', ...after]);
    expect(split('a\n"open')).toEqual(['1:a', '2:quoteOpen']);
  });

  test('where the chunks are cut changes nothing', () => {
    const piece = fc.constantFrom('a', '"', '""', ',', '\n', '\r\n', '\r', '\uFEFF', '塭', 'long long long');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), fc.integer({ min: 1, max: 9 }), (pieces, chunk) => {
        const text = pieces.join('');
        expect(split(text, { chunk, max: 24 })).toEqual(split(text, { max: 24 }));
      }),
    );
  });

  test('a line of 200 MB is never held', () => {
    const splitter = createSplitter(COMMA, 1_000);
    const chunk = Buffer.alloc(1024 * 1024, 'x');
    const before = process.memoryUsage().arrayBuffers;
    const found: RawRecord[] = [];
    for (let megabyte = 0; megabyte < 200; megabyte += 1) found.push(...splitter.push(chunk));
    found.push(...splitter.push(Buffer.from('\nnext\n')));
    expect(found.map(({ line, broken }) => [line, broken])).toEqual([
      [1, 'tooLong'],
      [2, null],
    ]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 * 1024 * 1024);
  });
});
