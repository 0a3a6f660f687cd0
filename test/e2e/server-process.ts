import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';

const HOME = join(import.meta.dirname, '../..');

export type ServerProcess = {
  readonly url: string;
  readonly pid: number;
  /** SIGKILL, as a power cut does it; resolves when the process is gone. */
  kill(): Promise<void>;
  /** SIGTERM and wait for the graceful end. */
  stop(): Promise<void>;
  /** A message to a test entry (a moved clock); resolves when it has answered. */
  tell(message: object): Promise<void>;
  /** Resolves when the process is gone, whoever ended it; with its exit code, null after a signal. */
  readonly ended: Promise<number | null>;
  readonly output: () => string;
};

type Env = Readonly<Record<string, string>>;
type Start = { readonly dataDir: string; readonly port: number; readonly entry?: string; readonly env?: Env };

/** Starts a real server process and waits until it answers. `entry`: another composition than server/main.ts. */
export async function startServerProcess({ dataDir, port, entry, env }: Start): Promise<ServerProcess> {
  const child = spawn(process.execPath, [entry ?? join(HOME, 'server/main.ts')], {
    cwd: HOME,
    env: { ...process.env, PORT: String(port), DATA_DIR: dataDir, HOST: '127.0.0.1', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  // Whatever becomes of the test, no server outlives it.
  const killAtExit = (): boolean => child.kill('SIGKILL');
  process.once('exit', killAtExit);
  child.once('exit', () => process.off('exit', killAtExit));
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', resolve);
  });
  const lines: string[] = [];
  child.stdout?.on('data', (chunk: Buffer) => lines.push(chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => lines.push(chunk.toString()));
  const output = (): string => lines.join('');
  const url = `http://127.0.0.1:${port}`;
  await answers(url, child, output);
  const { pid } = child;
  if (pid === undefined) throw new Error('the server has no process');
  return {
    url,
    pid,
    ended,
    output,
    kill: () => end(child, 'SIGKILL'),
    stop: () => end(child, 'SIGTERM'),
    tell: (message) =>
      new Promise((resolve, reject) => {
        child.once('message', () => resolve());
        child.send(message, (error) => error && reject(error));
      }),
  };
}

async function answers(url: string, child: ChildProcess, output: () => string): Promise<void> {
  const until = Date.now() + 30_000;
  while (Date.now() < until) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`the server ended with ${child.exitCode ?? child.signalCode}:\n${output()}`);
    const alive = await fetch(`${url}/healthz`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (alive) return;
    await pause(25);
  }
  throw new Error(`no answer in 30 s:\n${output()}`);
}

const end = (child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else {
      child.once('exit', () => resolve());
      child.kill(signal);
    }
  });

/** Runs the command line and gives back what it printed; throws with its words when it fails. */
export function relight(dataDir: string, args: readonly string[], input = '', env: Env = {}): string {
  const run = spawnSync(process.execPath, [join(HOME, 'server/cli/relight.ts'), ...args], {
    cwd: HOME,
    env: { ...process.env, DATA_DIR: dataDir, ...env },
    input,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  if (run.status !== 0)
    throw new Error(`relight ${args.join(' ')} ended with ${run.status}:\n${run.stderr}${run.stdout}`);
  return run.stdout;
}

export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
