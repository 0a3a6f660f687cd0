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
  await userEvent.click(element, { position: { x: 300, y: 390 } });
  expect(picked).toHaveLength(1);
  expect(picked[0]?.lat).toBeCloseTo(31.2, 1);
  await userEvent.click(element.querySelector('.map-order .is-missed') ?? element);
  expect([chosen, picked.length]).toEqual([['A7K-1'], 1]);
});

test('what stands close together is one mark with the face of the worst, and comes apart from near', async () => {
  const near = [order('A7K-1', 'running', 31.2, 113.1), order('N3M-9', 'unknown', 31.2005, 113.1005)];
  island.update({ orders: [...near, order('C8T-4', 'met', 31.5, 113.5)] });
  expect(element.querySelector('.map-cluster')?.textContent).toBe('1/2');
  expect(element.querySelector('.map-cluster .is-unknown')).not.toBeNull();
  await userEvent.click(element.querySelector('.map-cluster') ?? element);
  expect(element.querySelectorAll('.map-order')).toHaveLength(2);
});

test('the map never moves by itself: what is chosen out of sight is told, and shown when asked', () => {
  const [here, there] = [order('A7K-1', 'running', 31.2, 113.1), order('N3M-9', 'soon', 35, 120)];
  island.update({ orders: [here] });
  island.update({ orders: [here, there], selected: 'N3M-9' });
  expect(away.at(-1)).toBe(true);
  island.show(there.point);
  expect(away.at(-1)).toBe(false);
  expect(element.querySelector('.is-chosen')?.textContent).toContain('N3M-9');
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

test('a mark that has not changed stays the same node', () => {
  const orders = [order('A7K-1', 'missed', 31.2, 113.1), order('N3M-9', 'running', 31.4, 113.4)];
  island.update({ orders });
  const before = element.querySelector('.map-order .is-missed');
  island.update({ orders: orders.map((one) => ({ ...one })) });
  expect(element.querySelector('.map-order .is-missed')).toBe(before);
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
