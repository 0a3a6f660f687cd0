import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Engine } from '#shared/engine/engine.ts';
import type { Draft } from '#shared/event/catalog.ts';
import type { CrewId } from '#shared/ids.ts';
import { must } from '#shared/result.ts';

import { ndjson, type AckLine, type LogLine } from '../e2e/custody-check.ts';
import { freePort, pause, relight, startServerProcess } from '../e2e/server-process.ts';
import { gatherCrowd, USER } from './crowd.ts';
import { openHttpClient, type Exchange, type HttpClient } from './http-client.ts';
import { cpuOf } from './process-cpu.ts';
import type { ProofOptions, Proven } from './proof.ts';
import { spread } from './quantiles.ts';
import { checkStorm } from './storm-check.ts';

const ORDERS_EACH = 5;
/** Processor time of the server against that of the bare program in `raw-bound.ts`, on the same pushes. */
const BAR = 2;
const PATIENCE_MS = 240_000;
const CALM_MS = 3_000;
const USER_RESTS_MS = 100;

type Tablet = HttpClient & { readonly crew: CrewId };

/**
 * `n` tablets that have worked 40 taps each without coverage all see a server at the same moment that has just started, and
 * one dispatcher works the whole time. Each tablet is the client's own engine: hello for the time, pushes as its pacer
 * cuts them, pulls, back-off with jitter when it is refused. Every tap has to be in the log exactly once.
 * The dispatcher shares a process with all the tablets, so his times also hold what their engines do with the answers.
 * A quick run prints what it costs and does not judge it: most of that is a server that has only begun to warm up.
 */
export async function storm({ n, quick, log, dir }: ProofOptions): Promise<Proven> {
  mkdirSync(dir, { recursive: true });
  const dataDir = join(dir, 'data');
  const crews = await gatherCrowd(dataDir, n, ORDERS_EACH);
  const at = { dataDir, port: await freePort(), env: { LOG_LEVEL: 'warn' } };
  const before = await startServerProcess(at);
  const tablets: Tablet[] = [];
  for (const { id, code } of crews) {
    const client = await openHttpClient(before.url, 'tablet');
    must(await client.engine.enrol(code));
    tablets.push({ ...client, crew: id });
  }
  await until(() => tablets.every(({ engine }) => engine.orders().length === ORDERS_EACH), 'orders on every tablet');
  tablets.forEach(({ cover }) => cover(false));
  await before.stop();
  const taps = (await Promise.all(tablets.map(workAlone))).flat();
  log(`${taps.length} taps on ${n} tablets without coverage`);

  const server = await startServerProcess(at);
  const desk = await openHttpClient(server.url, 'desk');
  must(await desk.engine.signIn(USER.name, USER.password));
  const user = atWork(desk);
  await pause(CALM_MS);
  const asked = tablets.map(({ exchanges }) => exchanges.length);
  const [calm, cpuBefore, begun] = [desk.exchanges.length, cpuOf(server.pid), performance.now()];
  tablets.forEach(({ cover }) => cover(true));
  const left = new Set(tablets);
  const seen = (): boolean => {
    for (const tablet of left) if (isDelivered(tablet.engine)) left.delete(tablet);
    return left.size === 0;
  };
  // Looking takes time from the clients themselves, so it is done rarely.
  await until(seen, 'everything delivered', 250);
  const lasted = performance.now() - begun;
  const used = cpuOf(server.pid) - cpuBefore;
  await user.stop();
  await Promise.all([desk, ...tablets].map(({ engine }) => engine.stop()));
  await server.stop();

  const pushes = tablets.flatMap(({ exchanges }) => exchanges).filter(isTakenPush);
  const bare = rawBound(dir, pushes);
  const acks = (await Promise.all(tablets.map(acksOf))).flat();
  const rawLog = ndjson<LogLine>(relight(dataDir, ['log', '--ndjson', '--data']));
  const failures = checkStorm({ taps: [...taps, ...user.made], acks: [...acks, ...(await acksOf(desk))], log: rawLog });
  const ratio = used / bare.cpuMs;
  const tooDear =
    !quick && ratio > BAR ? [`the server used ${ratio.toFixed(2)} times the raw bound, ${BAR} are allowed`] : [];
  const all = tablets.flatMap(({ exchanges }, index) => exchanges.slice(asked[index]));
  return {
    runs: taps.length,
    faults: n,
    acked: acks.length,
    failures: [...failures, ...tooDear],
    figures: {
      'delivered in s': Number((lasted / 1_000).toFixed(1)),
      'user, calm': spread(syncsOf(desk.exchanges.slice(0, calm))),
      'user, storm': spread(syncsOf(desk.exchanges.slice(calm))),
      'tablets’ requests': all.length,
      'refused as busy': all.filter(({ status }) => status === 503).length,
      'server CPU ms': Math.round(used),
      'raw bound CPU ms': Math.round(bare.cpuMs),
      'server to raw bound': Number(ratio.toFixed(2)),
      'server CPU per event ms': Number((used / taps.length).toFixed(3)),
    },
  };
}

/** Everything a crew does on its orders, without coverage. Gives the ids of what it was told is saved. */
async function workAlone({ engine, crew }: Tablet): Promise<readonly string[]> {
  const made: string[] = [];
  for (const order of engine.orders()) {
    for (const draft of jobOf(crew)) made.push(must(await engine.submit(order.order.id, draft)));
  }
  return made;
}

const jobOf = (crew: CrewId): readonly Draft[] => [
  { kind: 'accepted', data: { crew } },
  { kind: 'departed', data: { crew } },
  { kind: 'arrived', data: { crew } },
  { kind: 'diagnosed', data: { crew, cause: '树枝压断了低压线' } },
  { kind: 'noted', data: { crew, text: '已通知客户，预计一小时内恢复' } },
  { kind: 'noted', data: { crew, text: '断线处已做好隔离' } },
  { kind: 'restored', data: { crew, extent: 'all' } },
  { kind: 'submitted', data: { crew } },
];

/** A dispatcher who takes one report after the other, each when the one before it has been received. */
function atWork({ engine }: HttpClient): { readonly made: readonly string[]; readonly stop: () => Promise<void> } {
  const made: string[] = [];
  const life = { stopped: false };
  const work = async (): Promise<void> => {
    const { unit } = must(session(engine));
    while (!life.stopped) {
      const data = { unit: unit.id, address: `和平路${made.length + 1}号`, area: 'urban', channel: 'phone' } as const;
      made.push(must(await engine.submit('new', { kind: 'reported', data })));
      await until(() => isDelivered(engine), 'the dispatcher’s report received');
      await pause(USER_RESTS_MS);
    }
  };
  const working = work();
  return {
    made,
    stop: async () => {
      life.stopped = true;
      await working;
    },
  };
}

function session(engine: Engine) {
  const { session: signedIn } = engine.meta();
  return signedIn ? ({ ok: true, value: signedIn } as const) : ({ ok: false, error: 'signed out' } as const);
}

const isDelivered = (engine: Engine): boolean => engine.outbox().every(({ state }) => state === 'received');

async function acksOf({ rows }: HttpClient): Promise<readonly AckLine[]> {
  return (await rows()).flatMap(({ writer, n, hash, state }) =>
    state.is === 'received' ? [{ writer, n, hash, q: state.q }] : [],
  );
}

const isTakenPush = ({ path, body, status }: Exchange): boolean =>
  path === '/v1/sync' && status === 200 && body !== null && !body.endsWith('"push":[]}') && body.includes('"push":[{');

const syncsOf = (exchanges: readonly Exchange[]): readonly number[] =>
  exchanges.filter(({ path, status }) => path === '/v1/sync' && status === 200).map(({ ms }) => ms);

/** Runs the bare program on the very bodies that the server took. */
function rawBound(dir: string, pushes: readonly Exchange[]): { readonly cpuMs: number } {
  const file = join(dir, 'pushes.ndjson');
  writeFileSync(file, pushes.map(({ body }) => body).join('\n'));
  const program = join(import.meta.dirname, 'raw-bound.ts');
  const said = execFileSync(process.execPath, [program, file, join(dir, 'raw.db')], { encoding: 'utf8' });
  return JSON.parse(said) as { cpuMs: number };
}

async function until(holds: () => boolean, what: string, everyMs = 10): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`not within ${PATIENCE_MS / 1_000} s: ${what}`);
    await pause(everyMs);
  }
}
