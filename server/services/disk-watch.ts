import type { ShortDisk } from '#shared/sync/protocol.ts';

import type { FreeSpace } from '../device/disk-space.ts';
import type { Log } from '../device/log.ts';

/** Looks how much room is left where the data and the copies lie, so that somebody hears of it before writing fails (507). */
export type DiskWatch = {
  /** To be called each second; true: what desks are told has changed. */
  readonly beat: () => Promise<boolean>;
  /** The shortest of them; null: there is room. */
  readonly short: () => ShortDisk | null;
};

type Folder = { readonly where: ShortDisk['where']; readonly path: string };

type Deps = {
  readonly folders: readonly Folder[];
  readonly space: FreeSpace;
  readonly log: Pick<Log, 'info' | 'warn' | 'error'>;
  /** Server time, ms. */
  readonly clock: () => number;
};

const MIB = 1024 * 1024;
/** Weeks of a log's growth; then an hour of a storm night, with the log file beside the database and a copy under way. */
export const SHORT_AT = { soon: 2_048 * MIB, now: 512 * MIB } as const;
/** It is over only when there is so much more: a disk at the edge would warn and take it back all day. */
const OVER = 1.25;
const LOOK_EVERY_MS = 30_000;

export function createDiskWatch({ folders, space, log, clock }: Deps): DiskWatch {
  const found = new Map<string, ShortDisk>();
  /** Told once that they cannot be read. */
  const blind = new Set<string>();
  let lookedAt = Number.NEGATIVE_INFINITY;

  const look = async ({ where, path }: Folder): Promise<boolean> => {
    const before = found.get(path)?.level ?? null;
    const free = await space(path).catch((error: unknown) => {
      if (!blind.has(path)) log.warn({ err: error, path }, 'how much room is left cannot be read');
      blind.add(path);
      return null;
    });
    if (free === null) return false;
    blind.delete(path);
    const level = levelOf(free, before);
    if (level === null) found.delete(path);
    else found.set(path, { where, level, free });
    if (level === before) return false;
    const said = { path, freeMiB: Math.floor(free / MIB) };
    if (level === 'now') log.error(said, 'the disk is nearly full: make room now, or work will soon not be taken in');
    else if (level === 'soon')
      log.warn(said, 'the disk is filling up: make room, or work will not be taken in some day');
    else log.info(said, 'there is room on the disk again');
    return true;
  };

  return {
    beat: async () => {
      // A clock that was set back does not keep it from looking.
      if (Math.abs(clock() - lookedAt) < LOOK_EVERY_MS) return false;
      lookedAt = clock();
      const news: boolean[] = [];
      for (const folder of folders) news.push(await look(folder));
      return news.includes(true);
    },
    short: () => [...found.values()].toSorted((a, b) => a.free - b.free)[0] ?? null,
  };
}

function levelOf(free: number, before: ShortDisk['level'] | null): ShortDisk['level'] | null {
  if (free < SHORT_AT.now * (before === 'now' ? OVER : 1)) return 'now';
  return free < SHORT_AT.soon * (before === null ? 1 : OVER) ? 'soon' : null;
}
