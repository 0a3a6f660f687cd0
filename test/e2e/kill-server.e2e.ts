import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { asUnitId } from '#shared/ids.ts';

import { checkCustody, type AckLine, type LogLine } from './custody-check.ts';
import { RawWriter } from './raw-writer.ts';
import { seeded } from './seeded.ts';
import { freePort, pause, relight, startServerProcess, type ServerProcess } from './server-process.ts';

/**
 * The server is killed while writers push. What it acknowledged is judged from its own log against what each client
 * wrote down when it heard the acknowledgement. The seed decides pauses and batch sizes.
 */
const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
const WRITERS = 20;
const folders: string[] = [];

afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));
beforeAll(() => say(`kill-server seed ${SEED}`));

test('I8 a server killed 20 times under load loses, doubles and skips nothing it acknowledged', async () => {
  const result = await run({ kills: 20, acknowledged: 5_000 });
  say(
    `kills ${result.kills} (${result.busyKills} with requests in flight), acknowledged ${result.findings.acknowledged}, logged ${result.findings.logged}`,
  );
  expect(result.findings).toMatchObject({ lost: [], doubled: [], gaps: [], reordered: [] });
  expect(result.findings.acknowledged).toBeGreaterThanOrEqual(5_000);
  expect(result.busyKills * 2).toBeGreaterThanOrEqual(result.kills);
  expect(JSON.parse(relight(result.dataDir, ['verify', '--json']))).toMatchObject({ ok: true });
});

test('the same check catches a server that acknowledges before it commits', async () => {
  const result = await run({ kills: 3, acknowledged: 100, entry: join(import.meta.dirname, 'early-ack-server.ts') });
  expect(result.findings.lost.length).toBeGreaterThan(0);
});

type Plan = { readonly kills: number; readonly acknowledged: number; readonly entry?: string };

async function run(plan: Plan) {
  const folder = mkdtempSync(join(tmpdir(), 'relight-kill-'));
  folders.push(folder);
  const dataDir = join(folder, 'data');
  const port = await freePort();
  const start = (): Promise<ServerProcess> =>
    startServerProcess({ dataDir, port, ...(plan.entry ? { entry: plan.entry } : {}) });
  const codes = house(dataDir);
  const enrolling = await startServerProcess({ dataDir, port });
  const writers: RawWriter[] = [];
  for (const [index, code] of codes.entries()) {
    const ackFile = join(folder, `acks-${index}.ndjson`);
    writeFileSync(ackFile, '');
    writers.push(await RawWriter.enrol(enrolling.url, code, ackFile));
  }
  await enrolling.stop();
  let server = await start();
  const random = seeded(SEED);
  const state = { done: false };
  const work = writers.map((writer) => keepPushing(writer, server.url, random, state));
  let kills = 0;
  let busyKills = 0;
  const acknowledged = (): number => writers.reduce((sum, writer) => sum + writer.acks.length, 0);
  while (kills < plan.kills || acknowledged() < plan.acknowledged) {
    await pause(50 + random() * 400);
    if (kills < plan.kills || acknowledged() < plan.acknowledged) {
      if (kills >= plan.kills) continue;
      if (writers.some((writer) => writer.inFlight)) busyKills += 1;
      kills += 1;
      await server.kill();
      server = await start();
    }
  }
  state.done = true;
  await Promise.all(work);
  await server.kill();
  const log = ndjson<LogLine>(relight(dataDir, ['log', '--ndjson']));
  const acks = codes.flatMap((_, index) => ndjson<AckLine>(readFileSync(join(folder, `acks-${index}.ndjson`), 'utf8')));
  return { kills, busyKills, dataDir, findings: checkCustody(log, acks) };
}

/** One station, one crew, and a tablet's code per writer. */
function house(dataDir: string): string[] {
  const add = (...args: string[]) => relight(dataDir, [...args, '--json']);
  add('unit', 'add', '--name', '城西供电所', '--level', 'station');
  add('crew', 'add', '--name', '抢修1班', '--unit', '城西供电所');
  add('user', 'add', '--name', '工1', '--role', 'crew', '--unit', '城西供电所');
  const codes: unknown = JSON.parse(
    add('enrol-code', '--crew', '抢修1班', '--person', '工1', '--count', String(WRITERS)),
  );
  if (!isCodes(codes)) throw new Error('no codes');
  return codes.codes;
}

/** Makes and pushes events until told to stop, then delivers what is left; a dead server is tried again. */
async function keepPushing(
  writer: RawWriter,
  url: string,
  random: () => number,
  state: { done: boolean },
): Promise<void> {
  const report = { unit: asUnitId(writer.unit), address: '幸福路', area: 'urban', channel: 'crew' } as const;
  while (!state.done || writer.queued > 0) {
    if (!state.done && writer.queued === 0)
      for (let made = 0; made < 1 + random() * 20; made += 1) writer.make('reported', { ...report });
    await writer.push(url).catch((error: unknown) => {
      if (!isNetworkFailure(error)) throw error;
      return pause(10);
    });
  }
}

/** fetch rejects with a TypeError when the connection dies; anything the server said is not that. */
const isNetworkFailure = (error: unknown): boolean => error instanceof TypeError || error instanceof SyntaxError;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const isCodes = (value: unknown): value is { codes: string[] } =>
  typeof value === 'object' && value !== null && 'codes' in value && Array.isArray(value.codes);

const ndjson = <T>(text: string): T[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as T);
