import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import * as z from 'zod/mini';

import type { Reported } from '#shared/event/intake.ts';
import { asCrewId, asOrderId, asUnitId, orderSubject, type CrewId, type EventId, type OrderId } from '#shared/ids.ts';

import { openCrew, type CrewDriver } from './crew.driver.ts';
import { RawWriter } from './raw-writer.ts';
import { freePort, relight, startServerProcess, type ServerProcess } from './server-process.ts';

const PASSWORD = '夜班的长密码-714';

/** A line of `relight log --ndjson --data`, as far as a test asks. */
const LogLine = z.object({
  kind: z.string(),
  subject: z.string(),
  by: z.nullable(z.string()),
  data: z.record(z.string(), z.unknown()),
});
export type LogLine = z.infer<typeof LogLine>;

/** A station with one crew, a server that can be stopped, a dispatcher who writes the bare protocol, one tablet. */
export type CrewHouse = {
  readonly crew: CrewId;
  readonly desk: RawWriter;
  readonly url: string;
  /** Where the tablet's browser keeps everything. */
  readonly profile: string;
  /** Reports an order and gives it to the crew; pushed at once. */
  give(address: string, more?: Partial<Reported>): Promise<OrderId>;
  push(): Promise<void>;
  /** One more person of the crew, with a code of their own. */
  newcomer(name: string): { readonly id: string; readonly code: string };
  /** The worker has all of the app, so that it opens without the server. */
  kept(): Promise<void>;
  /** The network is cut: nothing listens any more. */
  cut(): Promise<void>;
  /** Signal is back. */
  restore(): Promise<void>;
  /** The tablet as it is now; `reopen` kills all of it (or ends it in order) and opens it again, `shiftMs` later. */
  tablet(): CrewDriver;
  reopen(shiftMs?: number, how?: 'kill' | 'close'): Promise<CrewDriver>;
  log(): readonly LogLine[];
  end(): Promise<void>;
};

export async function crewHouse(name: string, size?: { width: number; height: number }): Promise<CrewHouse> {
  const folder = mkdtempSync(join(tmpdir(), `relight-${name}-`));
  const dataDir = join(folder, 'data');
  const pictures = join(import.meta.dirname, '../../artefacts', name);
  const port = await freePort();
  const run = (...args: string[]): string => relight(dataDir, args);
  run('unit', 'add', '--name', '城西供电所', '--level', 'station');
  const crew = idIn(run('crew', 'add', '--name', '抢修1班', '--unit', '城西供电所', '--van', '闽C·1234', '--json'));
  const newcomer = (person: string): { readonly id: string; readonly code: string } => ({
    id: idIn(run('user', 'add', '--name', person, '--role', 'crew', '--unit', '城西供电所', '--json')),
    code: codeIn(run('enrol-code', '--crew', '抢修1班', '--person', person, '--json')),
  });
  relight(
    dataDir,
    ['user', 'add', '--name', '王调度', '--role', 'dispatcher', '--unit', '城西供电所', '--password-stdin'],
    PASSWORD,
  );
  const { code } = newcomer('工1');
  let server: ServerProcess | null = await startServerProcess({ dataDir, port });
  const { url } = server;
  const desk = await RawWriter.signIn(url, '王调度', PASSWORD);
  const open = (shiftMs = 0): Promise<CrewDriver> =>
    openCrew({
      url,
      profile: join(folder, 'tablet'),
      pictures,
      clocks: { wallMs: shiftMs, monoMs: shiftMs },
      ...(size ? { size } : {}),
    });
  const push = async (): Promise<void> => void (await desk.push(url));
  let tablet = await open();
  await tablet.enrol(code);
  await tablet.shows('全部已收');
  // Switched off once: Chromium writes a new cookie to disk only within half a minute.
  await tablet.tablet.close();
  tablet = await open();
  return {
    crew,
    desk,
    url,
    profile: join(folder, 'tablet'),
    push,
    newcomer,
    async give(address, more = {}) {
      const report = { unit: asUnitId(desk.unit), address, area: 'urban', channel: 'phone', ...more } as const;
      const order = asOrderId(desk.make('reported', report));
      desk.make('dispatched', { crew }, orderSubject(order));
      await push();
      return order;
    },
    async kept() {
      await tablet.page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
    },
    async cut() {
      await server?.kill();
      server = null;
    },
    async restore() {
      server = await startServerProcess({ dataDir, port });
    },
    tablet: () => tablet,
    async reopen(shiftMs = 0, how = 'kill') {
      await tablet.tablet[how]();
      tablet = await open(shiftMs);
      return tablet;
    },
    log: () =>
      run('log', '--ndjson', '--data')
        .trim()
        .split('\n')
        .map((line) => LogLine.parse(JSON.parse(line))),
    async end() {
      await tablet.tablet.close().catch(() => undefined);
      await server?.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const idIn = (json: string): CrewId => asCrewId(fieldOf(json, 'id') as EventId);
const codeIn = (json: string): string => fieldOf(json, 'code');

function fieldOf(json: string, field: string): string {
  const made: unknown = JSON.parse(json);
  if (typeof made !== 'object' || made === null || !(field in made)) throw new Error(`no ${field} in ${json}`);
  return String(Reflect.get(made, field));
}
