/** `touched`: a finger or a key, before the page hears of it. `looked`: now and then, and when the page is shown again. */
export function watchTouches(touched: () => void, looked: () => void): void {
  for (const kind of ['pointerdown', 'keydown']) addEventListener(kind, touched, { capture: true, passive: true });
  document.addEventListener('visibilitychange', looked);
  setInterval(looked, LOOK_EVERY_MS);
}

const LOOK_EVERY_MS = 10_000;
