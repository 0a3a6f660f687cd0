import { isIP } from 'node:net';

import * as z from 'zod';

import type { OnlineTiles } from '#shared/api/maps.ts';
import { err, ok, type Result } from '#shared/result.ts';

/**
 * Settings of a server. `trustedProxies`: addresses whose X-Forwarded-For and -Proto are believed.
 * `publicUrl`: the origin people type, where a proxy changes it.
 * `tiles`: picture tiles of another server, for maps.
 * `databaseUrl`: a PostgreSQL database instead of the one in `dataDir`; null: SQLite.
 * `archiveDays`: orders that ended so many days ago leave tablets and desks; null: never.
 * `backup`: folder for copies and minutes between them; null: no backup is set up.
 */
export type Config = {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly databaseUrl: string | null;
  readonly trustedProxies: readonly string[];
  readonly publicUrl: string | null;
  readonly logLevel: 'info' | 'warn' | 'error' | 'silent';
  readonly tiles: OnlineTiles | null;
  readonly archiveDays: number | null;
  readonly backup: { readonly dir: string; readonly everyMin: number } | null;
};

/** What is wrong with which setting, for the person who set it. */
export type ConfigProblem = { readonly setting: string; readonly reason: string };

/** Reads the settings from the environment; nothing else does. */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): Result<Config, ConfigProblem[]> {
  const parsed = Settings.safeParse(Object.fromEntries(Object.entries(env).filter(([, value]) => value !== '')));
  if (!parsed.success)
    return err(parsed.error.issues.map(({ path, message }) => ({ setting: path.join('.'), reason: message })));
  const { PORT, HOST, DATA_DIR, TRUSTED_PROXY, PUBLIC_URL, LOG_LEVEL, BACKUP_DIR, BACKUP_EVERY_MIN } = parsed.data;
  const { ARCHIVE_DAYS, DATABASE_URL, TILE_URL, TILE_ATTRIBUTION, TILE_SHIFT } = parsed.data;
  return ok({
    port: PORT,
    host: HOST,
    dataDir: DATA_DIR,
    databaseUrl: DATABASE_URL ?? null,
    trustedProxies: TRUSTED_PROXY,
    publicUrl: PUBLIC_URL ?? null,
    logLevel: LOG_LEVEL,
    tiles: TILE_URL === undefined ? null : { url: TILE_URL, attribution: TILE_ATTRIBUTION, shift: TILE_SHIFT },
    archiveDays: ARCHIVE_DAYS === 0 ? null : ARCHIVE_DAYS,
    backup: BACKUP_DIR === undefined ? null : { dir: BACKUP_DIR, everyMin: BACKUP_EVERY_MIN },
  });
}

const addresses = z
  .string()
  .transform((list) => list.split(',').map((one) => one.trim()))
  .refine((list) => list.every((one) => isIP(one) !== 0), 'must be IP addresses with commas between');

const tileUrl = z
  .url({ protocol: /^https?$/ })
  .refine(
    (url) => ['{z}', '{x}', '{y}'].every((part) => url.includes(part)) && !new URL(url).host.includes('{'),
    'must have {z}, {x} and {y}, and one host',
  );

const Settings = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(8787),
  HOST: z.string().default('0.0.0.0'),
  DATA_DIR: z.string().default('./data'),
  DATABASE_URL: z.url({ protocol: /^postgres(?:ql)?$/, error: 'must be postgres://…' }).optional(),
  TRUSTED_PROXY: addresses.default([]),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .transform((url) => new URL(url).origin)
    .optional(),
  LOG_LEVEL: z.enum(['info', 'warn', 'error', 'silent']).default('info'),
  TILE_URL: tileUrl.optional(),
  TILE_ATTRIBUTION: z.string().max(200).default('© OpenStreetMap'),
  TILE_SHIFT: z.enum(['none', 'gcj02']).default('none'),
  ARCHIVE_DAYS: z.coerce.number().int().min(0).max(3650).default(7),
  BACKUP_DIR: z.string().optional(),
  BACKUP_EVERY_MIN: z.coerce.number().int().min(1).default(15),
});
