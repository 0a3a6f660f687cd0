import { readColour } from './look-colour.ts';

/** A piece of text on a page, in the order of reading. `lines`: where it is painted; `box`: all of them. */
export type Piece = {
  readonly text: string;
  readonly element: Element;
  readonly box: DOMRect;
  readonly lines: readonly DOMRect[];
};

/** Everything readable that is in sight and not covered; what a map draws is none of it. */
export function piecesInSight(root: Element): readonly Piece[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found: Piece[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent?.trim() ?? '';
    const element = node.parentElement;
    if (
      text === '' ||
      !element ||
      element.closest('.visually-hidden, script, style, .leaflet-container, [role=tooltip]')
    )
      continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (box.width > 1 && box.height > 1 && onTop(element, box))
      found.push({ text, element, box, lines: [...range.getClientRects()] });
  }
  return found;
}

/** Words that lie over others. */
export function overlapping(pieces: readonly Piece[]): readonly string[] {
  return pieces.flatMap((piece, index) =>
    pieces.slice(index + 1).flatMap((other) => {
      const within = piece.element.contains(other.element) || other.element.contains(piece.element);
      const over =
        !within && piece.lines.some((line) => other.lines.some((one) => bothSeen(piece, other, [line, one])));
      return over ? [`${piece.text.slice(0, 24)} × ${other.text.slice(0, 24)}`] : [];
    }),
  );
}

/** Crossing by more than the edges that letters do not fill, where neither is covered nor cut off. */
function bothSeen(piece: Piece, other: Piece, [a, b]: readonly [DOMRect, DOMRect]): boolean {
  const [left, right] = [Math.max(a.left, b.left), Math.min(a.right, b.right)];
  const [top, bottom] = [Math.max(a.top, b.top), Math.min(a.bottom, b.bottom)];
  if (right - left < 4 || bottom - top < 6) return false;
  const stack = document.elementsFromPoint((left + right) / 2, (top + bottom) / 2);
  const opaque = stack.findIndex((one) => readColour(getComputedStyle(one).backgroundColor)[3] > 0.5);
  const seen = opaque < 0 ? stack : stack.slice(0, opaque + 1);
  return seen.includes(piece.element) && seen.includes(other.element);
}

/** Words their box is too small for, sideways or downwards. */
export function cutOff(root: Element, data: string): readonly string[] {
  const boxes = [...root.querySelectorAll<HTMLElement>('button, a, li, p, h1, h2, h3, label, td, th, dt, dd, span')];
  return boxes
    .filter((box) => box.textContent?.trim() !== '' && !box.closest('.visually-hidden, .leaflet-container'))
    .filter((box) => {
      const style = getComputedStyle(box);
      if (style.display === 'inline' || box.clientWidth === 0) return false;
      // An address or a name ends in dots where there is no room; what we say ourselves never does.
      if (style.textOverflow === 'ellipsis' && data.includes((box.textContent ?? '').trim().split(' · ')[0] ?? ''))
        return false;
      const wide = box.scrollWidth > box.clientWidth + 1 && !/auto|scroll/.test(style.overflowX);
      const high = box.scrollHeight > box.clientHeight + 3 && style.overflowY === 'hidden';
      return wide || high;
    })
    .map((box) => `${box.className || box.localName}: ${(box.textContent ?? '').trim().slice(0, 40)}`);
}

/** What each app's type scale allows: the least size of Han, and of leading where it runs over several lines. */
export function typeFaults(pieces: readonly Piece[], least: number): readonly string[] {
  return pieces.flatMap(({ text, element, box }) => {
    const style = getComputedStyle(element);
    const size = Number.parseFloat(style.fontSize);
    const line = Number.parseFloat(style.lineHeight);
    const han = /\p{Script=Han}/u.test(text);
    const small = han && size < least - 0.01 ? [`${size} px: ${text.slice(0, 24)}`] : [];
    const prose = han && text.length > 30 && box.height > line * 1.5;
    const tight = prose && line / size < 1.45 ? [`leading ${(line / size).toFixed(2)}: ${text.slice(0, 24)}`] : [];
    return [...small, ...tight];
  });
}

/** Times and counts whose digits change their width. */
export const dancing = (pieces: readonly Piece[]): readonly string[] =>
  pieces
    .filter(({ text }) => /\d:\d\d|^\D{0,4}\d+\D{0,4}$/.test(text))
    .filter(({ element }) => !getComputedStyle(element).fontVariantNumeric.includes('tabular-nums'))
    .map(({ text }) => text.slice(0, 30));

/** Han on an English page that no order, crew or person brought along. */
export function leftOver(pieces: readonly Piece[], data: string): readonly string[] {
  const runs = pieces.flatMap(({ text }) => text.match(/\p{Script=Han}+/gu) ?? []);
  return [...new Set(runs.filter((run) => !data.includes(run)))];
}

function onTop(element: Element, { left, top, width, height }: DOMRect): boolean {
  const [x, y] = [left + width / 2, top + height / 2];
  if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) return false;
  for (const above of document.elementsFromPoint(x, y)) {
    if (above === element || above.contains(element) || element.contains(above)) return true;
    // What is clear covers nothing: words can lie over words.
    if (readColour(getComputedStyle(above).backgroundColor)[3] > 0.5) return false;
  }
  return false;
}
