import { join } from 'node:path';

import { asCrewId, asOrderId, asUnitId, orderSubject, type EventId } from '#shared/ids.ts';

import { ndjson } from '../../e2e/custody-check.ts';
import { RawWriter } from '../../e2e/raw-writer.ts';
import { freePort, relight, startServerProcess, type ServerProcess } from '../../e2e/server-process.ts';

const PASSWORD = '夜班的长密码-714';
const ENTRY = join(import.meta.dirname, '../desk/built-server.ts');

/** A station with one crew that has an order, and a server on which versions are deployed one after the other. */
export type UpdateHouse = {
  readonly dataDir: string;
  readonly url: string;
  /** Stops the server and starts it with the build in `dist`, as a new container would. */
  readonly deploy: (dist: string) => Promise<void>;
  readonly code: () => string;
  readonly give: () => Promise<void>;
  /** Every note in the log. */
  readonly notes: () => readonly string[];
  readonly close: () => Promise<void>;
};

export async function updateHouse(dir: string, tablets: number): Promise<UpdateHouse> {
  const dataDir = join(dir, 'data');
  const run = (...args: string[]): unknown => JSON.parse(relight(dataDir, [...args, '--json']));
  run('unit', 'add', '--name', '城西供电所', '--level', 'station');
  const made = run('crew', 'add', '--name', '抢修1班', '--unit', '城西供电所') as { readonly id: EventId };
  run('user', 'add', '--name', '工1', '--role', 'crew', '--unit', '城西供电所');
  const desk = ['user', 'add', '--name', '王调度', '--role', 'dispatcher', '--unit', '城西供电所', '--password-stdin'];
  relight(dataDir, desk, PASSWORD);
  const asked = ['enrol-code', '--crew', '抢修1班', '--person', '工1', '--count', String(Math.max(2, tablets))];
  const { codes } = run(...asked) as { readonly codes: string[] };
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let server: ServerProcess | null = null;
  return {
    dataDir,
    url,
    deploy: async (dist) => {
      await server?.stop();
      server = await startServerProcess({ dataDir, port, entry: ENTRY, env: { DIST: dist, LOG_LEVEL: 'warn' } });
    },
    code: () => {
      const code = codes.pop();
      if (code === undefined) throw new Error('no code is left');
      return code;
    },
    give: async () => {
      const writer = await RawWriter.signIn(url, '王调度', PASSWORD);
      const report = { unit: asUnitId(writer.unit), address: '幸福路18号', area: 'urban', channel: 'phone' } as const;
      const order = asOrderId(writer.make('reported', report));
      writer.make('dispatched', { crew: asCrewId(made.id) }, orderSubject(order));
      await writer.push(url);
    },
    notes: () =>
      ndjson<{ readonly kind: string; readonly data: { readonly text?: string } }>(
        `${relight(dataDir, ['log', '--ndjson', '--data']).trim()}\n`,
      ).flatMap(({ kind, data }) => (kind === 'noted' && data.text !== undefined ? [data.text] : [])),
    close: async () => server?.stop(),
  };
}
