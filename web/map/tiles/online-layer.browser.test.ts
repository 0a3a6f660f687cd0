import gcoord from 'gcoord';
import { afterEach, beforeEach, expect, test } from 'vitest';

import type { MapIsland } from '../map-model.ts';
import { mountMap } from '../mount-map.ts';

const words = { zoomIn: 'Closer', zoomOut: 'Wider', all: 'All', here: 'Me' };
const SQUARE = { lat: 39.90872, lon: 116.39748 };
const ZOOM = 17;

let element: HTMLElement;
let island: MapIsland;
beforeEach(() => {
  element = document.createElement('div');
  Object.assign(element.style, { width: '600px', height: '400px', position: 'relative' });
  document.body.append(element);
});
afterEach(() => {
  island.destroy();
  element.remove();
});

/** Which place of the tiles' own world lies under the middle of the map. */
async function underTheMiddle(shift: 'none' | 'gcj02', opening = SQUARE): Promise<{ lat: number; lon: number }> {
  island = mountMap(element, { words, opening: { ...opening, zoom: ZOOM } }, null);
  island.lay({ packs: [], online: { url: '/no-tiles/{z}/{x}/{y}.png', shift, attribution: '某某地图' } });
  await expect.poll(() => element.querySelectorAll('img').length).toBeGreaterThan(3);
  const frame = element.getBoundingClientRect();
  const [x, y] = [frame.left + frame.width / 2, frame.top + frame.height / 2];
  for (const tile of element.querySelectorAll('img')) {
    const { left, top, right, bottom } = tile.getBoundingClientRect();
    if (left > x || right <= x || top > y || bottom <= y) continue;
    const [, column = 0, row = 0] = /(\d+)\/(\d+)\.png$/.exec(tile.src)?.map(Number) ?? [];
    const across = (column + (x - left) / 256) / 2 ** ZOOM;
    const down = (row + (y - top) / 256) / 2 ** ZOOM;
    const lat = (Math.atan(Math.sinh(Math.PI * (1 - 2 * down))) * 180) / Math.PI;
    return { lat, lon: across * 360 - 180 };
  }
  throw new Error('no tile lies under the middle');
}

/** A pixel at this scale is about a metre. */
const PIXELS = 4e-5;

test('tiles drawn as the world is lie under the marks as they are', async () => {
  const { lat, lon } = await underTheMiddle('none');
  expect([Math.abs(lat - SQUARE.lat) < PIXELS, Math.abs(lon - SQUARE.lon) < PIXELS]).toEqual([true, true]);
  expect(element.querySelector('.map-credit')?.textContent).toBe('某某地图');
});

test('tiles drawn in GCJ-02 are moved until the right place of them lies under the marks', async () => {
  const { lat, lon } = await underTheMiddle('gcj02');
  const [toLon, toLat] = gcoord.transform<[number, number]>([SQUARE.lon, SQUARE.lat], gcoord.WGS84, gcoord.GCJ02);
  expect([Math.abs(lat - toLat) < PIXELS, Math.abs(lon - toLon) < PIXELS]).toEqual([true, true]);
  expect(Math.hypot(lat - SQUARE.lat, lon - SQUARE.lon)).toBeGreaterThan(0.003);
});

test('outside China nothing is moved', async () => {
  const bay = { lat: 37.7749, lon: -122.4194 };
  const { lat, lon } = await underTheMiddle('gcj02', bay);
  expect([Math.abs(lat - bay.lat) < PIXELS, Math.abs(lon - bay.lon) < PIXELS]).toEqual([true, true]);
});
