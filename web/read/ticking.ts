import { signal, type ReadonlySignal } from '@preact/signals';

/** A time that moves each `ms`, only while somebody looks at it. */
export function ticking(ms: number, now: () => number): ReadonlySignal<number> {
  let timer = 0;
  const time = signal(now(), {
    watched() {
      time.value = now();
      timer = window.setInterval(() => {
        time.value = now();
      }, ms);
    },
    unwatched() {
      clearInterval(timer);
    },
  });
  return time;
}
