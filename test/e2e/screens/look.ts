import axe from 'axe-core';

import { behind, contrast, hue, luminance, readColour } from './look-colour.ts';
import { cutOff, dancing, leftOver, overlapping, type Piece, piecesInSight, typeFaults } from './look-text.ts';

/** What a machine can judge of a screen. Empty lists: nothing is wrong. */
export type Look = {
  /** Rules of axe that are broken, with the first place. */
  readonly axe: readonly string[];
  readonly sideways: readonly string[];
  readonly cut: readonly string[];
  readonly overlaps: readonly string[];
  readonly small: readonly string[];
  readonly pale: readonly string[];
  readonly type: readonly string[];
  readonly dancing: readonly string[];
  readonly leftOver: readonly string[];
  readonly colours: readonly string[];
  readonly bright: readonly string[];
  readonly moving: readonly string[];
  readonly unfocused: readonly string[];
  /** The least contrast of any text, and how many pieces and targets were looked at. */
  readonly least: number;
  readonly pieces: number;
  readonly targets: number;
};

type Asked = { readonly app: 'crew' | 'desk'; readonly data: string; readonly focus?: boolean };

/** Looks at the page as it stands. `data`: everything the orders themselves say. */
export async function look({ app, data, focus = false }: Asked): Promise<Look> {
  const root = document.body;
  // Contrast is computed below for every piece of text; axe's own way of it, the slowest rule, once for each screen.
  const rules = { region: { enabled: false }, 'color-contrast': { enabled: focus } };
  // A page that lives may have changed when axe is done; all else is looked at in one moment.
  const { violations } = await axe.run(root, { rules });
  const pieces = piecesInSight(root);
  const targets = targetsInSight();
  const theme = document.documentElement.dataset['theme'];
  const ratios = pieces.flatMap((piece) => ratioOf(piece) ?? []);
  const floor = theme === 'sun' ? 10 : 4.5;
  const wide = document.documentElement.scrollWidth;
  return {
    axe: violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 120) ?? ''}`),
    sideways: wide > innerWidth ? [`${wide} px on ${innerWidth}`] : [],
    cut: cutOff(root, data),
    overlaps: overlapping(pieces),
    small: targets.flatMap((target) => tooSmall(target, app)),
    pale: ratios
      .filter(({ ratio }) => ratio < floor)
      .map(({ text, ratio }) => `${ratio.toFixed(1)}: ${text.slice(0, 24)}`),
    type: typeFaults(pieces, app === 'crew' ? 16 : 14),
    dancing: dancing(pieces),
    leftOver: document.documentElement.lang.startsWith('en') ? leftOver(pieces, data) : [],
    colours: foreign(pieces),
    bright: theme === 'night' ? brightAreas() : [],
    moving: endless(),
    unfocused: focus ? withoutRing(targets) : [],
    least: Math.min(21, ...ratios.map(({ ratio }) => ratio)),
    pieces: pieces.length,
    targets: targets.length,
  };
}

function targetsInSight(): readonly HTMLElement[] {
  const all = document.querySelectorAll<HTMLElement>(
    'button, a[href], .segment, .tick, select, summary, [role=option], input:not([type=radio], [type=checkbox]), textarea',
  );
  return [...all].filter((one) => {
    const { left, top, width, height } = one.getBoundingClientRect();
    if (width < 2 || height < 2 || one.closest('.visually-hidden, .leaflet-container')) return false;
    const hit = document.elementFromPoint(left + width / 2, top + height / 2);
    return hit !== null && (one.contains(hit) || hit.contains(one));
  });
}

/** What of a target can be tapped: a title may stand for its whole card. */
const reachOf = (target: HTMLElement): Element =>
  getComputedStyle(target, '::after').position === 'absolute' ? (target.closest('article') ?? target) : target;

/** The strip is a line to read, what it opens has a tab of its own. */
function tooSmall(target: HTMLElement, app: 'crew' | 'desk'): readonly string[] {
  if (target.closest('.strip') && app === 'crew') return [];
  const { width, height } = reachOf(target).getBoundingClientRect();
  const main = innerWidth < 480 ? 96 : 112;
  const least = app === 'desk' ? 24 : target.classList.contains('action-button') ? main : 72;
  const enough = height >= least - 0.5 && width >= Math.min(least, 72) - 0.5;
  return enough ? [] : [`${Math.round(width)} × ${Math.round(height)}: ${nameOf(target)}`];
}

function ratioOf({ element, text }: Piece): { readonly text: string; readonly ratio: number } | null {
  const ground = behind(element);
  return ground ? { text, ratio: contrast(readColour(getComputedStyle(element).color), ground) } : null;
}

/** Hues besides grey, red, amber and blue. */
function foreign(pieces: readonly Piece[]): readonly string[] {
  const shown = [
    ...new Set(pieces.flatMap(({ element }) => [element, ...(element.parentElement ? [element.parentElement] : [])])),
  ];
  return [
    ...new Set(
      shown.flatMap((element) => {
        const style = getComputedStyle(element);
        return [style.color, style.backgroundColor, style.borderTopWidth === '0px' ? '' : style.borderTopColor]
          .filter((css) => hue(readColour(css)) === 'other')
          .map((css) => `${css} of ${element.className || element.localName}`);
      }),
    ),
  ];
}

/** At night: areas brighter than 0.035 that are more than a chip. */
function brightAreas(): readonly string[] {
  return [...document.body.querySelectorAll<HTMLElement>('*')].flatMap((element) => {
    const { width, height } = element.getBoundingClientRect();
    const ground = readColour(getComputedStyle(element).backgroundColor);
    const bright = ground[3] > 0.5 && luminance(ground) > 0.035 && width * height > 20_000;
    return bright && !element.closest('.verdict-chip') ? [`${luminance(ground).toFixed(3)}: ${nameOf(element)}`] : [];
  });
}

/** Nothing keeps moving. */
const endless = (): readonly string[] =>
  document
    .getAnimations()
    .filter((one) => one.effect?.getComputedTiming().iterations === Infinity)
    .map((one) => (one instanceof CSSAnimation ? one.animationName : 'an animation'));

/** Which targets show nothing when the keyboard comes to them. A key has to be pressed before. */
function withoutRing(targets: readonly HTMLElement[]): readonly string[] {
  const before = document.activeElement;
  if (before instanceof HTMLElement) before.blur();
  const found = targets.slice(0, 60).flatMap((target) => {
    const control = target.querySelector<HTMLElement>('input') ?? target;
    if (control.tabIndex < 0 || target.getAttribute('role') === 'option') return [];
    const plain = edgeOf(target);
    control.focus({ preventScroll: true });
    return document.activeElement !== control || edgeOf(target) === plain ? [nameOf(target)] : [];
  });
  if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  return found;
}

const edgeOf = (element: Element): string => {
  const inner = element.querySelector('input, .segment-face, span') ?? element;
  return [element, inner]
    .map((one) => {
      const { outlineStyle, outlineWidth, outlineColor, boxShadow, borderColor } = getComputedStyle(one);
      return `${outlineStyle} ${outlineStyle === 'none' ? '' : outlineWidth + outlineColor} ${boxShadow} ${borderColor}`;
    })
    .join();
};

const nameOf = (element: Element): string =>
  `${element.localName}.${typeof element.className === 'string' ? element.className : ''} ${(element.textContent ?? '').trim().slice(0, 30)}`;
