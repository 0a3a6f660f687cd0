import type { Mirror } from '#shared/engine/ports.ts';

/** Kept in localStorage: often still there when an evicted database is not. */
export const createMirror = (key: string): Mirror => ({
  read: () => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  write: (text) => {
    try {
      localStorage.setItem(key, text);
    } catch {
      // A full or forbidden localStorage only costs the notice of an eviction.
    }
  },
});
