import '../ui/verdict-mark.css';
import './marks.css';
import { SHAPE_BOX, type ShapeInput, verdictShape } from '../ui/verdict-shape.ts';
import type { MapOptions, MapOrder, MapVan } from './map-model.ts';
import { IN_PLACE, type Shift } from './stand-aside.ts';

/** Everything on the map is made of nodes, never of HTML text: what people typed stays text. */

const SVG = 'http://www.w3.org/2000/svg';

/** The silhouette that list and chip draw as well. */
function verdictNode(shape: ShapeInput, size: number): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', `verdict-mark is-${shape.look}${shape.bare ? ' is-bare' : ''}`);
  svg.setAttribute('viewBox', `0 0 ${SHAPE_BOX} ${SHAPE_BOX}`);
  svg.setAttribute('width', String(size));
  svg.setAttribute('height', String(size));
  for (const { role, d } of verdictShape(shape)) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('class', `part-${role}`);
    path.setAttribute('d', d);
    svg.append(path);
  }
  return svg;
}

/** One order; from close up its id and what its verdict says stand beside it. */
export function orderNode(order: MapOrder, chosen: boolean, close: boolean): HTMLElement {
  const node = box('map-order', chosen && 'is-chosen');
  node.title = `${order.title} · ${order.word}`;
  node.append(verdictNode(order, chosen ? 24 : 20));
  if (close || chosen) node.append(text('map-order-words', wordsOf(order, chosen)));
  return node;
}

/** How far a mark reaches to each side of its place, px. Reckoned, for to ask the page would make it lay itself out. */
export type Room = {
  readonly left: number;
  readonly right: number;
  readonly halfHeight: number;
};

export function orderRoom(order: MapOrder, chosen: boolean, close: boolean): Room {
  const plain = room(24, 24);
  return close || chosen ? { ...plain, right: plain.right + 12 + roomOf([wordsOf(order, chosen)]) } : plain;
}

const wordsOf = ({ id, word }: MapOrder, chosen: boolean): string => (chosen ? `${id} ${word}` : word);

export const clusterRoom = (count: number, of: number): Room => room(37 + roomOf([`${count}/${of}`]), 28);

const room = (width: number, height: number): Room => ({
  left: width / 2,
  right: width / 2,
  halfHeight: height / 2,
});

/** Signs from the Chinese blocks on are as wide as high. */
const roomOf = (words: readonly string[]): number =>
  [...words.join(' ')].reduce((sum, sign) => sum + (sign >= '\u2e80' ? 14 : 8.5), 0);

/** Several orders: the worst one's face and how many of how many are as bad. */
export function clusterNode(
  worst: MapOrder,
  count: number,
  of: number,
  several: MapOptions['words']['several'],
): HTMLElement {
  const node = box('map-cluster', `is-${worst.look}`);
  node.title = several?.(of, count, worst.word) ?? `${count}/${of} · ${worst.title} · ${worst.word}`;
  node.append(verdictNode(worst, 20), text('map-cluster-count', `${count}/${of}`));
  return node;
}

export type VanNews = 'fresh' | 'aged' | 'silent';

const MINUTE = 60_000;

export function newsOf(ageMs: number): VanNews {
  if (ageMs <= 5 * MINUTE) return 'fresh';
  return ageMs <= 15 * MINUTE ? 'aged' : 'silent';
}

export function vanNode(van: MapVan, shift: Shift = IN_PLACE): HTMLElement {
  const label = box('map-van', `is-${newsOf(van.ageMs)}`);
  label.append(...vanWords(van).map(({ className, words }) => text(className, words)));
  const node = shift === IN_PLACE ? label : box('map-aside');
  node.title = [van.name, van.age, van.source].filter(Boolean).join(' · ');
  if (node !== label) {
    label.style.transform = `translate(${shift.x}px, ${shift.y}px)`;
    node.append(label);
  }
  return node;
}

/** Edges may touch. */
export const vanRoom = (van: MapVan): Room => room(10 + roomOf(vanWords(van).map(({ words }) => words)), 20);

const vanWords = (van: MapVan) => [
  { className: 'map-van-name', words: van.name },
  ...(newsOf(van.ageMs) === 'fresh' ? [] : [{ className: 'map-van-age', words: van.age }]),
];

/** What a van that stands aside leaves at its place: a dot, and a line to what stands for it. */
export function leaderNode({ x, y }: Shift): HTMLElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'map-leader');
  const line = document.createElementNS(SVG, 'line');
  line.setAttribute('x2', String(x));
  line.setAttribute('y2', String(y));
  const dot = document.createElementNS(SVG, 'circle');
  dot.setAttribute('r', '4');
  svg.append(line, dot);
  const node = box('map-aside');
  node.append(svg);
  return node;
}

/** Vans of one place, counted with ×, for a single one has its name: how many have news, and how many are silent, for at most how long. */
export function vanGroupNode(group: {
  readonly live: number;
  readonly silent: number;
  readonly age: string;
  readonly title: string;
}): HTMLElement {
  const node = box('map-vans');
  node.title = group.title;
  if (group.live > 0) {
    const live = box('map-van', 'is-fresh');
    live.append(text('map-van-name', `×${group.live}`));
    node.append(live);
  }
  if (group.silent > 0) {
    const silent = box('map-van', 'is-silent');
    silent.append(text('map-van-name', `×${group.silent}`), text('map-van-age', group.age));
    node.append(silent);
  }
  return node;
}

export function hereNode(word: string): HTMLElement {
  const node = box('map-here');
  node.append(text('map-here-word', word));
  return node;
}

export const pickedNode = (): HTMLElement => box('map-picked');

/** A label of the base map, or several orders at one place to choose from. */
export const labelNode = (label: string): HTMLElement => text('map-label', label);

export function choiceNode(orders: readonly MapOrder[], choose: (id: string) => void): HTMLElement {
  const list = box('map-choice');
  for (const order of orders) {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(verdictNode(order, 18), text('map-choice-title', order.title), text('map-choice-word', order.word));
    button.addEventListener('click', () => choose(order.id));
    list.append(button);
  }
  return list;
}

function box(...classes: readonly (string | false)[]): HTMLElement {
  const node = document.createElement('div');
  node.className = classes.filter((name) => name !== false).join(' ');
  return node;
}

function text(className: string, content: string): HTMLElement {
  const node = document.createElement('span');
  node.className = className;
  node.textContent = content;
  return node;
}
