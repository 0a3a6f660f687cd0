import { describe, expect, test } from 'vitest';

import { checkCustody, type LogLine } from './custody-check.ts';

const line = (q: number, n: number, hash = `h${n}`): LogLine => ({ q, writer: 'A7K', n, hash, chain: '' });
const ack = (q: number, n: number) => ({ writer: 'A7K', n, hash: `h${n}`, q });
const clean = { lost: [], doubled: [], gaps: [], reordered: [] };

describe('the check of custody', () => {
  test('finds nothing where nothing is wrong', () => {
    expect(checkCustody([line(1, 1), line(2, 2)], [ack(1, 1), ack(2, 2)])).toMatchObject(clean);
  });

  test.each([
    ['an acknowledged event that is missing', [line(1, 1)], [ack(1, 1), ack(2, 2)], { lost: ['A7K-2'] }],
    ['an acknowledged event that changed', [line(1, 1, 'other')], [ack(1, 1)], { lost: ['A7K-1'] }],
    ['an acknowledged event at another position', [line(1, 1), line(2, 2)], [ack(1, 2)], { lost: ['A7K-2'] }],
    ['an event that is there twice', [line(1, 1), line(2, 1)], [], { doubled: ['A7K-1'] }],
    ['a hole in the log', [line(1, 1), line(3, 2)], [], { gaps: ['q 2'] }],
    ['a hole in the numbers', [line(1, 1), line(2, 3)], [], { gaps: ['A7K-2'] }],
    ['numbers in the wrong order', [line(1, 2), line(2, 1)], [], { reordered: ['A7K-1'] }],
  ])('finds %s', (_, log, acks, finding) => {
    expect(checkCustody(log, acks)).toMatchObject(finding);
  });
});
