import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { relight } from '../e2e/server-process.ts';
import type { AlertHistory, LogLine } from './alerts-check.ts';

const FILE = 'history.json';

/** The whole log as the command line gives it, data and all. */
export const logOf = (dataDir: string): LogLine[] =>
  relight(dataDir, ['log', '--ndjson', '--data'])
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as LogLine);

export const hasHistory = (dir: string): boolean => existsSync(join(dir, FILE));

/** Written last and whole: what lies there can be judged again without running anything. */
export function keepHistory(dir: string, history: AlertHistory): void {
  writeFileSync(join(dir, FILE), JSON.stringify(history));
}

export const keptHistory = <T extends AlertHistory>(dir: string): T =>
  JSON.parse(readFileSync(join(dir, FILE), 'utf8')) as T;
