import { signal } from '@preact/signals';

import { watchUpdates } from '../device/app-update.ts';
import type { Client } from './client-context.ts';

/** A newer build is taken when the person says so and nothing is being stored. */
export function createUpdate(settled: () => Promise<void>): Client['update'] {
  const ready = signal(false);
  const update = watchUpdates(() => {
    ready.value = true;
  });
  return { ready, apply: () => void settled().then(() => update.apply()) };
}

/** For an app without a service worker. */
export const noUpdate = (): Client['update'] => ({ ready: signal(false), apply: () => undefined });
