import type { Page } from '../../e2e/browser.ts';

/** What can be tapped on this page, in its order; of a long list of rows a few. */
export const TARGETS = 'main button, main a, main label.segment, main label.tick, .rail button, .tabs button';

/** Taps at a place and waits until what it did has been painted, ms since the finger was lifted. Null: nothing was hit. */
export async function tapAndPaint(page: Page, x: number, y: number): Promise<number | null> {
  await page.evaluate(() => {
    const painted = new Promise<number | null>((resolve) => {
      const none = setTimeout(() => resolve(null), 2_000);
      addEventListener(
        'pointerup',
        (event) => {
          clearTimeout(none);
          const at = event.timeStamp;
          // The click follows in the same task queue: two frames later its effect has been handed over.
          const after = (): void => {
            const { port1, port2 } = new MessageChannel();
            port1.addEventListener('message', () => resolve(performance.now() - at));
            port1.start();
            port2.postMessage(null);
          };
          addEventListener('click', () => requestAnimationFrame(after), { capture: true, once: true });
        },
        { capture: true, once: true },
      );
    });
    Reflect.set(globalThis, '__painted', painted);
  });
  await page.mouse.click(x, y);
  return page.evaluate(() => Reflect.get(globalThis, '__painted') as Promise<number | null>);
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
