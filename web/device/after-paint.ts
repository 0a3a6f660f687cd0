/** Once what has just been changed is painted; where nothing is painted, because the page is hidden, soon. */
export function afterPaint(work: () => void): void {
  let begun = false;
  const once = (): void => {
    if (begun) return;
    begun = true;
    work();
  };
  requestAnimationFrame(() => setTimeout(once));
  setTimeout(once, SOON_MS);
}

/** Fulfilled when the page has nothing more urgent to do, at the latest after `withinMs`. */
export const atRest = (withinMs: number): Promise<void> =>
  new Promise((resolve) => {
    if ('requestIdleCallback' in globalThis) requestIdleCallback(() => resolve(), { timeout: withinMs });
    else setTimeout(resolve, SOON_MS);
  });

const SOON_MS = 200;
