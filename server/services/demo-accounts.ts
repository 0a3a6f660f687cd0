import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { DemoAccounts } from '#shared/api/session.ts';

/** The accounts a demonstration wrote into its data directory; none on a real server. */
export async function demoAccounts(dataDir: string): Promise<DemoAccounts> {
  const text = await readFile(join(dataDir, 'demo.json'), 'utf8').catch(() => null);
  return text === null ? { accounts: [], codes: [] } : DemoAccounts.parse(JSON.parse(text));
}
