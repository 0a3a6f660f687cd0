/**
 * Where a server can be made to die by itself. `inserted`: in a transaction, an event written; `committing`: all of it
 * written; `committed`: on disk, nobody told; `raising`, `raised`: the same of a tick that raises alerts; `starting`: before
 * it listens. In a backup: `copying`; `copied`: the copy has no name yet; `named`: nobody knows of it; `publishing`: the
 * mark is written; `published`: it is on disk.
 */
export const POINTS = [
  'inserted',
  'committing',
  'committed',
  'raising',
  'raised',
  'starting',
  'copying',
  'copied',
  'named',
  'publishing',
  'published',
] as const;

export type Point = (typeof POINTS)[number];

/** How the entry `kill-server-entry.ts` is told: it dies when it passes the point for the `n`th time. */
export const diesAt = (point: Point, n: number): Record<string, string> => ({
  DIES_AT: point,
  DIES_AT_PASSAGE: String(n),
});
