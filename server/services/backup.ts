import { existsSync } from 'node:fs';
import { chmod, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { err, ok, type Result } from '#shared/result.ts';

import type { Backups } from '../store/backup.ts';

/** `file`: the verified copy, holding everything up to position `q`; `safe`: the mark that clients are told. */
export type BackupMade = { readonly file: string; readonly q: number; readonly safe: number | null };

export type BackupProblem = { readonly code: 'damaged'; readonly what: string };

type Request = {
  readonly backups: Backups;
  readonly dir: string;
  readonly now: number;
  /** How many copies stay in the folder, the newest ones. */
  readonly keep?: number;
};

/**
 * Copies the database, reads the copy from end to end, and only then gives it its name and publishes `safe`.
 * A damaged copy is removed and nothing is published.
 */
export async function makeBackup({
  backups,
  dir,
  now,
  keep = 14,
}: Request): Promise<Result<BackupMade, BackupProblem>> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const part = join(dir, `${PREFIX}${stamp(now)}-${process.pid}.part`);
  try {
    await backups.copyTo(part);
    // It holds what customers told and how people sign in.
    await chmod(part, 0o600);
    await flush(part);
    const { content, damage } = await backups.inspect(part);
    if (damage[0]) return err({ code: 'damaged', what: damage[0].what });
    const file = freeName(dir, `${PREFIX}${stamp(now)}-q${content.q}`);
    await rename(part, file);
    await flush(dir);
    const safe = await backups.publishSafe(content);
    await prune(dir, keep);
    await dropAbandoned(dir, file);
    return ok({ file, q: content.q, safe });
  } finally {
    await rm(part, { force: true });
  }
}

const PREFIX = 'relight-';
const ENDING = '.db';

const stamp = (now: number): string => new Date(now).toISOString().slice(0, 19).replaceAll(/[-:]/g, '');

function freeName(dir: string, name: string): string {
  for (let attempt = 1; ; attempt += 1) {
    const file = join(dir, `${name}${attempt === 1 ? '' : `-${attempt}`}${ENDING}`);
    if (!existsSync(file)) return file;
  }
}

/** On disk, not only in the system's memory: `safe` promises it. */
async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Names begin with their time, so the newest sort last. */
async function prune(dir: string, keep: number): Promise<void> {
  const copies = (await readdir(dir)).filter((name) => name.startsWith(PREFIX) && name.endsWith(ENDING)).toSorted();
  for (const name of copies.slice(0, Math.max(0, copies.length - keep))) await rm(join(dir, name));
}

const ABANDONED_MS = 3_600_000;

/** What a process that was killed left of its copy: an hour behind the newest one, nobody writes to it any more. */
async function dropAbandoned(dir: string, newest: string): Promise<void> {
  const { mtimeMs: now } = await stat(newest);
  const parts = (await readdir(dir)).filter((name) => name.startsWith(PREFIX) && name.includes('.part'));
  for (const name of parts) {
    const { mtimeMs } = await stat(join(dir, name)).catch(() => ({ mtimeMs: now }));
    if (now - mtimeMs > ABANDONED_MS) await rm(join(dir, name), { force: true });
  }
}
