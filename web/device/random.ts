import type { Random } from '#shared/engine/ports.ts';

export const createRandom = (): Random => ({ bytes: randomBytes, next: () => Math.random() });

/** Up to 65,536 bytes; works on insecure origins too. */
export const randomBytes = (count: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(count));

export const hexOf = (count: number): string =>
  [...randomBytes(count)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
