import { describe, expect, test } from 'vitest';

import { createChance } from '../chance.ts';
import { cityMap } from './city-map.ts';
import { addressOn, anyAddress, buildCity, quarterOf, type City } from './city.ts';
import { alongWay, lengthOf, reachFrom, spotAt, wayBetween } from './network.ts';
import { metres, type Spot } from './plane.ts';

const SEEDS = ['1', 'storm', '澜水'];

function offStreet(city: City, spot: Spot): number {
  const distances = city.network.pieces.map(({ a, b, length }) => {
    const [from, to] = [spotAt(city.nodes, a), spotAt(city.nodes, b)];
    const share = ((spot.x - from.x) * (to.x - from.x) + (spot.y - from.y) * (to.y - from.y)) / length ** 2;
    const held = Math.min(1, Math.max(0, share));
    return metres(spot, { x: from.x + (to.x - from.x) * held, y: from.y + (to.y - from.y) * held });
  });
  return Math.min(...distances);
}

describe.each(SEEDS)('a city from seed %s', (seed) => {
  const city = buildCity(seed);

  test('every street and village can be driven to from everywhere', () => {
    expect(reachFrom(city.network, [0]).metres.every(Number.isFinite)).toBe(true);
    expect(city.villages.length).toBeGreaterThanOrEqual(8);
    expect(city.villages.some((village) => village.remote && village.dead)).toBe(true);
  });

  test('addresses lie on the street they name, in the area of their place', () => {
    const chance = createChance(seed);
    const addresses = Array.from({ length: 200 }, () => anyAddress(city, chance));
    for (const address of addresses) {
      expect(offStreet(city, address.spot)).toBeLessThan(1);
      expect(city.streets.some((street) => address.text.startsWith(street.name))).toBe(true);
      expect(address.area === 'urban').toBe(!address.text.includes('村'));
      expect(address.quarter).toBe(quarterOf(address.spot));
    }
    expect(new Set(addresses.map((address) => address.area))).toEqual(new Set(['urban', 'rural', 'remote']));
  });

  test('every feeder starts at a substation, has a name of its own and customers', () => {
    const { feeders, substations } = city.supply;
    expect(substations).toHaveLength(3);
    expect(new Set(feeders.map((feeder) => feeder.name)).size).toBe(feeders.length);
    for (const [index, feeder] of feeders.entries()) {
      const first = city.network.pieces[feeder.pieces[0] ?? -1];
      expect([first?.a, first?.b]).toContain(substations[feeder.substation]?.node);
      expect(addressOn(city, createChance(seed), index).feeder).toBe(index);
    }
  });

  test('every piece of street belongs to a feeder', () => {
    expect(city.supply.ofPiece.every((feeder) => city.supply.feeders[feeder] !== undefined)).toBe(true);
  });

  test('a way is as long as the shortest distance, and driving it ends at its end', () => {
    const far = reachFrom(city.network, [3]).metres;
    const village = city.villages[1]?.node ?? 0;
    const way = wayBetween(city.network, 3, village);
    expect(lengthOf(way)).toBeCloseTo(far[village] ?? 0, 3);
    expect(alongWay(way, 1e9)).toEqual(spotAt(city.nodes, village));
    expect(alongWay(way, 0)).toEqual(spotAt(city.nodes, 3));
  });
});

test('the same seed draws the same map, another seed another one', () => {
  const drawn = (seed: string) => JSON.stringify(cityMap(buildCity(seed)));
  expect(drawn('1')).toBe(drawn('1'));
  expect(drawn('1')).not.toBe(drawn('2'));
});

test('the map has every kind of feature, in degrees, longitude first', () => {
  const { features } = cityMap(buildCity('1'));
  const kinds = new Set(features.map(({ properties }) => properties.kind));
  expect([...kinds].toSorted()).toEqual(['area', 'feeder', 'label', 'main', 'street', 'water'].toSorted());
  for (const { geometry } of features)
    for (const [lon, lat] of geometry.coordinates.flat(3).reduce<number[][]>(pairs, [])) {
      expect(lon).toBeGreaterThan(112);
      expect(lon).toBeLessThan(114);
      expect(lat).toBeGreaterThan(30);
      expect(lat).toBeLessThan(32);
    }
});

function pairs(made: number[][], value: number): number[][] {
  const last = made.at(-1);
  return last?.length === 1 ? [...made.slice(0, -1), [...last, value]] : [...made, [value]];
}
