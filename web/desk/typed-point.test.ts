import { expect, test } from 'vitest';

import { metresBetween, pointText, typedPoint } from './typed-point.ts';

test.each(['24.4798, 118.0894', '24.4798 118.0894', '24.4798，118.0894'])('%s is a point', (text) => {
  expect(typedPoint(text)).toEqual({ lat: 24.4798, lon: 118.0894 });
});

test.each(['', '24.4798', '91, 10', '10, 181', 'a, b', '1e3, 2'])('%s is none', (text) => {
  expect(typedPoint(text)).toBeNull();
});

test('what is written is read again', () => {
  expect(typedPoint(pointText({ lat: -24.5, lon: 118.25 }))).toEqual({ lat: -24.5, lon: 118.25 });
});

test('a hundredth of a degree north is 1.11 km', () => {
  expect(metresBetween({ lat: 25, lon: 121 }, { lat: 25.01, lon: 121 })).toBeCloseTo(1112, 0);
});
