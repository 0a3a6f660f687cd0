import { readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';

import { keptBuildsFolder } from '../../../server/device/kept-builds.ts';
import type { Page } from '../../e2e/browser.ts';
import { until } from './steps.ts';
import { reloadProblem } from './update-check.ts';
import type { UpdateHouse } from './update-house.ts';
import * as app from './update-pages.ts';

const SEEN_MS = 40_000;

/** Control: a worker that does not wait and loads pages anew is a fault that is seen here. */
export async function impatientIsSeen(
  house: UpdateHouse,
  page: Page,
  at: { origin: string; dist: string },
): Promise<void> {
  await app.openApp(page, at.origin, 'control');
  await app.kept(page);
  await app.begin(page, 'begun before an impatient worker');
  const before = await app.standing(page);
  await house.deploy(at.dist);
  // Not waited for: what it is asked of is loaded anew under it.
  void app.look(page).catch(() => undefined);
  await until(
    'a worker that loads pages anew is seen',
    SEEN_MS,
    async () => reloadProblem(before, await app.standing(page)) !== null,
  );
}

/** Control: a deployment that keeps nothing of the one before. */
export async function deletedIsSeen(house: UpdateHouse, from: string, to: string): Promise<void> {
  const kept = keptBuildsFolder(house.dataDir);
  renameSync(kept, `${kept}-away`);
  await house.deploy(to);
  if ((await goneAt(house.url, from)).length === 0) throw new Error('void: deleted files were not missed');
}

const FETCH_MS = 10_000;

/** Files of a build that the server does not give out as they are; and one that never was, if it does. */
export async function goneAt(url: string, dist: string): Promise<readonly string[]> {
  const get = (file: string): Promise<Response> =>
    fetch(`${url}/assets/${file}`, { signal: AbortSignal.timeout(FETCH_MS) });
  const judged = await Promise.all(
    readdirSync(join(dist, 'assets')).map(async (file) => {
      const answer = await get(file);
      const body = Buffer.from(await answer.arrayBuffer());
      return answer.ok && body.equals(readFileSync(join(dist, 'assets', file))) ? [] : [file];
    }),
  );
  const never = await get('never-there.js');
  await never.body?.cancel();
  return never.status === 404 ? judged.flat() : [...judged.flat(), 'never-there.js'];
}
