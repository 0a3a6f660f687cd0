import { mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { parseConfig } from '../config.ts';
import { systemClock } from '../device/clock.ts';
import { loadQuickly } from '../device/load-quickly.ts';
import { createLog } from '../device/log.ts';
import { systemRandom } from '../device/random.ts';
import { buildWhenStale } from './build-when-stale.ts';
import type { RunningDemo } from './start-demo.ts';

await main();

async function main(): Promise<void> {
  const own = process.env['DATA_DIR'] === '' ? undefined : process.env['DATA_DIR'];
  const dataDir = own ?? (await mkdtemp(join(await placeToForget(), 'relight-demo-')));
  const clean = (): Promise<void> =>
    own !== undefined ? Promise.resolve() : rm(dataDir, { recursive: true, force: true });

  const config = parseConfig({ LOG_LEVEL: 'warn', ...process.env, DATA_DIR: dataDir });
  if (!config.ok) {
    await clean();
    return refuse(config.error.map(({ setting, reason }) => `${setting}: ${reason}`).join('\n'));
  }
  let running: RunningDemo | null = null;
  let stopping: Promise<void> | null = null;
  const stop = async (): Promise<void> => {
    await running?.close();
    await clean();
  };
  const onSignal = (): void => {
    stopping ??= stop().finally(() => process.exit(0));
  };
  process.once('SIGINT', onSignal);
  process.once('SIGTERM', onSignal);

  const built = process.argv.includes('--build') ? buildWhenStale() : null;
  console.log('正在补写最近两小时 / Living through the last two hours …');
  const ports = { clock: systemClock, random: systemRandom, log: createLog(config.value.logLevel) };
  try {
    const keepCompiled = loadQuickly();
    const { startDemo } = await import('./start-demo.ts');
    const demo = await startDemo(config.value, ports, process.env['DEMO_SEED'] ?? '1');
    if (!demo.ok)
      return refuse(`DATA_DIR=${dataDir} already holds a log; the demonstration starts from an empty folder.`);
    running = demo.value;
    keepCompiled();
    await built;
  } catch (error) {
    // A port that is taken, a disk that is full: nothing of ours stays behind.
    await clean();
    throw error;
  }
  console.log(welcome(running));
}

function welcome({ url, page }: RunningDemo): string {
  const accounts = page.accounts.map(({ name, password, role }) => `  ${name.padEnd(7)} ${password}   ${role}`);
  const codes = page.codes.map(({ code, crew }) => `  ${code}   ${crew}`);
  const seconds = (performance.now() / 1_000).toFixed(1);
  return [
    '',
    `指挥台 desk    ${url}/desk`,
    ...accounts,
    `班组 crew      ${url}/crew`,
    ...codes,
    '',
    `${seconds} 秒后开门，Ctrl-C 结束 / open after ${seconds} s, Ctrl-C ends it.`,
  ].join('\n');
}

/**
 * In memory where there is room for it: what a demonstration writes is thrown away at its end, and waiting for a disk to
 * keep two hours of it would be most of its beginning.
 */
async function placeToForget(): Promise<string> {
  if (process.env['TMPDIR'] === undefined) {
    const memory = await statfs('/dev/shm').catch(() => null);
    if (memory && memory.bavail * memory.bsize > 1_000_000_000) return '/dev/shm';
  }
  return tmpdir();
}

function refuse(says: string): void {
  console.error(says);
  process.exitCode = 1;
}
