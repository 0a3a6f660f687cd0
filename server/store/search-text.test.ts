import { expect, test } from 'vitest';

import { asOrderId, eventId } from '#shared/ids.ts';
import { emptyOrder } from '#shared/order/order.ts';

import { UNIT, writer } from '../../test/builders.ts';
import { searchTerms, searchText } from './search-text.ts';

const text = searchText({
  ...emptyOrder(asOrderId(eventId(writer('A7K'), 12))),
  report: {
    unit: UNIT,
    address: '臺南市安南區公[塭]里１２號',
    area: 'urban',
    channel: 'import',
    words: 'Sparks at the Pole',
    customer: { phone: '0912-345678' },
    source: { system: 'taipower', key: 'TPC-7' },
  },
});
const finds = (typed: string): boolean => searchTerms(typed).every((term) => text.includes(term));

test.each(['公[塭]', '公塭里', '臺南', '台南市', '12號', 'a7k-12', 'TPC-7', 'sparks POLE', '0912', '安南 公塭', ''])(
  'the order is found by “%s”',
  (typed) => {
    expect(finds(typed)).toBe(true);
  },
);

test.each(['公園', 'A7K-13', '台南 pole2'])('the order is not found by “%s”', (typed) => {
  expect(finds(typed)).toBe(false);
});
