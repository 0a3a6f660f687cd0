import type { Prove } from './proof.ts';

/**
 * A row of the table. `trials`: what is counted as a run; `sizes`: what `n` counts, where it is something else. `bench`: its
 * figures are the point, `npm run bench` runs it.
 */
export type ProofRow = {
  readonly name: string;
  readonly says: string;
  readonly sizes?: string;
  readonly trials: string;
  readonly n: number;
  readonly quickN: number;
  readonly bench?: true;
  /** Needs what the project does not bring, so it runs only when it is named. */
  readonly apart?: true;
  readonly load: () => Promise<Prove>;
};

/** Every promise that has a harness. Each lies in its own file and is loaded when it runs. */
export const PROOFS: readonly ProofRow[] = [
  {
    name: 'kill-server',
    says: 'What the server acknowledged stays in the log, once and in order, wherever it is killed.',
    trials: 'kills',
    n: 1_000,
    quickN: 14,
    load: async () => (await import('./kill-server.ts')).killServer,
  },
  {
    name: 'kill-server-postgres',
    says: 'The same of a server beside PostgreSQL.',
    trials: 'kills',
    n: 300,
    quickN: 8,
    load: async () => (await import('./kill-server-postgres.ts')).killServerPostgres,
  },
  {
    name: 'power-loss',
    says: 'Whatever a power cut leaves of what was not synced, everything acknowledged is there and the database is whole.',
    trials: 'crash states',
    n: 10_000,
    quickN: 400,
    load: async () => (await import('./power-loss.ts')).powerLoss,
  },
  {
    name: 'disk-faults',
    says: 'A disk that is full, breaks or writes by half makes the server refuse and say why; it loses nothing and works again.',
    sizes: 'calls that fail, each in three ways',
    trials: 'faults',
    n: 500,
    quickN: 5,
    load: async () => (await import('./disk-faults.ts')).diskFaults,
  },
  {
    name: 'simulate',
    says: 'Whatever befalls tablets, lines and the server in two weeks: nothing is lost, doubled, stuck or seen differently.',
    trials: 'seeds',
    n: 10_000,
    quickN: 12,
    load: async () => (await import('./simulate.ts')).simulate,
  },
  {
    name: 'mutants',
    says: 'Each client and server that is wrong in one way is caught by the checkers of the simulation.',
    sizes: 'seeds at most for each',
    trials: 'wrong clients and servers',
    n: 40,
    quickN: 12,
    load: async () => (await import('./mutants.ts')).mutants,
  },
  {
    name: 'alerts-once',
    says: 'A server that is killed, stopped and lied to about the time tells of every limit once, and not before it.',
    sizes: 'kills',
    trials: 'limits',
    n: 300,
    quickN: 4,
    load: async () => (await import('./alerts-once.ts')).alertsOnce,
  },
  {
    name: 'outage',
    says: 'After a total outage every limit that passed meanwhile is told within five seconds of its being up again, and marked late.',
    trials: 'limits',
    n: 2_000,
    quickN: 2_000,
    load: async () => (await import('./outage.ts')).outage,
  },
  {
    name: 'alert-scale',
    says: 'Thousands of limits in a minute are all told, soon, at a cost that does not grow with what is open.',
    sizes: 'limits beside each number of open orders',
    trials: 'limits',
    n: 5_000,
    quickN: 500,
    bench: true,
    load: async () => (await import('./alert-scale.ts')).alertScale,
  },
  {
    name: 'processes',
    says: 'Three server processes on one PostgreSQL, killed, stopped and lied to, lose, skip and double nothing.',
    sizes: 'faults',
    trials: 'limits',
    n: 200,
    quickN: 4,
    load: async () => (await import('./processes.ts')).processes,
  },
  {
    name: 'scale',
    says: 'What a push, a pull and a catch-up cost does not grow with the log; a push shares its sync with others.',
    sizes: 'events in the longest log',
    trials: 'events pushed',
    n: 1_000_000,
    quickN: 10_000,
    bench: true,
    load: async () => (await import('./scale/scale.ts')).scale,
  },
  {
    name: 'time-laws',
    says: 'The true time is inside the bounds, an A is right within 5 s, and a forged clock never earns one.',
    trials: 'taps',
    n: 1_000_000,
    quickN: 30_000,
    load: async () => (await import('./time-laws.ts')).prove,
  },
  {
    name: 'oracle',
    says: 'Of every random history of an order, the engine says what a second implementation says.',
    trials: 'histories',
    n: 1_000_000,
    quickN: 5_000,
    load: async () => (await import('./oracle.ts')).oracle,
  },
  {
    name: 'desk',
    says: 'A desk with ten thousand open orders and 500 vans answers every key while 50 changes a second arrive.',
    sizes: 'open orders',
    trials: 'keys pressed',
    n: 10_000,
    quickN: 2_000,
    bench: true,
    load: async () => (await import('./desk/desk-at-size.ts')).deskAtSize,
  },
  {
    name: 'lighthouse',
    says: 'Both apps are quick, usable by everybody and well made as Lighthouse judges any page; it is installed apart.',
    trials: 'scores',
    n: 1,
    quickN: 1,
    apart: true,
    load: async () => (await import('./lighthouse.ts')).lighthouse,
  },
  {
    name: 'desk-memory',
    says: 'What a desk holds stays as it is while ten hours of a storm pass before it sixty times as fast.',
    sizes: 'open orders',
    trials: 'looks',
    n: 600,
    quickN: 100,
    bench: true,
    load: async () => (await import('./desk/desk-memory.ts')).deskMemory,
  },
  {
    name: 'crew',
    says: 'On a processor four times slower, without signal, every tap on a tablet is painted at once.',
    trials: 'orders held',
    n: 500,
    quickN: 500,
    bench: true,
    load: async () => (await import('./crew/crew-at-size.ts')).crewAtSize,
  },
  {
    name: 'kill-tablet',
    says: 'Nothing a person was told is saved is lost when the browser, its page or its worker is killed, nor when the browser throws its databases away.',
    sizes: 'kills of the browser',
    trials: 'kills, crashes and stopped workers',
    n: 500,
    quickN: 3,
    load: async () => (await import('./tablet/kill-tablet.ts')).killTablet,
  },
  {
    name: 'quota',
    says: 'With no space left 500 arrivals still fit, and none is said to be saved that is not.',
    trials: 'quotas',
    n: 200,
    quickN: 2,
    load: async () => (await import('./tablet/quota.ts')).quota,
  },
  {
    name: 'restore',
    says: 'Back to an old backup: every device brings back what it holds, in its old order, and the log has it once.',
    trials: 'devices',
    n: 50,
    quickN: 8,
    load: async () => (await import('./contract/restore.ts')).restore,
  },
  {
    name: 'clone',
    says: 'A profile is copied and both go on: each stream is in the log whole, about what it was about, nothing dropped.',
    trials: 'copied profiles',
    n: 30,
    quickN: 4,
    load: async () => (await import('./contract/clone.ts')).clone,
  },
  {
    name: 'evict',
    says: 'Whatever a browser throws away of what is stored, work that is still there arrives once, and what is gone is named.',
    trials: 'evictions',
    n: 30,
    quickN: 1,
    load: async () => (await import('./tablet/evict.ts')).evict,
  },
  {
    name: 'update',
    says: 'A new version comes while records wait: none is lost or doubled, nothing reloads over what is begun, the old version goes on.',
    trials: 'pairs of versions',
    n: 12,
    quickN: 1,
    load: async () => (await import('./tablet/update.ts')).update,
  },
  {
    name: 'storm',
    says: 'Tablets that all come back at once to a server that has just started deliver every tap exactly once, while a dispatcher works on.',
    sizes: 'tablets with 40 taps each',
    trials: 'taps',
    n: 200,
    quickN: 30,
    load: async () => (await import('./storm.ts')).storm,
  },
  {
    name: 'tabs',
    says: 'Three tabs tap together and the one that sends is killed: everything arrives once, and only one sends at a time.',
    trials: 'rounds of three tabs',
    n: 200,
    quickN: 4,
    load: async () => (await import('./tablet/tabs.ts')).tabs,
  },
];
