import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, test } from 'vitest';

import { deafLook } from './deaf-look.ts';
import type { Drive } from './drive.ts';
import { parseStreamMapping } from './mapping.ts';
import { readStream } from './read-stream.ts';
import { runReplay } from './run-replay.ts';

const here = import.meta.dirname;
const file = join(here, 'small-storm.ndjson');
const mapping = parseStreamMapping(readFileSync(join(here, 'small-storm.mapping.json'), 'utf8'));
const dirs: string[] = [];
afterAll(() => dirs.forEach((dir) => rmSync(dir, { recursive: true })));

const replay = (plan: Partial<Drive> & Pick<Drive, 'gaps' | 'seed'>) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'relight-replay-'));
  dirs.push(dataDir);
  return runReplay({ stream: readStream(file, mapping), system: 'small-storm', dataDir, tablets: 4, ...plan });
};

/** The keys open at `at`, straight from the file. */
function openAt(at: number): ReadonlySet<string> {
  const open = new Set<string>();
  for (const text of readFileSync(file, 'utf8').trim().split('\n')) {
    const line = JSON.parse(text) as { t: number; op: string; id: string };
    if (line.t * 1_000 > at) break;
    if (['here', 'new', 'again'].includes(line.op)) open.add(line.id);
    if (line.op === 'over') open.delete(line.id);
  }
  return open;
}

test('without gaps the open orders are those of the stream, and the alerts those of the oracle', async () => {
  const probes = [1, 90, 200, 300].map((minutes) => Date.parse('2021-11-22T00:00Z') + minutes * 60_000);
  const seen = new Map<number, ReadonlySet<string>>();
  const replayed = await replay({ gaps: false, seed: '1', probes, see: (at, open) => seen.set(at, open) });
  expect(replayed.mismatches).toEqual([]);
  expect(replayed).toMatchObject({ orders: 44, grades: { B: 0, C: 0 } });
  expect(replayed.raised).toBeGreaterThan(40);
  expect(seen).toEqual(new Map(probes.map((at) => [at, openAt(at)])));
}, 180_000);

test.each(['a', 'r'])(
  'with gaps, sleeps and wrong clocks (seed %s) the alerts are those of the oracle',
  async (seed) => {
    const replayed = await replay({ gaps: true, seed });
    expect(replayed.mismatches).toEqual([]);
    expect(replayed.taps).toBeGreaterThan(50);
    expect(replayed.withdrawn).toBeGreaterThan(0);
  },
  180_000,
);

test('a server that takes silence for knowledge is caught', async () => {
  const { mismatches } = await replay({ gaps: true, seed: 'a', lookOf: deafLook });
  expect(mismatches.length).toBeGreaterThan(5);
}, 180_000);
