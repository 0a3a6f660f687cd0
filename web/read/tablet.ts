import { signal } from '@preact/signals';

import type { Engine } from '#shared/engine/engine.ts';

import { watchPower } from '../device/power.ts';
import type { Client, Power } from './client-context.ts';

/** What the machine says of itself. */
export function createTablet(engine: Engine): Client['tablet'] {
  const power = signal<Power | null>(null);
  watchPower((now) => {
    power.value = now;
  });
  return { power, clockOffMs: () => Date.now() - engine.now(), unsent: () => engine.unsent() };
}
