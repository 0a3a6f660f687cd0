import { existsSync } from 'node:fs';
import { copyFile, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import { mintWriter } from '#shared/ids.ts';
import { err, ok, type Result } from '#shared/result.ts';

import type { Random } from '../device/random.ts';
import type { CopyContent } from '../store/backup.ts';
import type { Damage } from '../store/check-log.ts';
import type { RedactionRow } from '../store/log-tables.ts';
import type { Store } from '../store/store.ts';

/** `q`: the log ends there now. `aside`: where the database that stood there lies, null: none stood there. */
export type Restored = { readonly q: number; readonly epoch: string; readonly aside: string | null };

export type RestoreProblem =
  | { readonly code: 'missing' | 'inUse' }
  | { readonly code: 'damaged'; readonly what: string }
  | { readonly code: 'newer'; readonly file: string };

/** What is done with database files. */
export type Databases = {
  readonly inspect: (file: string) => Promise<{ readonly content: CopyContent; readonly damage: readonly Damage[] }>;
  readonly isOutOfUse: (file: string) => boolean;
  /** The file of a data directory. */
  readonly fileOf: (dataDir: string) => string;
  readonly open: (dataDir: string) => Store;
  /** What a file knows to be redacted. */
  readonly redactionsIn: (file: string) => readonly RedactionRow[];
};

type Request = {
  readonly file: string;
  readonly dataDir: string;
  readonly databases: Databases;
  readonly now: number;
  readonly gatherMs: number;
  readonly random: Random;
  /** Also if a newer copy lies beside it. */
  readonly older: boolean;
};

/**
 * Puts a backup in the place of the database. It is read from end to end and begins its new history before it has the
 * name, so whatever breaks off, either all is as before or all is done. What stood there is moved aside, not erased.
 * Tablets have given away what the newest copy holds: an older one is refused unless asked for.
 */
export async function restore(request: Request): Promise<Result<Restored, RestoreProblem>> {
  const { file, dataDir, databases, now, gatherMs, random, older } = request;
  if (!existsSync(file)) return err({ code: 'missing' });
  const newer = older ? undefined : await newerThan(file);
  if (newer !== undefined) return err({ code: 'newer', file: newer });
  const { content, damage } = await databases.inspect(file);
  if (damage[0]) return err({ code: 'damaged', what: damage[0].what });
  const database = databases.fileOf(dataDir);
  if (!databases.isOutOfUse(database)) return err({ code: 'inUse' });

  const beside = join(dataDir, 'restoring');
  const ready = databases.fileOf(beside);
  await rm(beside, { recursive: true, force: true });
  await mkdir(beside, { recursive: true, mode: 0o700 });
  await copyFile(file, ready);
  const redactions = databases.redactionsIn(database);
  const epoch = await beginAnew(databases.open(beside), { gatherUntil: now + gatherMs, random, redactions });
  if (!databases.isOutOfUse(ready)) throw new Error('the database that was just closed is still open');
  await flush(ready);

  const aside = existsSync(database) ? `${database}.before-${stamp(now)}` : null;
  if (aside !== null) await rename(database, aside);
  await rename(ready, database);
  await flush(dataDir);
  await rm(beside, { recursive: true, force: true });
  return ok({ q: content.q, epoch, aside });
}

type Beginning = { gatherUntil: number; random: Random; redactions: readonly RedactionRow[] };

async function beginAnew(store: Store, at: Beginning): Promise<string> {
  try {
    const epoch = Buffer.from(at.random(8)).toString('hex');
    let process = mintWriter(at.random(3));
    while ((await store.roster.deviceOf(process)) !== null) process = mintWriter(at.random(3));
    const { gatherUntil, redactions } = at;
    await store.restore.beginAnew({ epoch, process, gatherUntil, redactions });
    return epoch;
  } finally {
    store.close();
  }
}

/** The newest copy of the folder, if it is not this one. Names begin with their time. */
async function newerThan(file: string): Promise<string | undefined> {
  const copies = (await readdir(dirname(file))).filter((name) => COPY.test(name)).toSorted();
  return COPY.test(basename(file)) ? copies.findLast((name) => name > basename(file)) : undefined;
}

const COPY = /^relight-\d{8}T\d{6}-q\d+.*\.db$/;

const stamp = (now: number): string => new Date(now).toISOString().slice(0, 19).replaceAll(/[-:]/g, '');

/** On disk, not only in the system's memory. */
async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
