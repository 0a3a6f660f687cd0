/** A mark's rectangle, px: its middle and half its size. */
export type Box = { readonly x: number; readonly y: number; readonly halfWidth: number; readonly halfHeight: number };
/** px from a mark's own place; right and down are positive. */
export type Shift = { readonly x: number; readonly y: number };

export const IN_PLACE: Shift = { x: 0, y: 0 };

/**
 * Where each mark is to stand so that none covers another or one of `taken`, which stay: at its own place if that is free,
 * else at the first free side. Who comes first in `marks` chooses first; a mark that stood aside (`before`) keeps its side
 * while that is free. Where no side is free, it stands where it covers least.
 */
export function standAside(
  marks: readonly { readonly key: string; readonly box: Box }[],
  { taken, view, before }: Around,
): ReadonlyMap<string, Shift> {
  const standing = [...taken];
  const shifts = new Map<string, Shift>();
  for (const { key, box } of marks) {
    const last = before.get(key);
    const sides = [IN_PLACE, ...(last ? [last] : []), ...sidesOf(box)];
    const shift = leastCovering(box, sides, { standing, view });
    standing.push(moved(box, shift));
    shifts.set(key, shift);
  }
  return shifts;
}

/** `view`: what is in sight; who stands aside does not leave it. `before`: how far marks stood aside. */
type Around = {
  readonly taken: readonly Box[];
  readonly view: Box;
  readonly before: ReadonlyMap<string, Shift>;
};

/** Near ones first; above before below, for a hand and a street's name are below. */
function sidesOf({ halfWidth, halfHeight }: Box): readonly Shift[] {
  return [1, 2, 3].flatMap((step) => {
    const x = halfWidth + 14 * step;
    const y = (2 * halfHeight + 6) * step;
    return [
      { x: 0, y: -y },
      { x, y: 0 },
      { x: -x, y: 0 },
      { x: 0, y },
      { x, y: -y },
      { x: -x, y: -y },
      { x, y },
      { x: -x, y },
    ];
  });
}

type Ground = { readonly standing: readonly Box[]; readonly view: Box };

function leastCovering(box: Box, sides: readonly Shift[], { standing, view }: Ground): Shift {
  let best = IN_PLACE;
  let least = Infinity;
  for (const side of sides) {
    const here = moved(box, side);
    const outside = side === IN_PLACE ? 0 : overlap(here, here) - overlap(here, view);
    const covered = standing.reduce((sum, other) => sum + overlap(here, other), outside);
    if (covered < least) [best, least] = [side, covered];
    if (covered === 0) break;
  }
  return best;
}

const moved = (box: Box, { x, y }: Shift): Box => ({ ...box, x: box.x + x, y: box.y + y });

/** The area two boxes share, px². */
function overlap(a: Box, b: Box): number {
  const wide = a.halfWidth + b.halfWidth - Math.abs(a.x - b.x);
  const high = a.halfHeight + b.halfHeight - Math.abs(a.y - b.y);
  return wide > 0 && high > 0
    ? Math.min(wide, 2 * a.halfWidth, 2 * b.halfWidth) * Math.min(high, 2 * a.halfHeight, 2 * b.halfHeight)
    : 0;
}
