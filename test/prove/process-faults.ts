import { pause } from '../e2e/server-process.ts';
import { withClient, type Cluster } from '../store/cluster.ts';
import type { Outage } from './alerts-check.ts';
import type { OneProcess, Processes } from './process-servers.ts';

/** What was done. `inside`: pauses that stopped a process between the beginning and the end of a transaction. */
export type Faults = {
  readonly kills: number;
  readonly pauses: number;
  readonly inside: number;
  readonly jumps: number;
  readonly cut: number;
  readonly outages: readonly Outage[];
};

type Asked = {
  readonly n: number;
  readonly random: () => number;
  readonly start: number;
  readonly apart: number;
  readonly cluster: Cluster;
  readonly url: string;
  readonly pauseMs: number;
  readonly log: (line: string) => void;
};

const HOUR_S = 3_600;
/** How long what was cut off may hold others up, ms: until the database has noticed, and whoever waited is through. */
const SETTLE_MS = 2_500;
/** The database ends a transaction nobody goes on with after a second; the same process may have another in turn. */
const HELD_UP_MS = 2_000 + SETTLE_MS;
const AIMS = 60;

const KINDS = ['kill', 'pause', 'jump', 'cut'] as const;
type Kind = (typeof KINDS)[number];
/** Up to where each reaches. */
const SHARES: readonly (readonly [Kind, number])[] = [
  ['kill', 0.35],
  ['pause', 0.6],
  ['jump', 0.8],
  ['cut', 1],
];

export async function tormentProcesses(servers: Processes, asked: Asked): Promise<Faults> {
  const { n, random, start, apart, cluster, url } = asked;
  const faults = { kills: 0, pauses: 0, inside: 0, jumps: 0, cut: 0, outages: [] as Outage[] };
  const away = new Map<string, Promise<void>>();
  const each = shuffled(KINDS, random);
  for (let fault = 0; fault < n; fault += 1) {
    await pause(Math.max(0, start + (fault + random()) * apart - Date.now()));
    const free = servers.list.filter((one) => !away.has(one.name));
    const one = free[Math.floor(random() * free.length)];
    const from = Date.now();
    // Each kind once, also in a short run.
    const what = each.pop() ?? draw(random);
    // Two of three may be away at once, never all.
    if (what === 'kill' && one && free.length > 1) {
      faults.kills += 1;
      away.set(
        one.name,
        one.restart().finally(() => away.delete(one.name)),
      );
      faults.outages.push({ why: 'kill', from, to: from + SETTLE_MS });
    } else if (what === 'pause' && one && free.length > 1) {
      faults.pauses += 1;
      const inside = await stopInside(one, url);
      if (inside) faults.inside += 1;
      faults.outages.push({ why: 'pause', from, to: Date.now() + (inside ? HELD_UP_MS : SETTLE_MS) });
      away.set(
        one.name,
        goOn(one, asked.pauseMs).finally(() => away.delete(one.name)),
      );
    } else if (what === 'jump' && one) {
      faults.jumps += 1;
      one.time.set([HOUR_S, -HOUR_S, 0][Math.floor(random() * (faults.jumps === 1 ? 2 : 3))] ?? 0);
    } else {
      faults.cut += await cluster.terminate(url, 0.5);
      faults.outages.push({ why: 'kill', from, to: Date.now() + SETTLE_MS });
    }
    if ((fault + 1) % 25 === 0) asked.log(`${fault + 1} faults`);
  }
  await Promise.all(away.values());
  return faults;
}

const draw = (random: () => number): Kind => {
  const at = random();
  return SHARES.find(([, upTo]) => at < upTo)?.[0] ?? 'cut';
};

const shuffled = (kinds: readonly Kind[], random: () => number): Kind[] =>
  kinds
    .map((kind) => ({ kind, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ kind }) => kind);

/** Stops a process, if it can be had inside a transaction. */
async function stopInside(one: OneProcess, url: string): Promise<boolean> {
  return withClient(url, async (client) => {
    for (let aim = 0; aim < AIMS; aim += 1) {
      if (!signal(one, 'SIGSTOP')) return false;
      // What was on its way to the database has arrived by then.
      await pause(3);
      const { rows } = await client.query(
        `select 1 from pg_stat_activity where application_name = $1 and state = 'idle in transaction'
          and backend_xid is not null`,
        [one.name],
      );
      if (rows.length > 0) return true;
      if (aim < AIMS - 1) signal(one, 'SIGCONT');
      await pause(7);
    }
    return false;
  });
}

async function goOn(one: OneProcess, afterMs: number): Promise<void> {
  await pause(afterMs);
  signal(one, 'SIGCONT');
}

/** False: there is no such process just now. */
function signal(one: OneProcess, what: 'SIGSTOP' | 'SIGCONT'): boolean {
  try {
    return process.kill(one.pid(), what);
  } catch {
    return false;
  }
}
