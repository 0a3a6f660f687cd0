import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { relight } from '../e2e/server-process.ts';

const MINUTE = 60_000;
/** State Grid's limits of arrival, written down here once more on purpose. */
const LIMIT_MIN = { urban: 45, rural: 90, remote: 120 } as const;
const WARN_AT = 0.8;
export const AREAS = ['urban', 'rural', 'remote'] as const;
type Area = (typeof AREAS)[number];

/** An order, and when a crew is too late for it; the desk is to be warned at `warn`. True time, ms. */
export type GivenOrder = {
  readonly key: string;
  readonly area: Area;
  readonly reported: number;
  readonly warn: number;
  readonly limit: number;
};

/** The order whose limit falls at this moment. */
export function orderDueAt(key: string, area: Area, limit: number): GivenOrder {
  const allowed = LIMIT_MIN[area] * MINUTE;
  const reported = Math.round(limit) - allowed;
  return { key, area, reported, warn: reported + allowed * WARN_AT, limit: reported + allowed };
}

/** How long this machine may take to bring so many orders in and to start a server, ms; it may be busy with others. */
export function leadFor(dataDir: string, orders: number): number {
  const before = performance.now();
  relight(dataDir, ['log']);
  const start = performance.now() - before;
  return 4_000 + 5 * start + 6 * orders;
}

/** Brings orders in through the command line, as a utility would. Nobody is dispatched, so silence explains nothing. */
export function bring(dataDir: string, orders: readonly GivenOrder[], folder: string): void {
  const rows = orders.map(({ key, area, reported }) => `${key},路${key},${area},${new Date(reported).toISOString()}`);
  const csv = join(folder, 'orders.csv');
  const mapping = join(folder, 'mapping.json');
  writeFileSync(csv, ['key,where,area,reported', ...rows].join('\n'));
  writeFileSync(mapping, JSON.stringify(MAPPING));
  const counts = JSON.parse(relight(dataDir, ['import', csv, '--mapping', mapping, '--json'])) as { created: number };
  if (counts.created !== orders.length) throw new Error(`only ${counts.created} of ${orders.length} orders came in`);
}

const MAPPING = {
  system: 'given',
  key: 'key',
  address: 'where',
  times: { reported: 'reported' },
  area: { column: 'area', rules: AREAS.map((area) => ({ equals: area, is: area })) },
  unit: '城西供电所',
};
