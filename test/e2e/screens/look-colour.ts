/** Colours of a page as they are painted: each 0 … 255, alpha 0 … 1. */
type Colour = readonly [r: number, g: number, b: number, a: number];

const CLEAR: Colour = [0, 0, 0, 0];

export function readColour(css: string): Colour {
  const parts = css.match(/[\d.]+/g)?.map(Number) ?? [];
  const [r, g, b, a = 1] = parts;
  return r === undefined || g === undefined || b === undefined ? CLEAR : [r, g, b, a];
}

/** WCAG 2: 0 black … 1 white. */
export function luminance([r, g, b]: Colour): number {
  const [x = 0, y = 0, z = 0] = [r, g, b].map((one) => {
    const part = one / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * x + 0.7152 * y + 0.0722 * z;
}

export function contrast(a: Colour, b: Colour): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

/** What lies behind the text of an element. Null: a picture or a pattern does, and nobody can say. */
export function behind(element: Element): Colour | null {
  let at: Element | null = element;
  let over: Colour = CLEAR;
  while (at) {
    const style = getComputedStyle(at);
    if (style.backgroundImage !== 'none') return null;
    over = onto(over, readColour(style.backgroundColor));
    if (over[3] === 1) return over;
    at = at.parentElement;
  }
  return onto(over, [255, 255, 255, 1]);
}

/** `red`, `amber` and `blue` are ours; what is nearly grey is `grey`. */
export function hue([r, g, b, a]: Colour): 'grey' | 'red' | 'amber' | 'blue' | 'other' {
  const [most, least] = [Math.max(r, g, b), Math.min(r, g, b)];
  if (a === 0 || most - least < 28) return 'grey';
  const span = most - least;
  const sixth = most === r ? ((g - b) / span + 6) % 6 : most === g ? (b - r) / span + 2 : (r - g) / span + 4;
  const degrees = sixth * 60;
  if (degrees < 20 || degrees > 340) return 'red';
  if (degrees < 60) return 'amber';
  return degrees > 200 && degrees < 250 ? 'blue' : 'other';
}

const onto = (top: Colour, below: Colour): Colour => {
  const a = top[3] + below[3] * (1 - top[3]);
  if (a === 0) return CLEAR;
  const mix = (one: 0 | 1 | 2): number => (top[one] * top[3] + below[one] * below[3] * (1 - top[3])) / a;
  return [mix(0), mix(1), mix(2), a];
};
