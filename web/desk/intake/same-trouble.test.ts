import { expect, test } from 'vitest';

import { foldAll } from '#shared/order/fold.ts';

import { orderOf } from '../../../test/crew/orders.ts';
import { sameTrouble } from './same-trouble.ts';

const asked = { phone: '', account: '', address: '', point: null };
const story = (key: string, data: object) => {
  const { id, events } = orderOf(key, '14:00', data).held();
  return foldAll(id, events);
};
const orders = [
  story('A2C', { address: '育才路 6 号', customer: { name: '张', phone: '138-0013-8000' } }),
  story('D3E', { address: '幸福路18号', customer: { account: '8841 2203' }, point: { lat: 24.5, lon: 118.1 } }),
  story('F4G', { address: '水厂路7号', point: { lat: 24.5009, lon: 118.1 } }),
];
const found = (more: Partial<Parameters<typeof sameTrouble>[0]>) =>
  sameTrouble({ ...asked, ...more }, orders).map(({ order, reasons }) => `${order.id} ${reasons.join()}`);

test('a phone, an account or an address is the same however it is written', () => {
  expect(found({ phone: '138 0013 8000' })).toEqual(['A2C-1 phone']);
  expect(found({ account: '88412203' })).toEqual(['D3E-1 account']);
  expect(found({ address: '育才路６' })).toEqual(['A2C-1 address']);
});

test('what is empty, or short enough to be anybody, names nobody', () => {
  expect(found({})).toEqual([]);
  expect(found({ phone: '138', account: '88', address: '育' })).toEqual([]);
});

test('within 150 m is near; what says more stands first', () => {
  expect(found({ point: { lat: 24.5, lon: 118.1 } })).toHaveLength(2);
  expect(found({ point: { lat: 24.5, lon: 118.1 }, account: '88412203' })[0]).toBe('D3E-1 account,near');
  expect(found({ point: { lat: 24.51, lon: 118.1 } })).toEqual([]);
});

test('what has ended is nobody’s order to go on with', () => {
  const ended = orderOf('H5J', '14:00', { address: '幸福路18号' })
    .record('closed', '14:30', { outcome: 'noFault' })
    .held();
  expect(sameTrouble({ ...asked, address: '幸福路18号' }, [foldAll(ended.id, ended.events)])).toEqual([]);
});
