import { existsSync } from 'node:fs';
import { constants, copyFile, mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A build that was shown here: its files, and when another one took its place; null: it is shown now. Server time, ms. */
type KeptBuild = { readonly files: readonly string[]; readonly until: number | null };

type Keeping = { readonly dist: string; readonly dataDir: string; readonly now: number };

/** A page that was opened with a build asks for that build's files, however long it stays open. */
const KEPT_MS = 30 * 24 * 60 * 60_000;
const KEPT_BUILDS = 3;

/** Where files of earlier builds lie: beside the data, since a deployment replaces everything else. */
export const keptBuildsFolder = (dataDir: string): string => join(dataDir, 'pages');

/**
 * Puts the files of the build in `dist` beside those of earlier ones; gives how many files were let go. Kept are the last
 * three builds, and every one that was replaced less than 30 days ago. Rejects where the disk cannot take them: the pages
 * work all the same, but not those that are still open after the next build.
 */
export async function keepBuild({ dist, dataDir, now }: Keeping): Promise<number> {
  const from = join(dist, 'assets');
  if (!existsSync(from)) return 0;
  const folder = keptBuildsFolder(dataDir);
  const into = join(folder, 'assets');
  await mkdir(into, { recursive: true });
  const files = (await readdir(from)).toSorted();
  const known = await readBuilds(folder);
  if (sameFiles(known.at(-1)?.files, files) && files.every((file) => existsSync(join(into, file)))) return 0;
  const missing = files.filter((file) => !existsSync(join(into, file)));
  await Promise.all(missing.map((file) => putWhole(join(from, file), join(into, file))));
  const builds = [...known.filter((build) => !sameFiles(build.files, files)).map(endedBy(now)), { files, until: null }];
  const kept = builds.filter(({ until }, at) => at >= builds.length - KEPT_BUILDS || now - (until ?? now) < KEPT_MS);
  await writeFile(`${listOf(folder)}.new`, JSON.stringify(kept));
  await rename(`${listOf(folder)}.new`, listOf(folder));
  // Only what the list that is on the disk does not name any more.
  const wanted = new Set(kept.flatMap((build) => build.files));
  const gone = (await readdir(into)).filter((file) => !wanted.has(file));
  for (const file of gone) await rm(join(into, file), { force: true });
  return gone.length;
}

const listOf = (folder: string): string => join(folder, 'builds.json');

const endedBy =
  (now: number) =>
  (build: KeptBuild): KeptBuild => ({ ...build, until: build.until ?? now });

/** A list that cannot be read is begun anew: what it named stays until the builds named now are let go. */
async function readBuilds(folder: string): Promise<readonly KeptBuild[]> {
  try {
    const read: unknown = JSON.parse(await readFile(listOf(folder), 'utf8'));
    if (Array.isArray(read) && read.every(isBuild)) return read;
  } catch {
    // Written by the first build that is kept.
  }
  const files = await readdir(join(folder, 'assets')).catch(() => []);
  return files.length === 0 ? [] : [{ files, until: null }];
}

const isBuild = (value: unknown): value is KeptBuild =>
  typeof value === 'object' &&
  value !== null &&
  'files' in value &&
  Array.isArray(value.files) &&
  value.files.every((file) => typeof file === 'string') &&
  'until' in value &&
  (value.until === null || typeof value.until === 'number');

const sameFiles = (a: readonly string[] | undefined, b: readonly string[]): boolean => a?.join('\n') === b.join('\n');

/** A file that is there is whole, wherever the machine stops. */
async function putWhole(from: string, to: string): Promise<void> {
  await copyFile(from, `${to}.new`, constants.COPYFILE_FICLONE);
  const copied = await open(`${to}.new`, 'r+');
  try {
    await copied.sync();
  } finally {
    await copied.close();
  }
  await rename(`${to}.new`, to);
}
