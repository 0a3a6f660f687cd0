import { signal } from '@preact/signals';

import { followPosition } from '../device/position.ts';
import type { Client, Fix } from './client-context.ts';

/** Older than this a fix says nothing about where the van is now. */
const FRESH_MS = 10 * 60_000;

/** The device's own position, followed while a screen asks for it. */
export function createPosition(): { readonly position: Client['position']; readonly fresh: () => Fix | undefined } {
  const here = signal<Fix | null>(null);
  let end: (() => void) | null = null;
  return {
    position: {
      here,
      watch(on) {
        if (on) {
          end ??= followPosition((fix) => {
            here.value = fix;
          });
          return;
        }
        end?.();
        end = null;
      },
    },
    fresh() {
      const fix = here.value;
      if (!fix || Date.now() - fix.at >= FRESH_MS) return undefined;
      const { speed: _, ...place } = fix;
      return place;
    },
  };
}
