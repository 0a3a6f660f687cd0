import { expect, test } from 'vitest';

import { asOrderId, eventId } from '#shared/ids.ts';

import { writer } from '../../test/builders.ts';
import { fragmentOf, placeOf, type Place } from './place.ts';

const order = asOrderId(eventId(writer('A7K'), 2));
const places: readonly Place[] = [
  { at: 'today' },
  { at: 'map' },
  { at: 'outbox' },
  { at: 'enrol' },
  { at: 'order', order },
  { at: 'sign', order },
];

test.each(places)('the address of $at leads back to it', (place) => {
  expect(placeOf(fragmentOf(place))).toEqual(place);
});

test.each(['', '#', '#/', '#/nowhere', '#/order', '#/order/<script>', '#/sign/0OI'])('%j is today', (fragment) => {
  expect(placeOf(fragment)).toEqual({ at: 'today' });
});
