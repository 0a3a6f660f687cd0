import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openTablet } from '../../e2e/browser.ts';
import type { ProofOptions, Proven } from '../proof.ts';
import { newSteps, within } from './steps.ts';
import { buildVersion, impatient } from './update-builds.ts';
import { updateProblems } from './update-check.ts';
import { deletedIsSeen, impatientIsSeen } from './update-controls.ts';
import { updateHouse } from './update-house.ts';
import { openUpdateLine } from './update-line.ts';
import { PATIENCE_MS } from './update-pages.ts';
import { ACTIONS, onePair, PHOTOS, type Found } from './update-pair.ts';

/** 64 kbit/s; a quick run has no time for that. */
const SLOW = { bytesPerS: 8_000, quick: 400_000 };
const CLOSE_MS = 20_000;

/**
 * For `n` pairs of versions: 50 records and 5 photos wait on the old one in two pages, one of them with something begun, when
 * the new one is deployed. Its download breaks off half-way, then comes whole; a person takes it in one page, the other goes
 * on with the old one; the worker is switched off and on again with everything still waiting; then all of it goes out.
 */
export async function update({ n, quick, dir, log }: ProofOptions): Promise<Proven> {
  const folder = mkdtempSync(join(tmpdir(), 'relight-update-'));
  const steps = newSteps();
  const versions: string[] = [];
  for (let version = 1; version <= (quick ? 2 : 4); version += 1)
    versions.push(await steps.run('build a version', () => buildVersion(dir, version)));
  const oldest = versions[0]!;
  const newest = versions.at(-1)!;
  const house = await steps.run('found the station', () => updateHouse(folder, n));
  const line = await openUpdateLine(house.url);
  const found: Found = { saved: [], failures: [], reloads: 0, gone: 0, cut: 0, kills: 0 };
  const slow = quick ? SLOW.quick : SLOW.bytesPerS;
  try {
    await steps.run('the first version', () => house.deploy(oldest));
    await steps.run('an order', () => house.give());
    for (let at = 0; at < n; at += 1) {
      const old = 1 + (at % (versions.length - 1));
      const name = `pair ${at + 1}`;
      log(`${name} of ${n}: version ${old} to ${versions.length}`);
      const tablet = await openTablet({ profile: join(folder, `tablet-${at}`), width: 800, height: 1280 });
      tablet.context.setDefaultTimeout(PATIENCE_MS);
      const pair = { name, from: versions[old - 1]!, to: newest, old, newest: versions.length };
      try {
        await onePair({ house, line, tablet, slow, found, steps }, pair);
        if (at < n - 1) continue;
        line.set('on');
        const control = { origin: line.origin, dist: await impatient(oldest, dir) };
        await steps.run('control: an impatient worker', () => impatientIsSeen(house, tablet.page, control));
      } catch (error) {
        // What the person would see now.
        const seen = tablet.page.screenshot({ path: join(dir, 'stopped.png') });
        await within('a picture', CLOSE_MS, seen).catch(() => undefined);
        throw error;
      } finally {
        await within('the end of the tablet', CLOSE_MS, tablet.kill());
      }
    }
    const notes = house.notes();
    writeFileSync(join(dir, 'notes.json'), JSON.stringify({ saved: found.saved, notes }));
    const problems = updateProblems(found.saved, notes);
    const missing = line.missing.length + found.gone;
    await steps.run('control: deleted files', () => deletedIsSeen(house, oldest, newest));
    log('controls: an impatient worker and deleted files were seen');
    return {
      runs: n,
      faults: found.cut + found.kills,
      acked: found.saved.length,
      failures: [...found.failures, ...problems, ...line.missing.map((url) => `${url} was not there`)],
      figures: {
        pairs: n,
        'versions built': versions.length,
        'records waiting at each deployment': ACTIONS,
        'photos waiting at each deployment': PHOTOS,
        'lost or doubled': problems.length,
        'reloads with something begun': found.reloads,
        'not found of old builds': missing,
        'downloads cut half-way': found.cut,
        'bytes a second until the cut': slow,
        'worker switched off and on': found.kills,
      },
    };
  } finally {
    writeFileSync(join(dir, 'steps.json'), JSON.stringify(Object.fromEntries(steps.took), null, 2));
    line.close();
    await within('the end of the server', CLOSE_MS, house.close());
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
