/** The five verdict marks. `soon` is the warning level of a running clock. */
export type VerdictLook = 'met' | 'running' | 'soon' | 'missed' | 'unknown';

export type ShapePart = {
  /** `line` and `glyph` are stroked, `fill` is filled and `share` is filled in the line's colour. */
  readonly role: 'fill' | 'share' | 'line' | 'glyph';
  /** SVG path data in a box of 24 × 24; `new Path2D(d)` takes it as well. */
  readonly d: string;
};

export type ShapeInput = {
  readonly look: VerdictLook;
  /** Part of the limit already used, 0 … 1; only `running` shows it. */
  readonly share?: number | undefined;
  /** Missed, but nobody who could know better was heard: the square stays empty. */
  readonly bare?: boolean | undefined;
  /** Crew silent while the limit has not passed: the same circle, dashed. */
  readonly silent?: boolean | undefined;
};

/** Edge of the box the paths are drawn in. */
export const SHAPE_BOX = 24;

/**
 * The silhouette of a verdict as path data, so that list, chip and map draw the same mark. Dashes are separate
 * segments of the path: they need no stroke-dasharray and survive canvas and print alike.
 */
export function verdictShape({ look, share = 0, silent = false, bare = false }: ShapeInput): readonly ShapePart[] {
  switch (look) {
    case 'met':
      return [
        { role: 'line', d: circle(9.5) },
        { role: 'glyph', d: 'M7.2 12.4l3.3 3.3 6.3-7' },
      ];
    case 'running':
      return [
        { role: 'share', d: sector(silent ? 6 : 6.8, share) },
        { role: 'line', d: silent ? dashedCircle(9.8, 8) : circle(9.5) },
      ];
    case 'soon':
      return [
        { role: 'fill', d: TRIANGLE },
        { role: 'line', d: TRIANGLE },
      ];
    case 'missed':
      return [
        { role: bare ? 'line' : 'fill', d: SQUARE },
        { role: 'glyph', d: 'M7.6 7.6l8.8 8.8M16.4 7.6l-8.8 8.8' },
      ];
    case 'unknown':
      return [
        { role: 'fill', d: polygon(DIAMOND) },
        { role: 'line', d: dashedPolygon(DIAMOND, 2) },
        { role: 'glyph', d: 'M9.6 10.1a2.5 2.5 0 1 1 3.5 2.3c-.8.4-1.1.8-1.1 1.6M12 15.9v1.9' },
      ];
  }
}

type Point = readonly [x: number, y: number];

const SQUARE = 'M2.5 2.5h19v19h-19z';
const TRIANGLE = 'M12 3.2L22 20.8H2z';
const DIAMOND: readonly Point[] = [
  [12, 0.9],
  [23.1, 12],
  [12, 23.1],
  [0.9, 12],
];

const at = (radius: number, turn: number): string => {
  const angle = 2 * Math.PI * turn;
  return `${round(12 + radius * Math.sin(angle))} ${round(12 - radius * Math.cos(angle))}`;
};

const circle = (radius: number): string =>
  `M${at(radius, 0)}A${radius} ${radius} 0 1 1 ${at(radius, 0.5)}A${radius} ${radius} 0 1 1 ${at(radius, 0)}z`;

function sector(radius: number, share: number): string {
  const used = Number.isNaN(share) ? 0 : Math.min(1, Math.max(0, share));
  if (used >= 0.995) return circle(radius);
  if (used < 0.01) return `M12 12L${at(radius, 0)}`;
  return `M12 12L${at(radius, 0)}A${radius} ${radius} 0 ${used > 0.5 ? 1 : 0} 1 ${at(radius, used)}z`;
}

/** `count` dashes, each as long as 0.58 of its step, the first one centred at the top. */
function dashedCircle(radius: number, count: number): string {
  const half = 0.29 / count;
  return Array.from({ length: count }, (_, index) => {
    const middle = index / count;
    return `M${at(radius, middle - half)}A${radius} ${radius} 0 0 1 ${at(radius, middle + half)}`;
  }).join('');
}

const polygon = (points: readonly Point[]): string => `M${points.map(([x, y]) => `${x} ${y}`).join('L')}z`;

/** Corners stay whole, so that the outline keeps its shape; `gaps` openings on every edge. */
function dashedPolygon(points: readonly Point[], gaps: number): string {
  const step = 1 / (2 * gaps + 1);
  return points
    .map((from, index) => {
      const to = points[(index + 1) % points.length] ?? from;
      const on = (part: number): string =>
        `${round(from[0] + (to[0] - from[0]) * part)} ${round(from[1] + (to[1] - from[1]) * part)}`;
      return Array.from({ length: gaps + 1 }, (_, dash) => `M${on(2 * dash * step)}L${on((2 * dash + 1) * step)}`).join(
        '',
      );
    })
    .join('');
}

const round = (value: number): number => Math.round(value * 100) / 100;
