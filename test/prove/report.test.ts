import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, test } from 'vitest';

import type { ProofRow } from './proofs.ts';
import { bound, readReports, reportOf, writeReport } from './report.ts';
import { withTable } from './table.ts';

const folder = mkdtempSync(join(tmpdir(), 'relight-reports-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const row: ProofRow = {
  name: 'kept',
  says: 'kept is kept',
  sizes: 'kills',
  trials: 'orders',
  n: 1_000,
  quickN: 10,
  load: () => Promise.reject(new Error('not run here')),
};
const proven = { runs: 1_000, faults: 300, acked: 5_000, failures: ['seed 7: lost A7K-3'], figures: { 'p99 ms': 12 } };
const ran = { name: 'kept', quick: false, commit: 'abc123', n: 1_000, seed: 7, seconds: 3.5, proven };

describe('a report', () => {
  test('no failure in N is a rate below 3/N, a failure is counted, and no run proves nothing', () => {
    expect(bound({ runs: 1_000, failures: 0 })).toBe('0 (< 0.003) in 1000');
    expect(bound({ runs: 300, failures: 2 })).toBe('2 in 300');
    expect(bound({ runs: 0, failures: 0 })).toBe('nothing ran');
  });

  test('comes back as it was written; a quick run and whatever else lies there does not count', () => {
    const report = reportOf(ran, new Date(0));
    writeReport(report, folder);
    writeReport({ ...report, quick: true, seed: 8 }, folder);
    writeFileSync(join(folder, 'other.json'), '{}');
    expect(readReports(folder)).toEqual([report]);
    expect(report).toMatchObject({ failures: 1, failed: ['seed 7: lost A7K-3'], date: '1970-01-01T00:00:00.000Z' });
  });

  test('what took longer than its bar fails a whole run and not a quick one, on whatever machine that ran', () => {
    const slow = { ...ran, proven: { ...proven, overBar: ['p99 is 2,100 ms'] } };
    expect(reportOf(slow, new Date(0)).failed).toEqual(['seed 7: lost A7K-3', 'p99 is 2,100 ms']);
    expect(reportOf({ ...slow, quick: true }, new Date(0)).failed).toEqual(['seed 7: lost A7K-3']);
  });

  test('has its row in the README between the two marks, and the rest stays', () => {
    const readme = '# x\n\n<!-- figures -->\nold\n<!-- /figures -->\n\nend\n';
    const text = withTable(readme, [reportOf(ran, new Date(0))], [row]);
    expect(text).toMatch(
      /^# x\n\n<!-- figures -->\n\n\| proof .*\n\| -+ .*\n\| `kept` +\| 1 in 1000 orders .*p99 ms 12/,
    );
    expect(text).not.toContain('old');
    expect(text.endsWith('<!-- /figures -->\n\nend\n')).toBe(true);
    expect(withTable(text, [reportOf(ran, new Date(0))], [row])).toBe(text);
  });

  test('has nowhere to stand in a README without marks', () => {
    expect(() => withTable('# x', [], [])).toThrow('no <!-- figures -->');
  });
});
