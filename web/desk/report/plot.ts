/** The box every chart is drawn in, in its own units: about the pixels it gets, so that words keep their size. */
export const PLOT = { width: 440, height: 216, left: 46, right: 10, top: 40, bottom: 26 } as const;

export const PLOT_WIDTH = PLOT.width - PLOT.left - PLOT.right;
export const PLOT_BOTTOM = PLOT.height - PLOT.bottom;
const PLOT_HEIGHT = PLOT_BOTTOM - PLOT.top;

/** Where a value stands between 0 and `most`; what is beyond is drawn at the edge. */
export const yOf = (value: number, most: number): number =>
  PLOT_BOTTOM - (Math.min(Math.max(value, 0), most) / most) * PLOT_HEIGHT;

export const xOf = (share: number): number => PLOT.left + Math.min(Math.max(share, 0), 1) * PLOT_WIDTH;

/** The middle of one of `count` equal steps. */
export const middleOf = (index: number, count: number): number => xOf((index + 0.5) / count);

/** The step under a place `share` of the way through the whole box. */
export function stepAt(share: number, count: number): number {
  const along = (share * PLOT.width - PLOT.left) / PLOT_WIDTH;
  return Math.min(Math.max(Math.floor(along * count), 0), count - 1);
}

/** Round values from 0 to `most` or just beyond, about four of them. */
export function ticksUpTo(most: number): readonly number[] {
  const rough = Math.max(most, 1) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power);
  return Array.from({ length: Math.ceil(Math.max(most, 1) / step) + 1 }, (_, index) => index * step);
}

/** Which of `count` steps get their word, so that words do not touch: always the first, evenly on from there. */
export function labelled(count: number, atMost: number): readonly number[] {
  const every = Math.max(1, Math.ceil(count / atMost));
  return Array.from({ length: Math.ceil(count / every) }, (_, index) => index * every);
}
