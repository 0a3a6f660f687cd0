import { effect, type ReadonlySignal } from '@preact/signals';

import type { Clock } from '#shared/engine/ports.ts';
import type { GpsFix } from '#shared/time/clock-reading.ts';
import { APART_MS } from '#shared/time/gps-time.ts';

import { takeFreshFix } from '../device/fresh-fix.ts';
import type { Fix } from './client-context.ts';

/** While the position is followed anyway, so often a new fix costs nothing to speak of. */
const EVERY_MS = 20_000;

/**
 * Keeps fixes whose time is not the wall clock's: two of them around a tap tell its time whatever the wall clock did.
 * Where the wall clock is right, or stamps the fixes itself, there is nothing to keep.
 */
export function keepGpsEvidence(here: ReadonlySignal<Fix | null>, clock: Clock, keep: (fix: GpsFix) => void): void {
  let next = 0;
  effect(() => {
    const fix = here.value;
    if (!fix || clock.mono() < next || Math.abs(fix.at - clock.wall()) <= APART_MS) return;
    next = clock.mono() + EVERY_MS;
    void takeFreshFix(clock).then((fresh) => {
      if (fresh && Math.abs(fresh.at - fresh.got.wall) > APART_MS) keep(fresh);
    });
  });
}
