import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import type { Engine } from '#shared/engine/engine.ts';
import type { Draft } from '#shared/event/catalog.ts';
import type { CrewId } from '#shared/ids.ts';
import { must } from '#shared/result.ts';

import { ndjson, type AckLine, type LogLine } from '../e2e/custody-check.ts';
import { freePort, pause, relight, startServerProcess } from '../e2e/server-process.ts';
import { gatherCrowd } from './crowd.ts';
import { openHttpClient, type Exchange, type HttpClient } from './http-client.ts';
import { cpuOf } from './process-cpu.ts';
import type { ProofOptions, Proven } from './proof.ts';
import { spread } from './quantiles.ts';
import { checkStorm } from './storm-check.ts';
import { costOfStorm, type StormCost } from './storm-cost.ts';
import { startUser, type UserWork } from './storm-desk.ts';

const ORDERS_EACH = 5;
/** Processor time of the server against that of the bare program in `raw-bound.ts`, on the same requests (`storm-cost.ts`). */
const BAR = 2;
const PATIENCE_MS = 240_000;
/** Storms follow each other until the dispatcher has had so many answers in one, but not for ever. */
const SAMPLES = 200;
const ROUNDS = 8;

type Tablet = HttpClient & { readonly crew: CrewId };

/**
 * `n` tablets that have worked 40 taps each without coverage all see a server at the same moment that has just started, and
 * one dispatcher works the whole time, from a process of his own. Each tablet is the client's own engine: pushes as its
 * pacer cuts them, pulls, back-off with jitter when it is refused. Every tap has to be in the log exactly once.
 * A quick run is one storm; it prints what it costs and does not judge it.
 */
export async function storm({ n, quick, log, dir }: ProofOptions): Promise<Proven> {
  mkdirSync(dir, { recursive: true });
  const dataDir = join(dir, 'data');
  const rounds = quick ? 1 : ROUNDS;
  const crews = await gatherCrowd(dataDir, n, ORDERS_EACH * rounds);
  const at = { dataDir, port: await freePort(), env: { LOG_LEVEL: 'warn' } };
  const before = await startServerProcess(at);
  const tablets: Tablet[] = [];
  for (const { id, code } of crews) {
    const client = await openHttpClient(before.url, 'tablet');
    must(await client.engine.enrol(code));
    tablets.push({ ...client, crew: id });
  }
  const all = ORDERS_EACH * rounds;
  await until(() => tablets.every(({ engine }) => engine.orders().length === all), 'orders on every tablet');
  tablets.forEach(({ cover }) => cover(false));
  await before.stop();

  const taps: string[] = [];
  const storms: OneStorm[] = [];
  const samples = (which: 'calm' | 'storm'): readonly number[] => storms.flatMap((one) => one[which]);
  while (storms.length < rounds && (storms.length < 2 || samples('storm').length < SAMPLES)) {
    const round = storms.length;
    taps.push(...(await Promise.all(tablets.map((tablet) => workAlone(tablet, round)))).flat());
    const one = await blow(tablets, { at, dir });
    storms.push(one);
    log(
      `storm ${round + 1}: delivered in ${(one.lasted / 1_000).toFixed(1)} s, ${one.storm.length} answers to the user`,
    );
  }
  await Promise.all(tablets.map(({ engine }) => engine.stop()));

  const acks = [...(await Promise.all(tablets.map(acksOf))).flat(), ...storms.flatMap(({ user }) => user.acks)];
  const rawLog = ndjson<LogLine>(relight(dataDir, ['log', '--ndjson', '--data']));
  const unanswered = storms.flatMap((one) => one.unanswered);
  const failures = checkStorm({ taps: [...taps, ...storms.flatMap(({ user }) => user.made)], acks, log: rawLog });
  const sum = (of: (one: OneStorm) => number): number => storms.reduce((total, one) => total + of(one), 0);
  const [used, bare] = [sum(({ cost }) => cost.serverMs), sum(({ cost }) => cost.raw.cpuMs)];
  const ratio = used / bare;
  const exchanged = sum(({ asked }) => asked);
  return {
    runs: taps.length,
    faults: n * storms.length,
    acked: acks.length,
    failures: [...failures, ...unanswered],
    overBar: ratio > BAR ? [`the server used ${ratio.toFixed(2)} times the raw bound, ${BAR} are allowed`] : [],
    figures: {
      storms: storms.length,
      'delivered in s': storms.map(({ lasted }) => (lasted / 1_000).toFixed(1)).join(', '),
      'user, calm': spread(samples('calm')),
      'user, storm': spread(samples('storm')),
      'user refused as busy': sum(({ user }) => user.refused),
      'tablets’ requests': exchanged,
      'refused as busy': sum(({ busy }) => busy),
      'server CPU ms in the storm': Math.round(sum(({ cpuMs }) => cpuMs)),
      'server CPU ms': Math.round(used),
      'raw bound CPU ms': Math.round(bare),
      'of it parsing, checking, writing ms': Math.round(sum(({ cost }) => cost.raw.insideMs)),
      'server to raw bound': Number(ratio.toFixed(2)),
      'server CPU per event ms': Number((used / sum(({ cost }) => cost.raw.events)).toFixed(3)),
    },
  };
}

type OneStorm = {
  readonly lasted: number;
  readonly cpuMs: number;
  readonly cost: StormCost;
  readonly user: UserWork;
  readonly calm: readonly number[];
  readonly storm: readonly number[];
  readonly asked: number;
  readonly busy: number;
  /** Neither answered nor refused for being too many: a connection that was cut, or a defect. */
  readonly unanswered: readonly string[];
};

type Place = { readonly at: Parameters<typeof startServerProcess>[0]; readonly dir: string };

/** One storm on a server that has just started, and what its requests cost. */
async function blow(tablets: readonly Tablet[], { at, dir }: Place): Promise<OneStorm> {
  const before = join(dir, 'before');
  cpSync(at.dataDir, before, { recursive: true });
  const server = await startServerProcess(at);
  const desk = startUser(server.url, PATIENCE_MS);
  await desk.answers(SAMPLES / 2);
  const asked = tablets.map(({ exchanges }) => exchanges.length);
  const [cpuBefore, from] = [cpuOf(server.pid), Date.now()];
  tablets.forEach(({ cover }) => cover(true));
  const left = new Set(tablets);
  const seen = (): boolean => {
    for (const tablet of left) if (isDelivered(tablet.engine)) left.delete(tablet);
    return left.size === 0;
  };
  // Looking takes time from the clients themselves, so it is done rarely.
  await until(seen, 'everything delivered', 250);
  const [cpuMs, to] = [cpuOf(server.pid) - cpuBefore, Date.now()];
  const user = await desk.stop();
  tablets.forEach(({ cover }) => cover(false));
  await server.stop();

  const exchanges = tablets.flatMap((tablet, index) => tablet.exchanges.slice(asked[index]));
  const calm = user.samples.filter((one) => one.at + one.ms <= from);
  const during = user.samples.filter((one) => one.at + one.ms > from && one.at < to);
  const pushes = exchanges.filter(isTakenPush);
  const cost = await costOfStorm({ before, pushes, calm: calm.length, during: during.length, dir });
  rmSync(before, { recursive: true });
  return {
    lasted: to - from,
    cpuMs,
    cost,
    user,
    calm: calm.map(({ ms }) => ms),
    storm: during.map(({ ms }) => ms),
    asked: exchanges.length,
    busy: exchanges.filter(({ status }) => status === 503).length,
    unanswered: exchanges
      .filter(({ status }) => status !== 200 && status !== 503)
      .map(
        ({ path, status, ms }) => `${path} had the answer ${status || 'none, it was cut'} after ${Math.round(ms)} ms`,
      ),
  };
}

/** Everything a crew does on the orders of this round, without coverage. Gives the ids of what it was told is saved. */
async function workAlone({ engine, crew }: Tablet, round: number): Promise<readonly string[]> {
  const made: string[] = [];
  const orders = engine.orders().toSorted((a, b) => (a.order.id < b.order.id ? -1 : 1));
  for (const order of orders.slice(round * ORDERS_EACH, (round + 1) * ORDERS_EACH)) {
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

const isDelivered = (engine: Engine): boolean => engine.outbox().every(({ state }) => state === 'received');

async function acksOf({ rows }: HttpClient): Promise<readonly AckLine[]> {
  return (await rows()).flatMap(({ writer, n, hash, state }) =>
    state.is === 'received' ? [{ writer, n, hash, q: state.q }] : [],
  );
}

const isTakenPush = ({ path, body, status }: Exchange): boolean =>
  path === '/v1/sync' && status === 200 && body !== null && !body.endsWith('"push":[]}') && body.includes('"push":[{');

async function until(holds: () => boolean, what: string, everyMs = 10): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`not within ${PATIENCE_MS / 1_000} s: ${what}`);
    await pause(everyMs);
  }
}
