import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { custodyFailures } from './custody-check.ts';
import { runKills } from './kill-server-run.ts';
import { seeded } from './seeded.ts';

/**
 * The server is killed while writers push. What it acknowledged is judged from its own log against what each client
 * wrote down when it heard the acknowledgement. The seed decides moments and batch sizes.
 */
const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
const folders: string[] = [];

afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));
beforeAll(() => say(`kill-server seed ${SEED}`));

test('I8 a server killed 12 times under load loses, doubles and skips nothing it acknowledged', async () => {
  const { kills, findings, verified } = await run({ kills: 12, acknowledged: 3_000 });
  const busy = kills.filter((kill) => kill.busy > 0).length;
  say(`kills ${kills.length} (${busy} with requests in flight), acknowledged ${findings.acknowledged}`);
  expect(custodyFailures(findings)).toEqual([]);
  expect(findings.acknowledged).toBeGreaterThanOrEqual(3_000);
  expect(busy * 2).toBeGreaterThanOrEqual(kills.length);
  expect(verified).toBe(true);
});

test('the same check catches a server that acknowledges before it commits', async () => {
  const entry = join(import.meta.dirname, 'early-ack-server.ts');
  const { findings } = await run({ kills: 3, acknowledged: 100, entry });
  expect(findings.lost.length).toBeGreaterThan(0);
});

function run(plan: { kills: number; acknowledged: number; entry?: string }) {
  const dir = mkdtempSync(join(tmpdir(), 'relight-kill-'));
  folders.push(dir);
  return runKills({ ...plan, dir, writers: 20, random: seeded(SEED) });
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);
