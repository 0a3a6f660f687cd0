/**
 * Choices made from a row of numbers. The same row makes the same choices, and a row that has run out goes on with
 * zeros: the first of every list. So a shorter row, or one with smaller numbers, is a simpler example.
 */
export type Draw = {
  /** 0 … n - 1. */
  readonly below: (n: number) => number;
  readonly pick: <T>(list: readonly T[]) => T;
  /** Once in `n`; never from a row that has run out. */
  readonly once: (n: number) => boolean;
};

export function drawFrom(row: ArrayLike<number>): Draw {
  let at = 0;
  const below = (n: number): number => {
    const number = at < row.length ? row[at]! : 0;
    at += 1;
    return number % n;
  };
  return {
    below,
    pick: (list) => list[below(list.length)]!,
    once: (n) => below(n) === n - 1,
  };
}

/** Rows of `length` numbers, each from its own seed; the row is used again, so keep no hold of it. */
export function createRows(length: number): (seed: number) => Uint32Array {
  const row = new Uint32Array(length);
  return (seed) => {
    // splitmix32: neighbouring seeds give rows that have nothing in common.
    let state = seed >>> 0;
    for (let i = 0; i < length; i += 1) {
      state = (state + 0x9e3779b9) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
      mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
      row[i] = (mixed ^ (mixed >>> 15)) >>> 0;
    }
    return row;
  };
}
