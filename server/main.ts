import { parseConfig } from './config.ts';
import { clockFiles } from './device/clock-files.ts';
import { freeSpace } from './device/disk-space.ts';
import { createGuardedClock } from './device/guarded-clock.ts';
import { loadQuickly } from './device/load-quickly.ts';
import { createLog } from './device/log.ts';
import { machineReadings } from './device/machine-readings.ts';
import { systemRandom } from './device/random.ts';

const NODE = 24;
const LAST_WORDS_MS = 200;
const DISK_FAILED = 'the disk of DATA_DIR failed; this process ends, the next one goes on from what is on it';

await main();

async function main(): Promise<void> {
  // The rest does not even load on an older Node, so it is imported only behind this.
  if (Number(process.versions.node.split('.')[0]) < NODE)
    return refuse(`Relight needs Node ${NODE} or newer, this is ${process.versions.node}. "npm start" brings its own.`);
  const config = parseConfig(process.env);
  if (!config.ok) return refuse(config.error.map(({ setting, reason }) => `${setting}: ${reason}`).join('\n'));

  const log = createLog(config.value.logLevel);
  const keepCompiled = loadQuickly();
  const { startServer } = await import('./start.ts');
  const guarded = createGuardedClock(machineReadings(), clockFiles(config.value.dataDir).anchor());
  const onBroken = (error: unknown): void => {
    log.error({ err: error, dataDir: config.value.dataDir }, DISK_FAILED);
    // What is under way is still told that it was not kept. The database is not closed: that would write to it.
    setTimeout(() => process.exit(1), LAST_WORDS_MS);
  };
  const ports = { clock: guarded.now, guarded, random: systemRandom, log, space: freeSpace, onBroken };
  const server = await startServer(config.value, ports).catch(whyNot);
  if (typeof server === 'string') return refuse(server);
  keepCompiled();

  const stop = (code: number, why: string): void => {
    log.info({ why }, 'stopping');
    void server.close().finally(() => process.exit(code));
  };
  process.once('SIGTERM', () => stop(0, 'SIGTERM'));
  process.once('SIGINT', () => stop(0, 'SIGINT'));
  // Rejections that nobody handled end up here too. What is left in memory cannot be trusted any more.
  process.once('uncaughtException', (error) => {
    log.error({ err: error }, 'a defect nobody caught');
    stop(1, 'defect');
  });
}

/** What the person who started it can do something about; anything else is a defect. */
function whyNot(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'EADDRINUSE') return 'The port is taken by another program. Set PORT to a free one.';
  if (code === 'EACCES')
    return 'This port or data directory is not for this user. Set PORT or DATA_DIR to another one.';
  if (code === 'BUSY') return 'The database of DATABASE_URL does not answer. Is it running, and is the address right?';
  if (code === 'SQLITE_FULL' || code === 'ENOSPC')
    return 'The disk of DATA_DIR is full. Make room, and start again: nothing that was acknowledged is gone.';
  if (code === 'EIO' || (typeof code === 'string' && code.startsWith('SQLITE_IOERR')))
    return 'The disk of DATA_DIR fails. Look at it first; if it cannot be trusted, restore the last backup elsewhere.';
  if (code === 'SQLITE_CORRUPT' || code === 'SQLITE_NOTADB')
    return 'The database in DATA_DIR is damaged. Keep it as it is and restore the last backup: tablets bring the rest.';
  throw error;
}

function refuse(says: string): void {
  process.stderr.write(`${says}\n`);
  process.exitCode = 1;
}
