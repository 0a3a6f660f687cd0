import { execFileSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import { afterAll, describe, expect, test } from 'vitest';

import type { Drive } from '../replay/drive.ts';
import { parseStreamMapping } from '../replay/mapping.ts';
import { readStream } from '../replay/read-stream.ts';
import { runReplay } from '../replay/run-replay.ts';
import { acceptanceData } from './data.ts';
import { mappingFile, say } from './relight.ts';

const folder = join(acceptanceData() ?? '', 'pge-storm-2021-01');
const stream = join(folder, 'events_2021-01-26_28.ndjson.gz');
const mapping = parseStreamMapping(readFileSync(mappingFile('pge-stream'), 'utf8'));
const MINUTE = 60_000;
/** Nothing here is about disks: in memory, where that is possible, a replay takes half the time. */
const scratch = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
/** Minutes: `REPLAY=whole` asks for all snapshots. Each seed lives through the first five hours. */
const whole = process.env['REPLAY'] === 'whole';
const SEEDS = Array.from({ length: 20 }, (_, index) => `seed ${index + 1}`);
const MORNING = Date.parse('2021-01-26T13:00Z');

async function replay(plan: Pick<Drive, 'seed' | 'gaps' | 'tablets'> & Partial<Drive>) {
  const dataDir = mkdtempSync(join(scratch, 'relight-replay-'));
  const begun = performance.now();
  try {
    const replayed = await runReplay({ stream: readStream(stream, mapping), system: 'pge', dataDir, ...plan });
    const { mismatches, ...counts } = replayed;
    const seconds = Math.round((performance.now() - begun) / 1_000);
    say(`replay, gaps ${plan.gaps ? plan.seed : 'off'}: ${JSON.stringify(counts)}, ${seconds} s`);
    expect(mismatches).toEqual([]);
    return replayed;
  } finally {
    rmSync(dataDir, { recursive: true });
  }
}

describe('the storm, lived through again', () => {
  const unpacked = mkdtempSync(join(tmpdir(), 'relight-snapshots-'));
  afterAll(() => rmSync(unpacked, { recursive: true }));

  test.runIf(whole)(
    'without gaps the open orders are those of all 17 untouched snapshots',
    async () => {
      execFileSync('tar', ['xzf', join(folder, 'raw_snapshots_hourly_2021-01-27.tar.gz'), '-C', unpacked]);
      const snapshots = new Map(globSync(join(unpacked, '**/*.json')).map((file) => [takenAt(file), outages(file)]));
      const seen = new Map<number, ReadonlySet<string>>();
      const see: Drive['see'] = (at, open) => seen.set(at, open);
      const replayed = await replay({ seed: '1', gaps: false, tablets: 4, probes: [...snapshots.keys()], see });
      expect(snapshots.size).toBe(17);
      for (const [at, open] of snapshots) expect([...(seen.get(at) ?? [])].toSorted()).toEqual([...open].toSorted());
      expect(replayed.orders).toBe(10_189);
    },
    3_600 * 1_000,
  );

  test.each(SEEDS)(
    'with gaps (%s) every alert is the oracle’s',
    async (seed) => {
      const { taps } = await replay({ seed, gaps: true, tablets: 4, until: MORNING });
      expect(taps).toBeGreaterThan(50);
    },
    5 * MINUTE,
  );
});

/** `20210127T215558Z_bbc8ddd4.json`: when the map showed it. */
function takenAt(file: string): number {
  const [, date, time] = /^(\d{8})T(\d{6})Z/.exec(basename(file)) ?? [];
  if (date === undefined || time === undefined) throw new Error(`${file} does not say when it was taken`);
  return Date.parse(`${date.replace(/(....)(..)(..)/, '$1-$2-$3')}T${time.replace(/(..)(..)(..)/, '$1:$2:$3')}Z`);
}

function outages(file: string): ReadonlySet<string> {
  const list = JSON.parse(readFileSync(file, 'utf8')) as readonly { outageNumber: string }[];
  return new Set(list.map(({ outageNumber }) => outageNumber));
}
