import axe from 'axe-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';

import type { CustomersHead } from '#shared/api/customers.ts';

import { at, UNIT } from '../../../test/builders.ts';
import { showDesk } from '../../../test/desk/desk-page.tsx';
import { createFakeDesk, DESK_SESSION } from '../../../test/desk/fake-desk.ts';

const COUNTS = {
  read: 3,
  created: 1,
  changed: 1,
  unchanged: 0,
  gone: 5,
  refusedCount: 1,
  refused: [{ line: 4, column: '门牌', why: { code: 'addressEmpty' } }],
};
const LOOK = { is: 'look', columns: ['户号', '户名', '门牌'], rows: [['4101', '张建国', '幸福路18号']] };
let shown: ReturnType<typeof showDesk> | null = null;
let heads: CustomersHead[] = [];

beforeEach(async () => {
  await page.viewport(1440, 900);
  heads = [];
});
afterEach(() => shown?.close());

async function openCustomers(start: Parameters<typeof showDesk>[1] = {}): Promise<void> {
  const fake = createFakeDesk({ now: at('14:55') });
  fake.session.value = { ...DESK_SESSION, person: { ...DESK_SESSION.person, role: 'admin' } };
  const client = {
    ...fake.client,
    upload: (_: string, { head }: { head: object }, { line }: { line: (said: unknown) => void }) => {
      heads.push(head as CustomersHead);
      line(heads.length === 1 ? LOOK : { is: 'done', counts: COUNTS });
      return Promise.resolve(true);
    },
  };
  shown = showDesk({ ...fake, client }, start);
  await userEvent.keyboard('i');
  await page.getByRole('radio', { name: /^(客户|Customers)$/ }).click();
  const input = page.getByLabelText(/选 CSV 文件|A CSV file/);
  await userEvent.upload(input, new File(['户号,户名,门牌\n'], '客户.csv', { type: 'text/csv' }));
  await expect.element(page.getByText('张建国')).toBeVisible();
}

test('columns are said, then checked, then imported; another choice has to be checked anew', async () => {
  await openCustomers();
  await expect.element(page.getByLabelText('户号')).toHaveValue('户号');
  const check = page.getByRole('button', { name: '先查一遍' });
  await expect.element(check).toHaveAccessibleDescription('先说哪一列是户号、哪一列是地址');
  await page.getByLabelText('地址').selectOptions('门牌');
  await check.click();
  await expect.element(page.getByText('共 3 行：新增 1，改动 1，没变 0，不收 1')).toBeVisible();
  await expect.element(page.getByText('表里不再有的 5 户会去掉')).toBeVisible();
  await expect.element(page.getByRole('listitem')).toHaveTextContent('第 4 行 门牌 没有地址');
  await page.getByLabelText('姓名').selectOptions('–');
  await expect.element(page.getByRole('button', { name: '导入' })).toHaveAccessibleDescription('先查一遍');
  await expect.element(page.getByText('表里不再有的 5 户会去掉')).not.toBeInTheDocument();
  await check.click();
  await page.getByRole('button', { name: '导入' }).click();
  await expect.element(page.getByText('导完了')).toBeVisible();
  const asked = {
    unit: UNIT,
    source: 'customers',
    grid: 'wgs84',
    columns: { account: '户号', name: '', address: '门牌' },
  };
  expect(heads.slice(2)).toEqual([
    { act: 'check', ...asked },
    { act: 'import', ...asked },
  ]);
});

test.each([
  ['zh', 'light'],
  ['en', 'night'],
] as const)('nothing of it is beyond a screen reader, %s, %s', async (lang, theme) => {
  await openCustomers({ lang, theme });
  const { violations } = await axe.run(document.body);
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`)).toEqual([]);
});
