import type { Clock } from '#shared/engine/ports.ts';

import { hexOf } from './random.ts';

/** The clocks of this page; a page session's monotonic readings are comparable among themselves only. */
export function createClock(): Clock {
  const page = hexOf(8);
  return { wall: () => Date.now(), mono: () => performance.now(), page };
}
