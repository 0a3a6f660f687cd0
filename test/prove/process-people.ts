import { asUnitId } from '#shared/ids.ts';
import type { Cursor, Page } from '#shared/sync/protocol.ts';

import type { AckLine } from '../e2e/custody-check.ts';
import { NotTaken, RawWriter } from '../e2e/raw-writer.ts';
import { pause, relight } from '../e2e/server-process.ts';
import type { Processes } from './process-servers.ts';
import type { PullLine } from './pulls-check.ts';

const DISPATCHER = '王调度';
const PASSWORD = '夜班的长密码-714';

/** Codes of tablets that will write, and at how many places a dispatcher will pull. */
type Named = { readonly codes: readonly string[]; readonly pullers: number };
/** They are signed in. */
export type People = { readonly writers: readonly RawWriter[]; readonly pullers: readonly RawWriter[] };

export function enrolPeople(
  dir: string,
  { writers, pullers }: { readonly writers: number; readonly pullers: number },
): Named {
  relight(dir, ['unit', 'add', '--name', '城西供电所', '--level', 'station']);
  relight(dir, ['crew', 'add', '--name', '抢修1班', '--unit', '城西供电所']);
  relight(dir, ['user', 'add', '--name', '工1', '--role', 'crew', '--unit', '城西供电所']);
  const asked = ['enrol-code', '--crew', '抢修1班', '--person', '工1', '--count', String(writers), '--json'];
  const { codes } = JSON.parse(relight(dir, asked)) as { codes: string[] };
  const user = [
    'user',
    'add',
    '--name',
    DISPATCHER,
    '--role',
    'dispatcher',
    '--unit',
    '城西供电所',
    '--password-stdin',
  ];
  relight(dir, user, PASSWORD);
  return { codes, pullers };
}

type Plan = {
  readonly servers: Processes;
  readonly random: () => number;
  /** How many events one push brings. */
  readonly most: number;
  readonly until: number;
};

/** Everybody signs in. */
export async function signIn({ codes, pullers: many }: Named, url: string): Promise<People> {
  const writers: RawWriter[] = [];
  const pullers: RawWriter[] = [];
  for (const code of codes) writers.push(await RawWriter.enrol(url, code));
  for (let made = 0; made < many; made += 1) pullers.push(await RawWriter.signIn(url, DISPATCHER, PASSWORD));
  return { writers, pullers };
}

/** Everybody writes and pulls until the time is up; whoever still holds something then goes on until it is taken. */
export async function work(people: People, plan: Plan): Promise<{ acks: AckLine[]; pulls: PullLine[] }> {
  const { writers, pullers } = people;
  const pulls: PullLine[] = [];
  await Promise.all([
    ...writers.map((writer) => keepWriting(writer, plan)),
    ...pullers.map((puller, index) => keepPulling(puller, `puller ${index}`, { ...plan, pulls })),
  ]);
  return { acks: writers.flatMap((writer) => writer.acks), pulls };
}

async function keepWriting(writer: RawWriter, { servers, random, most, until }: Plan): Promise<void> {
  const report = { unit: asUnitId(writer.unit), address: '幸福路', area: 'remote', channel: 'crew' } as const;
  while (Date.now() < until || writer.queued > 0) {
    if (Date.now() < until && writer.queued === 0)
      for (let made = 0; made < 1 + random() * most * 0.2; made += 1) writer.make('reported', { ...report });
    await patiently(() => writer.push(servers.any(random), most));
    await pause(random() * (most === 1 ? 5 : 150));
  }
}

async function keepPulling(
  puller: RawWriter,
  name: string,
  { servers, random, until, pulls }: Plan & { readonly pulls: PullLine[] },
): Promise<void> {
  let cursor: Cursor | null = null;
  while (Date.now() < until) {
    const at: Cursor | null = cursor;
    const page = await pageFor(puller, servers.any(random), at);
    if (page) {
      const qs = page.subjects.flatMap(({ events }) => events.map(({ q }) => q));
      pulls.push({ puller: name, to: page.to, h: page.h, reset: page.reset, done: page.more === null, qs });
      cursor = after(page, at);
    }
    await pause(random() * 60);
  }
}

/** What each puller is given when it asks from nothing: the positions of all it may see. */
export async function pullWhole({ pullers }: People, servers: Processes): Promise<Record<string, number[]>> {
  const whole: Record<string, number[]> = {};
  for (const [index, puller] of pullers.entries()) {
    const qs: number[] = [];
    let cursor: Cursor | null = null;
    do {
      const at: Cursor | null = cursor;
      const page = await pageFor(
        puller,
        servers.any(() => 0),
        at,
      );
      if (!page) continue;
      qs.push(...page.subjects.flatMap(({ events }) => events.map(({ q }) => q)));
      cursor = page.more ? after(page, at) : null;
    } while (cursor !== null || qs.length === 0);
    whole[`puller ${index}`] = qs;
  }
  return whole;
}

/** Where the next pull goes on. */
function after({ epoch, scope, from, to, h, reset, more }: Page, at: Cursor | null): Cursor {
  const before = reset ? '' : (at?.h ?? '');
  return more
    ? { epoch, scope, q: from, h: before, towards: { q: to, after: more.after } }
    : { epoch, scope, q: to, h };
}

const pageFor = async (puller: RawWriter, url: string, cursor: Cursor | null): Promise<Page | null> =>
  (await patiently(() => puller.pull(url, cursor)))?.page ?? null;

/** Null: the server did not answer, or could not for now; anything else it says is not meant to be. */
async function patiently<T>(ask: () => Promise<T>): Promise<T | null> {
  return ask().catch((error: unknown) => {
    const passing = error instanceof TypeError || error instanceof SyntaxError || error instanceof NotTaken;
    if (!passing) throw error;
    return pause(20).then(() => null);
  });
}
