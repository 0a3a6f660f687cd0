import type { Page } from '../../e2e/browser.ts';

/** Presses a key and waits until what it did has been painted, ms. */
export async function pressAndPaint(page: Page, key: string): Promise<number> {
  await page.evaluate(() => {
    const done = new Promise<number>((resolve) => {
      addEventListener(
        'keydown',
        (event) => {
          const at = event.timeStamp;
          // After the frame that shows it: a message is handled once that frame was handed over.
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.addEventListener('message', () => resolve(performance.now() - at));
            port1.start();
            port2.postMessage(null);
          });
        },
        { capture: true, once: true },
      );
    });
    Reflect.set(globalThis, '__painted', done);
  });
  await page.keyboard.press(key);
  return page.evaluate(() => Reflect.get(globalThis, '__painted') as Promise<number>);
}
