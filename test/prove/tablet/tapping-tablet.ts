import { openTablet, type Page, type Tablet } from '../../e2e/browser.ts';
import type { Found } from '../../e2e/saved-check.ts';
import { pause } from '../../e2e/server-process.ts';
import { TAPPING, type Pages } from './tapping-pages.ts';

type Opening = {
  readonly pages: Pages;
  readonly profile: string;
  /** Gets every id the page shows as saved. */
  readonly shown: string[];
  readonly copies?: 1 | 2;
};

/** A browser on `profile` with the tapping page open. */
export async function openTapping(opening: Opening): Promise<Tablet> {
  const tablet = await openTablet({ profile: opening.profile, width: 400, height: 700 });
  await showTapping(tablet.page, opening);
  return tablet;
}

/** The tapping page in one of a browser's pages. */
export async function showTapping(page: Page, { pages, shown, copies = 2 }: Opening): Promise<void> {
  await page.exposeFunction('showedSaved', (id: string) => void shown.push(id));
  await page.goto(`${pages.origin}${TAPPING}?copies=${copies}`);
  await page.waitForFunction(() => typeof window.stored === 'function', null, { timeout: 60_000 });
}

/** Taps until at least `more` were shown as saved, and `afterMs` longer. */
export async function tapFor(page: Page, shown: readonly string[], more: number, afterMs = 0): Promise<void> {
  const goal = shown.length + more;
  await page.evaluate(() => window.tapOn());
  await growsTo(shown, goal);
  await pause(afterMs);
}

export async function growsTo(shown: readonly string[], goal: number): Promise<void> {
  const end = Date.now() + 60_000;
  while (shown.length < goal) {
    if (Date.now() > end) throw new Error(`only ${shown.length} of ${goal} were shown as saved within a minute`);
    await pause(2);
  }
}

/** What lies in the database, read by the platform's own calls once both copies are united. */
export async function rawFound(page: Page): Promise<Found> {
  await page.evaluate(() => window.recovered());
  return page.evaluate(
    () =>
      new Promise<Found>((resolve, reject) => {
        const opening = indexedDB.open('tapping-outbox');
        opening.addEventListener('error', () => reject(new Error('it does not open')));
        opening.addEventListener('success', () => {
          const transaction = opening.result.transaction(['events', 'meta'], 'readonly');
          const keys = transaction.objectStore('events').getAllKeys();
          const meta = transaction.objectStore('meta').getAll();
          transaction.addEventListener('complete', () => {
            opening.result.close();
            const ids = (keys.result as [string, number][]).map(([writer, n]) => `${writer}-${n}`);
            const counters = (meta.result as { counter: number }[]).map(({ counter }) => counter);
            resolve({ ids, counter: Math.max(0, ...counters) });
          });
        });
      }),
  );
}
