import { expect, test } from 'vitest';

import { beginsSo, callerKeys, type CallerField, lookupKey } from './caller-keys.ts';

const caller = {
  account: '41-0100 0037',
  phone: '+86 138-0013-8000',
  name: 'Ada 张',
  address: '青山市城西区幸福路18号3栋',
};
const finds = (field: CallerField, typed: string): boolean => {
  const key = lookupKey(field, typed);
  const found = key !== null && callerKeys(caller).some((one) => one.startsWith(key));
  // The two ways of asking agree.
  expect(key !== null && beginsSo(field, caller[field], key)).toBe(found);
  return found;
};

test('a number is found however it is grouped, without its country, and by its last four figures', () => {
  expect(['1380013', '138 0013 8000', '+8613800', '8000'].map((typed) => finds('phone', typed))).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect(finds('account', '４１０１')).toBe(true);
  expect(['0013', '139'].map((typed) => finds('phone', typed))).toEqual([false, false]);
});

test('an address is found from each of its parts on, and never by a bare house number', () => {
  expect(['青山市', '城西区幸福', '幸福路18', '幸 福 路'].map((typed) => finds('address', typed))).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect(['福路', '18号', '18号3'].map((typed) => finds('address', typed))).toEqual([false, false, false]);
  const english = callerKeys({ account: null, phone: null, name: null, address: '12 Elm Street, Ayr' });
  expect(english).toEqual(['d12elmstreetayr', 'delmstreetayr', 'dstreetayr', 'dayr']);
});

test('a field is searched in itself alone; too little names nobody', () => {
  expect(finds('name', '张')).toBe(false);
  expect(finds('name', 'ada')).toBe(true);
  expect(finds('name', '1380013')).toBe(false);
  expect(lookupKey('phone', '13')).toBeNull();
  expect(lookupKey('address', ' 幸 ')).toBeNull();
});
