import type { Clock } from '#shared/engine/ports.ts';
import type { GpsFix } from '#shared/time/clock-reading.ts';

const WAIT_MS = 10_000;

/** One position that has to be new, with the clocks when it was asked for and when it came; null without one. */
export function takeFreshFix(clock: Clock): Promise<GpsFix | null> {
  const read = (): GpsFix['asked'] => ({ wall: Math.round(clock.wall()), mono: clock.mono() });
  return new Promise((resolve) => {
    if (!('geolocation' in navigator)) {
      resolve(null);
      return;
    }
    const asked = read();
    navigator.geolocation.getCurrentPosition(
      ({ timestamp }) => resolve({ at: Math.round(timestamp), asked, got: read() }),
      () => resolve(null),
      { enableHighAccuracy: true, maximumAge: 0, timeout: WAIT_MS },
    );
  });
}
