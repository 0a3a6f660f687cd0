import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');

export type Outcome = { readonly code: number | null; readonly out: string; readonly err: string };

export const newDataDir = (): string => mkdtempSync(join(tmpdir(), 'relight-acceptance-'));

/** A measurement, printed where people read the test's output. */
export const say = (line: string): void => void process.stdout.write(`${line}\n`);

export const mappingFile = (name: string): string => join(import.meta.dirname, 'mappings', `${name}.json`);

/** The real command line, as a process of its own. */
export const relight = (dataDir: string, ...args: readonly string[]): Promise<Outcome> => run({ dataDir, args });

type Run = { readonly dataDir: string; readonly args: readonly string[]; readonly nodeOptions?: string };

function run({ dataDir, args, nodeOptions }: Run): Promise<Outcome> {
  return new Promise((done, failed) => {
    const env = { ...process.env, DATA_DIR: dataDir, ...(nodeOptions && { NODE_OPTIONS: nodeOptions }) };
    const child = spawn(process.execPath, [join(ROOT, 'server/cli/relight.ts'), ...args], { cwd: ROOT, env });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.on('error', failed);
    child.on('close', (code) => done({ code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() }));
  });
}

export type Imported = {
  readonly read: number;
  readonly created: number;
  readonly unchanged: number;
  readonly skipped: number;
  readonly refusedCount: number;
  readonly refused: readonly {
    readonly line: number | null;
    readonly column: string | null;
    readonly reason: string;
  }[];
  readonly rowsPerSecond: number;
  readonly memoryMiB: number;
};

/** `relight import --json`, with what it answered. */
export async function importFile(dataDir: string, file: string, ...args: readonly string[]): Promise<Imported> {
  return imported(await relight(dataDir, 'import', file, '--json', ...args));
}

/**
 * The same with a heap of 64 MiB: the collector can put nothing off, however much memory the machine has, so what
 * is used at most is what is held.
 */
export async function importHeldShort(dataDir: string, file: string, ...args: readonly string[]): Promise<Imported> {
  const nodeOptions = '--max-old-space-size=64 --max-semi-space-size=4';
  return imported(await run({ dataDir, args: ['import', file, '--json', ...args], nodeOptions }));
}

function imported({ out, err }: Outcome): Imported {
  if (!out.startsWith('{"read"')) throw new Error(`import said ${out} ${err}`);
  return JSON.parse(out) as Imported;
}

/** Every event of the log, as `log --ndjson --data` tells it. */
export async function logOf(dataDir: string): Promise<readonly { kind: string; data: { words?: string } }[]> {
  const { out } = await relight(dataDir, 'log', '--ndjson', '--data');
  return out
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { kind: string; data: { words?: string } });
}
