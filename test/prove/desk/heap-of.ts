import type { Page } from '../../e2e/browser.ts';

/** What the page's own thread holds after everything it can let go is gone, MB. */
export async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  try {
    // What a first collection lets go may have held something else.
    await session.send('HeapProfiler.collectGarbage');
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    return Math.round((usedSize / 2 ** 20) * 10) / 10;
  } finally {
    await session.detach();
  }
}
