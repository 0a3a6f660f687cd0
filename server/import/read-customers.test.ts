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
  [',张三,幸福路18号,,,,', '户号', 'the account is empty'],
  ['41,张三,,,,,', '地址', 'the address is empty'],
  ['41,张三,幸福路18号,外太空,,,', '地区', '“外太空” is none of'],
  ['41,张三,幸福路18号,,很重要,,', '类别', '“很重要” is none of'],
  ['41,张三,幸福路18号,,,113.1,', 'X', 'has no coordinates'],
  ['41,张三,幸福路18号,,,311100,2771138', 'X', 'are no degrees'],
  [`41,${'张'.repeat(81)},幸福路18号,,,,`, '户名', 'longer than 80 characters'],
  ['41,张三', null, 'has 2 values where the header has 7'],
])('%s is refused by its column and reason', async (row, column, reason) => {
  const [first] = await read(`${HEAD}${row}\n`);
  expect(first).toMatchObject({
    customer: null,
    refused: { line: 2, column, reason: expect.stringContaining(reason) as string },
  });
});

test('a file without a column that is to be read is refused whole', async () => {
  expect(await read('户号,户名\n41,张三\n')).toMatchObject([{ line: 1, column: '地址' }]);
});
