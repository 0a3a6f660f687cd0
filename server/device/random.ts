import { randomBytes } from 'node:crypto';

/** So many unpredictable bytes. */
export type Random = (bytes: number) => Uint8Array;

export const systemRandom: Random = (bytes) => randomBytes(bytes);
