import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import type { Page } from './browser.ts';

/** Waits until it can be seen; if it never is, keeps a picture of what could be seen instead. */
export async function seen(page: Page, pictures: string, what: ReturnType<Page['locator']>): Promise<void> {
  try {
    await what.waitFor({ timeout: 30_000 });
  } catch (error) {
    await keepPicture(page, pictures, `failed-${new Date().toISOString().replaceAll(':', '')}`);
    throw error;
  }
}

export async function keepPicture(page: Page, pictures: string, name: string): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`) });
}
