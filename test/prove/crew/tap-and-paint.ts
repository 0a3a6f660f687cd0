import type { Page } from '../../e2e/browser.ts';

/** What can be tapped on this page, in its order; of a long list of rows a few. */
export const TARGETS = 'main button, main a, main label.segment, main label.tick, .rail button, .tabs button';

/** `ms`: from lifting the finger to the frame with its effect; `own`: what the page's own thread worked meanwhile. */
export type Painted = { readonly ms: number; readonly own: number };

/**
 * Taps at a place and waits until what it did has been painted. Null: nothing was hit.
 *
 * The finger rests first until the page has nothing to do: what came with the page before is not this tap's. The page
 * itself measures: from the event's own time stamp to the first message handled after the frame that follows the click.
 * Where the tap leads to another address and the page shows more only when it is told of that, the frame after that
 * counts. Own work is read before the finger touches and after that message; asking costs some milliseconds of it.
 */
export async function tapAndPaint(
  page: Page,
  own: () => Promise<number>,
  at: { readonly x: number; readonly y: number },
): Promise<Painted | null> {
  await page.mouse.move(at.x, at.y);
  await page.evaluate(watchTap);
  const before = await own();
  await page.mouse.down();
  await page.mouse.up();
  const ms = await page.evaluate(() => Reflect.get(globalThis, '__painted') as Promise<number | null>);
  return ms === null ? null : { ms, own: (await own()) - before };
}

/** Runs in the page; fulfilled when it is at rest and watches. */
async function watchTap(): Promise<void> {
  const painted = new Promise<number | null>((resolve) => {
    const none = setTimeout(() => resolve(null), 2_000);
    const paintedSince = (at: number): Promise<number> =>
      new Promise((done) => {
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.addEventListener('message', () => done(performance.now() - at));
          port1.start();
          port2.postMessage(null);
        });
      });
    const nextTask = (): Promise<void> =>
      new Promise((next) => {
        setTimeout(next);
      });
    const lifted = (event: Event): void => {
      clearTimeout(none);
      const at = event.timeStamp;
      const here = location.href;
      let moved = Promise.resolve(0);
      const told = (): void => {
        let changes = 0;
        const seen = new MutationObserver((records) => (changes += records.length));
        seen.observe(document.body, { subtree: true, childList: true });
        // Only what this task itself draws: rows that follow after the paint are not the tap's.
        const drew = nextTask().then(() => {
          seen.disconnect();
          return changes > 0;
        });
        moved = Promise.all([drew, paintedSince(at)]).then(([more, ms]) => (more ? ms : 0));
      };
      addEventListener('hashchange', told, { capture: true, once: true });
      const clicked = async (): Promise<void> => {
        const shown = await paintedSince(at);
        // An address that changed is told of in a task of its own; a page may show the new place before, or only then.
        if (location.href !== here) await nextTask();
        resolve(Math.max(shown, location.href === here ? 0 : await moved));
      };
      addEventListener('click', () => void clicked(), { capture: true, once: true });
    };
    addEventListener('pointerup', lifted, { capture: true, once: true });
  });
  Reflect.set(globalThis, '__painted', painted);
  await new Promise((rest) => {
    requestIdleCallback(rest, { timeout: 2_000 });
  });
}

/**
 * What the page's main thread has worked since it was opened, ms. On a machine that has other work as well it says more
 * than a clock; a processor that was slowed counts as slow.
 */
export async function ownTime(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1_000;
  };
}
