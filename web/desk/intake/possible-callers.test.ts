import { expect, test } from 'vitest';

import type { Caller } from '#shared/api/customers.ts';
import { foldAll } from '#shared/order/fold.ts';

import { UNIT } from '../../../test/builders.ts';
import { orderOf } from '../../../test/crew/orders.ts';
import { callersHere, possibleCallers } from './possible-callers.ts';

const story = (key: string, time: string, data: object) => {
  const { id, events } = orderOf(key, time, data).held();
  return foldAll(id, events);
};
const orders = [
  story('A2C', '14:00', { address: '育才路6号', customer: { name: '张', phone: '138-0013-8000' } }),
  story('D3E', '14:20', { address: '青山市育才路8号', customer: { account: '88412203' } }),
  story('F4G', '14:10', { address: '水厂路7号' }),
];

test('without the centre the orders held here name who called before, the newest first', () => {
  expect(callersHere(orders, 'address', '育才').orders.map(({ order }) => order)).toEqual(['D3E-1', 'A2C-1']);
  expect(callersHere(orders, 'phone', '1380013').orders.map(({ caller }) => caller.name)).toEqual(['张']);
  expect(callersHere(orders, 'phone', '13')).toEqual({ customers: [], orders: [] });
});

test('a customer of two lists, or with an earlier report, is nobody twice', () => {
  const caller: Caller = {
    account: '88412203',
    name: null,
    phone: null,
    address: '育才路8号',
    area: null,
    customerClass: null,
    point: null,
    transformer: null,
    feeder: null,
    unit: UNIT,
  };
  const here = callersHere(orders, 'address', '育才').orders;
  const shown = possibleCallers({ customers: [caller, { ...caller, name: '另一份表' }], orders: [...here, ...here] });
  expect(shown.map(({ id }) => id)).toEqual(['customer 0', 'A2C-1']);
});
