import { constants } from 'node:fs';
import { copyFile, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

import type { MapList, MapPack } from '#shared/api/maps.ts';
import { err, ok, type Result } from '#shared/result.ts';

import { packRefusalText, type PackContents, type PackRefusal } from './check-pack.ts';
import { checkPackFile } from './pack-file.ts';

/** The archives of a data directory, as they lie in `maps/`. */
export type MapFolder = { readonly list: () => Promise<Pick<MapList, 'packs' | 'refused'>> };

type Checked = { readonly stamp: string; readonly found: Result<PackContents, PackRefusal> };

/** Each archive is checked once, and again when its file has changed. */
export function createMapFolder(dataDir: string): MapFolder {
  const folder = join(dataDir, 'maps');
  const checked = new Map<string, Checked>();

  const check = async (file: string, stamp: string): Promise<Checked['found']> => {
    const known = checked.get(file);
    if (known?.stamp === stamp) return known.found;
    const found = await checkPackFile(join(folder, file));
    checked.set(file, { stamp, found });
    return found;
  };

  return {
    list: async () => {
      const packs: MapPack[] = [];
      const refused: { name: string; reason: string }[] = [];
      for (const file of await packFiles(folder)) {
        const { size, mtimeMs } = await stat(join(folder, file));
        const found = await check(file, `${size} ${mtimeMs}`);
        const name = file.slice(0, -ENDING.length);
        if (found.ok) packs.push({ name, url: `/maps/${encodeURIComponent(file)}`, bytes: size, ...found.value });
        else refused.push({ name, reason: packRefusalText(found.error) });
      }
      return { packs, refused };
    },
  };
}

/** Puts an archive beside the others, whole or not at all; one of the same name is replaced. */
export async function addPack(
  dataDir: string,
  file: string,
  name: string,
): Promise<Result<PackContents & { readonly file: string }, PackRefusal>> {
  const found = await checkPackFile(file);
  if (!found.ok) return err(found.error);
  const folder = join(dataDir, 'maps');
  await mkdir(folder, { recursive: true });
  const to = join(folder, `${name}${ENDING}`);
  const part = `${to}.part`;
  try {
    await copyFile(file, part, constants.COPYFILE_FICLONE);
    const copy = await open(part, 'r+');
    await copy.sync();
    await copy.close();
    await rename(part, to);
  } finally {
    await rm(part, { force: true });
  }
  return ok({ ...found.value, file: to });
}

/** Names that stay names in a path and in an address. */
export const isPackName = (name: string): boolean => /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,79}$/u.test(name);

const ENDING = '.pmtiles';

async function packFiles(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((file) => file.endsWith(ENDING)).toSorted();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
