/** XOR of the first 64 bits of sha256 hashes, in two halves: the order of the events does not matter. */
export type ScopeSum = [number, number];

export const emptySum = (): ScopeSum => [0, 0];

/** `hash`: 64 hex digits. The same one twice takes it out again. */
export function addHash(sum: ScopeSum, hash: string): void {
  sum[0] ^= Number.parseInt(hash.slice(0, 8), 16);
  sum[1] ^= Number.parseInt(hash.slice(8, 16), 16);
}

export const sumText = (sum: ScopeSum): string =>
  sum.map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
