import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { freePort, startServerProcess, type ServerProcess } from '../../e2e/server-process.ts';
import { cpuOf } from '../process-cpu.ts';
import { quantile } from '../quantiles.ts';

export type LoopDelay = { readonly p99: number; readonly max: number };

/** A server whose processor time and held-up event loop can be asked for. */
export type MeasuredServer = ServerProcess & { readonly loop: () => Promise<LoopDelay> };

type Start = { readonly dataDir: string; readonly env: Readonly<Record<string, string>> };

export async function startMeasured({ dataDir, env }: Start): Promise<MeasuredServer> {
  const entry = join(import.meta.dirname, 'measured-server.ts');
  const server = await startServerProcess({
    dataDir,
    port: await freePort(),
    entry,
    env: { LOG_LEVEL: 'warn', ...env },
  });
  const file = join(dataDir, 'loop.json');
  const loop = async (): Promise<LoopDelay> => {
    await server.tell({ file });
    return JSON.parse(readFileSync(file, 'utf8')) as LoopDelay;
  };
  return { ...server, loop };
}

const WARM = 40;

/** What one of something costs: the server's processor time, and the middle of how long it took, ms. */
export type Cost = { readonly cpuMs: number; readonly ms: number };

/** Does something so often, one after the other, and says what each cost; the first few are not counted. */
export async function costOf(server: ServerProcess, times: number, work: () => Promise<unknown>): Promise<Cost> {
  // A server that has just started still compiles what it runs.
  for (let warm = 0; warm < WARM; warm += 1) await work();
  const took: number[] = [];
  const before = cpuOf(server.pid);
  for (let done = 0; done < times; done += 1) {
    const begun = performance.now();
    await work();
    took.push(performance.now() - begun);
  }
  const cpuMs = (cpuOf(server.pid) - before) / times;
  return {
    cpuMs,
    ms: quantile(
      took.toSorted((a, b) => a - b),
      0.5,
    ),
  };
}
