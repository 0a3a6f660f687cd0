import { expect, test } from 'vitest';

import { type CustomersAsked, readCustomers } from './read-customers.ts';

const ASKED: CustomersAsked = {
  columns: { account: '户号', name: '户名', address: '地址', area: '地区', customerClass: '类别', x: 'X', y: 'Y' },
  grid: 'wgs84',
};
const HEAD = '户号,户名,地址,地区,类别,X,Y\n';

async function read(text: string, asked = ASKED) {
  const rows = [];
  async function* chunks() {
    // oxlint-disable-next-line typescript/await-thenable -- a stream's chunks come one by one
    yield await Buffer.from(text);
  }
  for await (const some of readCustomers(chunks(), asked)) rows.push(...(some.ok ? some.value : [some.error]));
  return rows;
}

const words = (...some: string[]) => expect.arrayContaining(some) as string[];

test('a row is a customer, with what it says and nothing else', async () => {
  expect(await read(`${HEAD} 41 ,张三,幸福路18号,农村,重要,113.1,31.2\n42,,育才路6号,,,,\n`)).toMatchObject([
    {
      account: '41',
      customer: { name: '张三', area: 'rural', customerClass: 'important', point: { lat: 31.2, lon: 113.1 } },
    },
    { account: '42', customer: { name: null, area: null, customerClass: null, point: null, unit: null } },
  ]);
});

test.each([
  [',张三,幸福路18号,,,,', '户号', { code: 'accountEmpty' }],
  ['41,张三,,,,,', '地址', { code: 'addressEmpty' }],
  ['41,张三,幸福路18号,外太空,,,', '地区', { code: 'noneOf', value: '外太空', words: words('农村', '偏远') }],
  ['41,张三,幸福路18号,,很重要,,', '类别', { code: 'noneOf', value: '很重要', words: words('重要', '普通') }],
  ['41,张三,幸福路18号,,,113.1,', 'Y', { code: 'halfPosition' }],
  ['41,张三,幸福路18号,,,113.1,北', 'Y', { code: 'notNumber', value: '北' }],
  ['41,张三,幸福路18号,,,0,0.0', 'X', { code: 'zeroPosition' }],
  ['41,张三,幸福路18号,,,311100,2771138', 'X', { code: 'sayGrid', x: 311_100, y: 2_771_138 }],
  [`41,${'张'.repeat(81)},幸福路18号,,,,`, '户名', { code: 'tooLong', most: 80 }],
  ['41,张三', null, { code: 'width', values: 2, header: 7 }],
])('%s is refused by its column and reason', async (row, column, why) => {
  const [first] = await read(`${HEAD}${row}\n`);
  expect(first).toMatchObject({ customer: null, refused: { line: 2, column, why } });
});

test('what is repeated of a value is cut', async () => {
  const [first] = await read(`${HEAD}41,张三,幸福路18号,${'远'.repeat(500)},,,\n`);
  expect(first).toMatchObject({ refused: { why: { code: 'noneOf', value: `${'远'.repeat(40)}…` } } });
});

test('a file without a column that is to be read is refused whole', async () => {
  expect(await read('户号,户名\n41,张三\n')).toMatchObject([
    { line: 1, column: '地址', why: { code: 'columnsMissing', present: ['户号', '户名'], count: 2 } },
  ]);
});
