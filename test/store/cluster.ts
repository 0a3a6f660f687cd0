import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { Client } from 'pg';

import { freePort, pause } from '../e2e/server-process.ts';

const run = promisify(execFile);
const HOME = '/usr/lib/postgresql';
const PATIENCE_MS = 60_000;

/** A PostgreSQL of our own: a new data directory, a free port on this machine, nothing of it left afterwards. */
export type Cluster = {
  /** A new, empty database. */
  readonly database: () => Promise<string>;
  /** A new database with all that is in this one, to which nobody may be connected. */
  readonly clone: (url: string) => Promise<string>;
  readonly drop: (url: string) => Promise<void>;
  /** Ends every connection to a database but the asker's, as a failover would; gives how many. */
  readonly terminate: (url: string, share?: number) => Promise<number>;
  readonly stop: () => Promise<void>;
};

/** Where PostgreSQL's own programs are; null: it is not installed. */
export function postgresPrograms(): string | null {
  const versions = existsSync(HOME) ? readdirSync(HOME) : [];
  const found = versions.toSorted((a, b) => Number(b) - Number(a)).map((version) => join(HOME, version, 'bin'));
  return found.find((bin) => existsSync(join(bin, 'initdb'))) ?? null;
}

/** Commits wait for the disk: the store refuses a database that would not. */
export async function startCluster(bin: string): Promise<Cluster> {
  const dir = mkdtempSync(join(tmpdir(), 'relight-pg-'));
  const owner = await ownerOf(dir);
  const data = join(dir, 'data');
  const asked = ['-U', 'relight', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'];
  await run(join(bin, 'initdb'), ['-D', data, ...asked], owner);
  const port = await freePort();
  const settings = [
    'listen_addresses=127.0.0.1',
    `unix_socket_directories=${dir}`,
    'max_connections=100',
    'full_page_writes=off',
  ];
  const args = ['-D', data, '-p', String(port), ...settings.flatMap((one) => ['-c', one])];
  const server = spawn(join(bin, 'postgres'), args, { ...owner, stdio: 'ignore' });
  // Whatever becomes of the test, no database outlives it.
  const killAtExit = (): boolean => server.kill('SIGQUIT');
  process.once('exit', killAtExit);
  const urlOf = (name: string): string => `postgres://relight@127.0.0.1:${port}/${name}`;
  await answers(urlOf('postgres'), server);
  let made = 0;
  const ask = (text: string, values: unknown[] = []) =>
    withClient(urlOf('postgres'), (client) => client.query(text, values));
  const make = async (like = 'template1'): Promise<string> => {
    made += 1;
    const name = `relight_${process.pid}_${made}`;
    await ask(`create database ${name} template ${like}`);
    return urlOf(name);
  };
  return {
    database: () => make(),
    clone: (url) => make(nameIn(url)),
    drop: async (url) => {
      await ask(`drop database if exists ${nameIn(url)} with (force)`);
    },
    terminate: async (url, share = 1) => {
      const { rows } = await ask(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and random() <= $2`,
        [nameIn(url), share],
      );
      return rows.length;
    },
    stop: async () => {
      process.off('exit', killAtExit);
      const ended = new Promise((resolve) => {
        server.once('exit', resolve);
      });
      if (server.exitCode === null && server.signalCode === null) {
        server.kill('SIGQUIT');
        await ended;
      }
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to run as root; Debian's package brings a user for it. */
async function ownerOf(dir: string): Promise<{ readonly uid?: number; readonly gid?: number }> {
  if (userInfo().uid !== 0) return {};
  const { stdout } = await run('id', ['-u', 'postgres']);
  const { stdout: group } = await run('id', ['-g', 'postgres']);
  chmodSync(dir, 0o755);
  await run('chown', ['postgres', dir]);
  return { uid: Number(stdout), gid: Number(group) };
}

async function answers(url: string, server: ChildProcess): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const failed = await withClient(url, (client) => client.query('select 1')).then(
      () => null,
      (error: unknown) => error,
    );
    if (failed === null) return;
    if (server.exitCode !== null || Date.now() > until) throw new Error('PostgreSQL does not start', { cause: failed });
    await pause(50);
  }
}

export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const nameIn = (url: string): string => new URL(url).pathname.slice(1);
