/** Families of faults (sync.md §4): each is on or off, so that small sets are combined too. */
export const FAULTS = [
  'lossy', // F1
  'forged', // F1, F15: portals, old answers
  'offline', // F2
  'crashes', // F3
  'tabs', // F4
  'server', // F5
  'poison', // F6
  'taken', // F7
  'crews', // F7
  'strange', // F8: for a while nobody knows who asks
  'signedOut', // F8: and enrolled anew
  'restore', // F9
  'evicted', // F10
  'full', // F10
  'cloned', // F10
  'clocks', // F11
] as const;
/** `redacted`: texts of some order are erased (I4). Drawn apart, so that the rest of a seed stays what it was. */
export type Fault = (typeof FAULTS)[number] | 'redacted';
