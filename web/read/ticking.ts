import { signal, type ReadonlySignal } from '@preact/signals';

export type Ticking = {
  readonly time: ReadonlySignal<number>;
  /** Called when `now` may have been corrected: the time shown never stays behind by a tick, nor a minute behind. */
  readonly look: () => void;
};

/** A time that moves each `ms`, only while somebody looks at it. */
export function ticking(ms: number, now: () => number): Ticking {
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
  return {
    time,
    look() {
      const [shown, real] = [time.peek(), now()];
      // Everything that judges by time is redrawn by this: not for a part of a tick.
      if (minuteOf(shown) !== minuteOf(real) || Math.abs(real - shown) > ms) time.value = real;
    },
  };
}

const minuteOf = (at: number): number => Math.floor(at / 60_000);
