import type { Locks } from '#shared/engine/ports.ts';

/** One holder per name and origin. Where the browser has no locks every page works: slower, never wrong (I16). */
export const createLocks = (prefix: string): Locks => ({
  hold: (name, work) =>
    'locks' in navigator ? navigator.locks.request(`${prefix}${name}`, work) : Promise.resolve().then(work),
});
