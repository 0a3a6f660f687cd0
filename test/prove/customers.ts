import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';

import { importCustomers } from '../../server/services/import-customers.ts';
import { openStore } from '../../server/store/open-store.ts';
import type { Store } from '../../server/store/store.ts';
import type { CustomersCounts } from '../../shared/api/customers.ts';
import { asUnitId, type UnitId } from '../../shared/ids.ts';
import { type CallerField, lookupKey } from '../../shared/order/caller-keys.ts';
import { must } from '../../shared/result.ts';
import { seeded } from '../e2e/seeded.ts';
import type { ProofOptions, Proven } from './proof.ts';
import { quantile, spread } from './quantiles.ts';

/** Nobody is served while one transaction works: processor time of each, p99, ms. How long it takes depends on who else works. */
const TRANSACTION_CPU_MS = 40;
/** A look-up at a key, ms; the middle of all. */
const LOOKUP_P50_MS = 2;
const STATIONS = 20;

/**
 * `n` customers of twenty stations are imported into a store while somebody looks callers up, then imported again with a tenth
 * changed or gone. Everybody has to be found by what is theirs, and nobody by what is not; the loop must not stand still.
 */
export async function customers({ n, seed, log, dir }: ProofOptions): Promise<Proven> {
  mkdirSync(dir, { recursive: true });
  const random = seeded(seed);
  const store = openStore(join(dir, 'data'), { clock: Date.now, random: (bytes) => new Uint8Array(bytes).fill(7) });
  const units = await stations(store);
  const turns: number[] = [];
  const timed = { roster: store.roster, customers: { ...store.customers, put: timedPut(store, turns) } };
  const people = Array.from({ length: n }, (_, index) => personOf(index, random));
  const file = join(dir, 'customers.csv');
  const job = { file, source: 'crm', unit: units.centre, grid: 'wgs84', columns: COLUMNS, dryRun: false } as const;
  const failures: string[] = [];
  const expectCounts = (what: string, got: CustomersCounts, wanted: Partial<CustomersCounts>): void => {
    for (const [name, value] of Object.entries(wanted))
      if (Reflect.get(got, name) !== value)
        failures.push(`${what}: ${name} ${JSON.stringify(Reflect.get(got, name))}, not ${JSON.stringify(value)}`);
  };

  const idle = await watched(() => pause(3_000));
  writeFileSync(file, csvOf(people));
  const first = await watched(() => importCustomers({ ...job, store: timed, progress: () => undefined }));
  expectCounts('first', must(first.done), { read: n, created: n, changed: 0, gone: 0, refusedCount: 0 });
  log(`${n} imported in ${Math.round(first.ms / 1_000)} s; loop ${spread(first.held)}`);

  const found = await lookUp(store, units.all, people, random);
  failures.push(...found.wrong);
  // Control: somebody who is not there must not be found, or the look-ups above say nothing.
  const nobody = await store.customers.startingWith({ key: 'a9999', units: units.all, most: 6 });
  if (nobody.length > 0) throw new Error('void: an account that nobody has was found');

  const next = people.flatMap((person, index) => {
    if (index % 20 === 0) return [];
    return [index % 20 === 1 ? { ...person, phone: `129${person.phone.slice(3)}` } : person];
  });
  const gone = n - next.length;
  const changed = people.filter((_, index) => index % 20 === 1).length;
  writeFileSync(file, csvOf(next));
  const second = await watched(() => importCustomers({ ...job, store: timed, progress: () => undefined }));
  expectCounts('second', must(second.done), { created: 0, changed, gone, unchanged: next.length - changed });
  const left =
    people[0] && (await store.customers.startingWith({ key: `a${people[0].account}`, units: units.all, most: 6 }));
  if (left === undefined || left.length > 0) failures.push('a customer that is gone is still found');
  store.close();

  const held = [...first.held, ...second.held].toSorted((a, b) => a - b);
  const times = found.ms.toSorted((a, b) => a - b);
  const cpu = turns.toSorted((a, b) => a - b);
  const overBar = [
    ...(quantile(cpu, 0.99) > TRANSACTION_CPU_MS
      ? [`a transaction worked for ${quantile(cpu, 0.99).toFixed(0)} ms`]
      : []),
    ...(quantile(times, 0.5) > LOOKUP_P50_MS ? [`a look-up took ${quantile(times, 0.5).toFixed(1)} ms`] : []),
  ];
  return {
    runs: found.ms.length,
    faults: 0,
    acked: n,
    failures,
    overBar,
    figures: {
      customers: n,
      'import s': Math.round(first.ms / 100) / 10,
      'the same again s': Math.round(second.ms / 100) / 10,
      'processor time of a transaction': spread(cpu),
      'loop held with nothing to do': spread(idle.held),
      'loop held': spread(held),
      'look-up': spread(times),
      'look-ups while it imports': spread([...first.asked, ...second.asked]),
      'CPU s': Math.round((first.cpu + second.cpu) * 10) / 10,
    },
  };

  /** How long everybody else waits while `work` is done: for the loop, and for an answer. */
  async function watched<T>(work: () => Promise<T>) {
    const delay = monitorEventLoopDelay({ resolution: 2 });
    const asked: number[] = [];
    const over = new AbortController();
    const held: number[] = [];
    const somebody = (async () => {
      while (!over.signal.aborted) {
        const from = performance.now();
        await store.customers.startingWith({ key: 'd育才', units: units.all, most: 6 });
        asked.push(performance.now() - from);
        delay.enable();
        await pause(20);
        delay.disable();
        held.push(delay.max / 1e6);
        delay.reset();
      }
    })();
    const cpuBefore = process.cpuUsage();
    const started = performance.now();
    const done = await work();
    const ms = performance.now() - started;
    const { user, system } = process.cpuUsage(cpuBefore);
    over.abort();
    await somebody;
    return { done, ms, held, asked, cpu: (user + system) / 1e6 };
  }
}

/** Notes what processor time each takes while nothing else can run, ms. */
const timedPut =
  ({ customers: kept }: Store, turns: number[]): Store['customers']['put'] =>
  (brought) => {
    const before = process.cpuUsage();
    const done = kept.put(brought);
    const { user, system } = process.cpuUsage(before);
    turns.push((user + system) / 1_000);
    return done;
  };

const COLUMNS = {
  account: 'account',
  name: 'name',
  phone: 'phone',
  address: 'address',
  transformer: 't',
  unit: 'unit',
};

type Person = {
  readonly account: string;
  readonly name: string;
  readonly phone: string;
  readonly address: string;
  readonly unit: string;
};

const STREETS = '育才 幸福 平安 水厂 北桥 公园 明湖 新济 金岭 柏康'.split(' ');

function personOf(index: number, random: () => number): Person {
  const street = STREETS[Math.floor(random() * STREETS.length)] ?? '';
  return {
    account: String(4_100_000_000 + index * 7),
    name: `王${String.fromCodePoint(0x4e00 + Math.floor(random() * 5_000))}${String.fromCodePoint(0x4e00 + (index % 5_000))}`,
    phone: `120${String(10_000_000 + Math.floor(random() * 89_999_999))}`,
    address: `青山市城${index % 2 ? '东' : '西'}区${street}路${1 + Math.floor(random() * 900)}号${1 + (index % 40)}栋`,
    unit: `站${index % STATIONS}`,
  };
}

const csvOf = (people: readonly Person[]): string =>
  `account,name,phone,address,t,unit\n${people.map((one) => `${one.account},${one.name},${one.phone},${one.address},T${one.unit},${one.unit}\n`).join('')}`;

async function stations({ log }: Store): Promise<{ readonly centre: UnitId; readonly all: readonly UnitId[] }> {
  const made = async (name: string, parent: UnitId | null): Promise<UnitId> => {
    const data = { name, level: parent ? 'station' : 'centre', parent } as const;
    const [id] = await log.record([{ subject: null, draft: { kind: 'unitMade', data }, by: null }]);
    if (id === undefined) throw new Error('no unit was made');
    return asUnitId(id);
  };
  const centre = await made('中心', null);
  const all = [centre];
  for (let station = 0; station < STATIONS; station++) all.push(await made(`站${station}`, centre));
  return { centre, all };
}

/** Some of them, by each thing that is theirs, typed in part. */
async function lookUp(store: Store, units: readonly UnitId[], people: readonly Person[], random: () => number) {
  const wrong: string[] = [];
  const ms: number[] = [];
  for (let look = 0; look < 500; look++) {
    const person = people[Math.floor(random() * people.length)];
    if (!person) break;
    const typed: readonly (readonly [CallerField, string])[] = [
      ['account', person.account],
      ['phone', person.phone.replace(/(\d{3})(\d{4})/, '$1 $2 ')],
      ['name', person.name],
      ['address', person.address.slice(person.address.indexOf('区') + 1)],
    ];
    for (const [field, text] of typed) {
      const key = lookupKey(field, text);
      if (key === null) throw new Error(`${text} is too short`);
      const from = performance.now();
      const hits = await store.customers.startingWith({ key, units, most: 6 });
      ms.push(performance.now() - from);
      // Six are offered; more than six may share a name or a house.
      if (hits.length < 6 && !hits.some(({ account }) => account === person.account))
        wrong.push(`${person.account} is not found by ${field} ${text}`);
      if (hits.some((hit) => !hit[field]?.includes(text.replaceAll(' ', ''))))
        wrong.push(`somebody else is found by ${field} ${text}`);
    }
    // A key at a time, as somebody types.
    await pause(0);
  }
  return { wrong, ms };
}
