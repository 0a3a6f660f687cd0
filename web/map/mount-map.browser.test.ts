import '../ui/base.css';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';

import type { VerdictLook } from '../ui/verdict-shape.ts';
import type { MapIsland, MapOrder, MapPoint } from './map-model.ts';
import { mountMap } from './mount-map.ts';

const words = { zoomIn: 'Closer', zoomOut: 'Wider', all: 'All', here: 'Me' };
const order = (id: string, look: VerdictLook, lat: number, lon: number): MapOrder => ({
  id,
  look,
  point: { lat, lon },
  word: look,
  title: id,
});

/** Marks come when they have been grouped. */
const shown = (selector: string, count: number): Promise<void> =>
  expect.poll(() => element.querySelectorAll(selector).length).toBe(count);

let element: HTMLElement;
let island: MapIsland;
const picked: MapPoint[] = [];
const chosen: string[] = [];
const away: boolean[] = [];

beforeEach(async () => {
  await page.viewport(800, 600);
  element = document.createElement('div');
  Object.assign(element.style, { width: '600px', height: '400px', position: 'relative' });
  document.body.append(element);
  for (const list of [picked, chosen, away]) list.length = 0;
  island = mountMap(
    element,
    {
      words,
      onPick: (point) => picked.push(point),
      onSelect: (id) => chosen.push(id),
      onAway: (is) => away.push(is),
    },
    null,
  );
});

afterEach(() => {
  island.destroy();
  element.remove();
});

test('a click on the empty map gives the place, a click on a mark gives its order', async () => {
  island.update({ orders: [order('A7K-1', 'missed', 31.2, 113.1), order('N3M-9', 'running', 31.21, 113.12)] });
  await shown('.map-order', 2);
  await userEvent.click(element, { position: { x: 300, y: 380 } });
  expect(picked).toHaveLength(1);
  expect(picked[0]?.lat).toBeCloseTo(31.2, 1);
  await userEvent.click(element.querySelector('.map-order .is-missed') ?? element);
  expect([chosen, picked.length]).toEqual([['A7K-1'], 1]);
});

test('what stands close together is one mark with the face of the worst, and comes apart from near', async () => {
  const near = [order('A7K-1', 'running', 31.2, 113.1), order('N3M-9', 'unknown', 31.2005, 113.1005)];
  island.update({ orders: [...near, order('C8T-4', 'met', 31.5, 113.5)] });
  await shown('.map-cluster', 1);
  expect(element.querySelector('.map-cluster')?.textContent).toBe('1/2');
  expect(element.querySelector('.map-cluster .is-unknown')).not.toBeNull();
  await userEvent.click(element.querySelector('.map-cluster') ?? element);
  await expect.poll(() => element.querySelectorAll('.map-order')).toHaveLength(2);
});

test('the map never moves by itself: what is chosen out of sight is told, and shown when asked', async () => {
  const [here, there] = [order('A7K-1', 'running', 31.2, 113.1), order('N3M-9', 'soon', 35, 120)];
  island.update({ orders: [here] });
  island.update({ orders: [here, there], selected: 'N3M-9' });
  expect(away.at(-1)).toBe(true);
  island.show(there.point);
  expect(away.at(-1)).toBe(false);
  await expect.poll(() => element.querySelector('.is-chosen')?.textContent).toContain('N3M-9');
});

test('a van tells the age of its news: solid, hollow, dashed', () => {
  const van = (id: string, minutes: number) => ({
    id,
    name: id,
    point: { lat: 31.2, lon: 113.1 },
    ageMs: minutes * 60_000,
    age: `${minutes} min`,
  });
  island.update({ orders: [], vans: [van('3', 2), van('5', 9), van('6', 53)] });
  expect([...element.querySelectorAll('.map-van')].map((node) => node.textContent)).toEqual(['3', '59 min', '653 min']);
  expect(element.querySelector('.map-van.is-silent')?.textContent).toContain('53 min');
});

test('a mark that has not changed stays the same node', async () => {
  const orders = [order('A7K-1', 'missed', 31.2, 113.1), order('N3M-9', 'running', 31.4, 113.4)];
  island.update({ orders });
  await shown('.map-order', 2);
  const before = element.querySelector('.map-order .is-missed');
  const [first, second] = orders;
  island.update({
    orders: [
      { ...order('A7K-1', 'missed', 31.2, 113.1), ...first },
      { ...order('x', 'soon', 0, 0), ...second, look: 'soon' as const },
    ],
  });
  await shown('.map-order .is-soon', 1);
  expect(element.querySelector('.map-order .is-missed')).toBe(before);
});

test('a van over an order stands aside, with a line to its place, and the mark is not covered', async () => {
  const van = { id: '3', name: '3', ageMs: 60_000, age: '' };
  const elsewhere = { lat: 31.4, lon: 113.3 };
  const first = order('A7K-1', 'missed', 31.2, 113.1);
  island.update({ orders: [first, order('N3M-9', 'running', 31.4, 113.4)], vans: [{ ...van, point: elsewhere }] });
  await shown('.map-order', 2);
  expect(element.querySelector('.map-leader')).toBeNull();
  island.update({ orders: [first], vans: [{ ...van, point: { lat: 31.2, lon: 113.1 } }] });
  await shown('.map-leader', 1);
  const [label, mark] = ['.map-van', '.map-order'].map((one) => element.querySelector(one)!.getBoundingClientRect());
  const over = (one: string): number =>
    Number(getComputedStyle(element.querySelector(one)!.closest('.leaflet-marker-icon')!).zIndex);
  expect([over('.map-leader') < over('.map-order'), over('.map-order') < over('.map-van')]).toEqual([true, true]);
  expect(label!.bottom <= mark!.top + 2 || label!.left >= mark!.right - 2 || label!.right <= mark!.left + 2).toBe(true);
});

test('vans beside the order that was chosen leave its words free, its id among them', async () => {
  const chosenOne = order('A7K-1', 'missed', 31.2, 113.1);
  const vans = [1, 2, 3, 4, 5, 6].map((n) => ({
    id: `${n}`,
    name: `${n}`,
    ageMs: 60_000,
    age: '',
    point: { lat: 31.2, lon: 113.1 + n * 0.02 },
  }));
  const orders = [chosenOne, order('N3M-9', 'running', 31.4, 113.4)];
  island.update({ orders, vans });
  await shown('.map-order', 2);
  island.update({ orders, vans, selected: 'A7K-1' });
  await shown('.map-order-words', 1);
  const words = element.querySelector('.map-order-words')!.getBoundingClientRect();
  expect(words.width).toBeGreaterThan(40);
  const covers = ({ left, right, top, bottom }: DOMRect): boolean =>
    left < words.right - 2 && right > words.left + 2 && top < words.bottom - 2 && bottom > words.top + 2;
  const covering = (): number =>
    [...element.querySelectorAll('.map-van')].filter((van) => covers(van.getBoundingClientRect())).length;
  await expect.poll(covering).toBe(0);
});

test('taken away it leaves nothing, and opens again where it was', () => {
  island.update({ orders: [order('A7K-1', 'missed', 31.2, 113.1)] });
  island.show({ lat: 31.4, lon: 113.3 });
  const opening = island.view();
  island.destroy();
  expect(element.childElementCount).toBe(0);
  island = mountMap(element, { words, opening }, null);
  island.update({ orders: [order('A7K-1', 'missed', 31.2, 113.1)] });
  expect(island.view()).toEqual(opening);
});

test('marks are reached and opened by keyboard, and the focus is never lost', async () => {
  const far = [order('A7K-1', 'missed', 31.2, 113.1), order('N3M-9', 'running', 31.2, 113.3)];
  island.update({ orders: far });
  await shown('.map-order', 2);
  const named = (name: string): HTMLElement | null => element.querySelector(`[role="button"][aria-label^="${name}"]`);
  const stops = element.querySelectorAll<HTMLElement>('.map-mark[tabindex="0"]');
  expect(stops).toHaveLength(1);
  named('A7K-1')?.focus();
  await userEvent.keyboard('{ArrowRight}');
  expect(document.activeElement).toBe(named('N3M-9'));
  await userEvent.keyboard('{Enter}');
  expect(chosen).toEqual(['N3M-9']);
  island.update({ orders: [order('A7K-1', 'missed', 31.2, 113.1)] });
  await shown('.map-order', 1);
  expect(document.activeElement).toBe(named('A7K-1'));
});

test('grouped in a worker they are the same marks, and fifty changes a second leave the rest as it is', async () => {
  island.destroy();
  island = mountMap(element, { words, many: true }, null);
  const looks: readonly VerdictLook[] = ['running', 'soon', 'missed'];
  const crowd = Array.from({ length: 3_000 }, (_, n) =>
    order(`N${n}`, 'running', 31 + ((n * 37) % 997) / 5_000, 113 + ((n * 91) % 991) / 5_000),
  );
  island.update({ orders: crowd });
  await expect.poll(() => counted(element)).toBe(3_000);
  const before = new Set(element.querySelectorAll('.map-mark'));
  for (let second = 0; second < 3; second += 1) {
    for (let n = 0; n < 50; n += 1) {
      const at = (n * 59 + second) % crowd.length;
      crowd[at] = { ...order('', 'met', 0, 0), ...crowd[at], look: looks[n % 3] ?? 'running' };
    }
    island.update({ orders: [...crowd] });
  }
  await expect.poll(() => element.querySelectorAll('.map-cluster.is-missed').length).toBeGreaterThan(0);
  expect([...element.querySelectorAll('.map-mark')].filter((node) => !before.has(node))).toEqual([]);
});

/** How many orders all marks stand for. */
const counted = (map: HTMLElement): number =>
  [...map.querySelectorAll('.map-cluster-count')].reduce(
    (sum, node) => sum + Number(node.textContent?.split('/')[1]),
    map.querySelectorAll('.map-order').length,
  );
