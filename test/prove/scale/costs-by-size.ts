import { join } from 'node:path';

import { asUnitId, type CrewId, type EventId } from '#shared/ids.ts';
import type { Cursor, SyncAnswer } from '#shared/sync/protocol.ts';

import type { OpenServices } from '../../../server/open-services.ts';
import { RawWriter } from '../../e2e/raw-writer.ts';
import { foundCrowd, USER, withOpened } from '../crowd.ts';
import { addStrangers, growLog } from './grow-log.ts';
import { costOf, startMeasured, type Cost, type MeasuredServer } from './measured.ts';
import { again, makeTen } from './throughput.ts';

export type SizeCosts = {
  readonly sizes: readonly { readonly events: number; readonly push: Cost; readonly pull: Cost; readonly desk: Cost }[];
  /** What it costs to ask for 40 events of one's own scope: alone, and behind so many others. */
  readonly catchUp: { readonly foreign: number; readonly alone: Cost; readonly behind: Cost };
};

type Asked = {
  readonly dir: string;
  readonly env: Readonly<Record<string, string>>;
  readonly sizes: readonly number[];
  readonly foreign: number;
  readonly log: (line: string) => void;
};

const TIMES = 100;
const CATCH_UPS = 60;

/** What one tablet and one desk cost beside a log that others made ever longer. */
export async function costsBySize({ dir, env, sizes, foreign, log }: Asked): Promise<SizeCosts> {
  const dataDir = join(dir, 'long');
  const settings = { DATA_DIR: dataDir, ...env };
  const open = <T>(work: (opened: OpenServices) => Promise<T>): Promise<T> => withOpened(settings, work);
  const start = (): Promise<MeasuredServer> => startMeasured({ dataDir, env });
  const { crew, strangers } = await open(async (opened) => ({
    crew: (await foundCrowd(opened, 1, 1))[0]!,
    strangers: await addStrangers(opened.record),
  }));
  // What the new orders wait for is judged before a server is measured that would do it then.
  const grow = (by: number): Promise<void> =>
    open(async ({ record, look }) => {
      await growLog(record, strangers, by);
      await look();
    });
  const lengthNow = (): Promise<number> => open(async ({ store }) => (await store.log.head()).q);

  const first = await start();
  const tablet = await again(() => RawWriter.enrol(first.url, crew.code));
  const desk = await again(() => RawWriter.signIn(first.url, USER.name, USER.password));
  await first.stop();

  const costs: SizeCosts['sizes'][number][] = [];
  for (const events of sizes) {
    await grow(Math.max(0, events - (await lengthNow())));
    const server = await start();
    const push = await costOf(server, TIMES, () => {
      makeTen(tablet);
      return again(() => tablet.push(server.url));
    });
    const pull = await idle(server, tablet);
    costs.push({ events, push, pull, desk: await idle(server, desk) });
    await server.stop();
    log(`${events} events: a push of ten costs ${push.cpuMs.toFixed(2)} ms, a pull ${pull.cpuMs.toFixed(2)} ms`);
  }
  return {
    sizes: costs,
    catchUp: await catchUps({ open, start, grow }, { tablet, crew: crew.id, foreign }),
  };
}

async function idle(server: MeasuredServer, client: RawWriter): Promise<Cost> {
  const cursor = await atHead(server, client);
  return costOf(server, TIMES, () => again(() => client.pull(server.url, cursor)));
}

/** Where a client stands that has pulled everything. */
async function atHead(server: MeasuredServer, client: RawWriter): Promise<Cursor> {
  let cursor: Cursor | null = null;
  for (;;) {
    const at: Cursor | null = cursor;
    const { page, epoch }: SyncAnswer = await again(() => client.pull(server.url, at));
    if (!page) throw new Error('no page');
    const { scope, from, to, h, more } = page;
    if (!more) return { epoch, scope, q: to, h };
    cursor = { epoch, scope, q: from, h: '', towards: { q: to, after: more.after } };
  }
}

type House = {
  readonly open: <T>(work: (opened: OpenServices) => Promise<T>) => Promise<T>;
  readonly start: () => Promise<MeasuredServer>;
  readonly grow: (by: number) => Promise<void>;
};
type Who = {
  readonly tablet: RawWriter;
  readonly crew: CrewId;
  readonly foreign: number;
};

async function catchUps({ open, start, grow }: House, { tablet, crew, foreign }: Who): Promise<SizeCosts['catchUp']> {
  const once = async (others: number): Promise<Cost> => {
    const before = await start();
    const cursor = await atHead(before, tablet);
    await before.stop();
    await open(({ record }) => addOwn(record, tablet.unit, crew));
    if (others > 0) await grow(others);
    const server = await start();
    const cost = await costOf(server, CATCH_UPS, async () => {
      const { page } = await again(() => tablet.pull(server.url, cursor));
      const events = page?.subjects.reduce((sum, one) => sum + one.events.length, 0);
      if (events !== OWN_EVENTS || page?.more) throw new Error(`the catch-up brought ${events} events`);
    });
    await server.stop();
    return cost;
  };
  return { foreign, alone: await once(0), behind: await once(foreign) };
}

const OWN_ORDERS = 20;
const OWN_EVENTS = 2 * OWN_ORDERS;

/** Orders that are dispatched to the tablet's crew: two events each. */
async function addOwn(record: OpenServices['record'], unit: EventId, crew: CrewId): Promise<void> {
  const report = { unit: asUnitId(unit), address: '幸福路', area: 'rural', channel: 'phone' } as const;
  for (let made = 0; made < OWN_ORDERS; made += 1)
    await record([
      { subject: null, draft: { kind: 'reported', data: report }, by: null },
      { subject: { begunBy: 0 }, draft: { kind: 'dispatched', data: { crew } }, by: null },
    ]);
}
