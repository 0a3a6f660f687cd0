/** Which rows of a long list have to exist: what is in sight and a few beyond. `to` is exclusive. */
export function visibleRows(
  scrolledPx: number,
  heightPx: number,
  rowPx: number,
  count: number,
): { readonly from: number; readonly to: number } {
  const from = Math.max(0, Math.min(count, Math.floor(scrolledPx / rowPx)) - BEYOND);
  const to = Math.min(count, Math.ceil((scrolledPx + heightPx) / rowPx) + BEYOND);
  return { from, to: Math.max(from, to) };
}

const BEYOND = 6;
