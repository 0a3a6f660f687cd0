import type { Wake } from '#shared/engine/ports.ts';

import { onWake } from '../device/network.ts';
import { listenForHints } from './hints.ts';

/** Timers, network and page events, and the server's hints. */
export const createBrowserWake = (hintsPath: string): Wake => ({
  after(ms, run) {
    const timer = window.setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  onWake,
  onHint: (run) => listenForHints(hintsPath, run),
});
