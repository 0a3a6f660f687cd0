export type Size = { readonly width: number; readonly height: number };
export type Box = Size & { readonly left: number; readonly top: number };

/**
 * Where a card lies so that it does not cover what it speaks about: below, above, right or left of `anchor`, the first
 * side with room, inside `view` with `gap` around. Where no side has room (`anchor` fills the view) it lies in the
 * corner at the end of the view.
 */
export function beside(anchor: Box, card: Size, view: Size, gap: number): Pick<Box, 'left' | 'top'> {
  const right = anchor.left + anchor.width;
  const bottom = anchor.top + anchor.height;
  const across = between(gap, anchor.left, view.width - card.width - gap);
  const along = between(gap, anchor.top, view.height - card.height - gap);
  if (bottom + card.height + 2 * gap <= view.height) return { left: across, top: bottom + gap };
  if (anchor.top - card.height - 2 * gap >= 0) return { left: across, top: anchor.top - card.height - gap };
  if (right + card.width + 2 * gap <= view.width) return { left: right + gap, top: along };
  if (anchor.left - card.width - 2 * gap >= 0) return { left: anchor.left - card.width - gap, top: along };
  return { left: between(gap, view.width, view.width - card.width - gap), top: view.height - card.height - gap };
}

const between = (least: number, wanted: number, most: number): number => Math.max(least, Math.min(wanted, most));
