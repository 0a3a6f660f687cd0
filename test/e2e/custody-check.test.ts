import { describe, expect, test } from 'vitest';

import { checkCustody, custodyFailures, type LogLine } from './custody-check.ts';

const line = (q: number, n: number, hash = `h${n}`): LogLine => ({ q, writer: 'A7K', n, hash, chain: '' });
const ALERT = 'order:A7K-1 arrival soon 1';
const ack = (q: number, n: number) => ({ writer: 'A7K', n, hash: `h${n}`, q });
const alert = (q: number, level: string): LogLine => {
  const data = { rule: 'arrival', level, epoch: 1 };
  return { ...line(q, q), subject: 'order:A7K-1', kind: 'alertRaised', data };
};
const clean = { lost: [], doubled: [], gaps: [], reordered: [], raisedTwice: [] };

describe('the check of custody', () => {
  test('finds nothing where nothing is wrong', () => {
    expect(checkCustody([line(1, 1), line(2, 2)], [ack(1, 1), ack(2, 2)])).toMatchObject(clean);
    expect(checkCustody([alert(1, 'soon'), alert(2, 'missed')], [])).toMatchObject(clean);
  });

  test.each([
    ['an acknowledged event that is missing', [line(1, 1)], [ack(1, 1), ack(2, 2)], { lost: ['A7K-2'] }],
    ['an acknowledged event that changed', [line(1, 1, 'other')], [ack(1, 1)], { lost: ['A7K-1'] }],
    ['an acknowledged event at another position', [line(1, 1), line(2, 2)], [ack(1, 2)], { lost: ['A7K-2'] }],
    ['an event that is there twice', [line(1, 1), line(2, 1)], [], { doubled: ['A7K-1'] }],
    ['a hole in the log', [line(1, 1), line(3, 2)], [], { gaps: ['q 2'] }],
    ['a hole in the numbers', [line(1, 1), line(2, 3)], [], { gaps: ['A7K-2'] }],
    ['numbers in the wrong order', [line(1, 2), line(2, 1)], [], { reordered: ['A7K-1'] }],
    ['an alert that was raised twice', [alert(1, 'soon'), alert(2, 'soon')], [], { raisedTwice: [ALERT] }],
  ])('finds %s', (_, log, acks, finding) => {
    const found = checkCustody(log, acks);
    expect(found).toMatchObject(finding);
    expect(custodyFailures(found)).not.toHaveLength(0);
  });
});
