import axe from 'axe-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';

import type { ImportHead } from '#shared/api/import.ts';

import { at } from '../../../test/builders.ts';
import { showDesk } from '../../../test/desk/desk-page.tsx';
import { createFakeDesk } from '../../../test/desk/fake-desk.ts';

const COUNTS = { read: 2, created: 1, unchanged: 0, skipped: 0, refusedCount: 1 };
const REFUSED = [{ line: 3, column: '报修时间', why: { code: 'notTime', value: 'xx' } }];
const LOOK = { is: 'look', columns: ['单号', '地址', '报修时间'], rows: [['X1', '育才路6号', '14:00']] };
let shown: ReturnType<typeof showDesk> | null = null;
let heads: ImportHead[] = [];
let breaksOff = false;
/** What the centre answers first. */
let first: object = LOOK;

beforeEach(async () => {
  await page.viewport(1440, 900);
  heads = [];
  breaksOff = false;
  first = LOOK;
});
afterEach(() => shown?.close());

async function openImport(start: Parameters<typeof showDesk>[1] = {}): Promise<void> {
  const fake = createFakeDesk({ now: at('14:55') });
  const client = {
    ...fake.client,
    upload: (_: string, { head }: { head: object }, { line }: { line: (said: unknown) => void }) => {
      heads.push(head as ImportHead);
      if (heads.length === 1) line(first);
      else if (breaksOff) line({ is: 'progress', read: 500 });
      else line({ is: 'done', counts: { ...COUNTS, refused: REFUSED } });
      return Promise.resolve(!breaksOff);
    },
  };
  shown = showDesk({ ...fake, client }, start);
  await userEvent.keyboard('i');
  const input = page.getByLabelText(/选 CSV 文件|A CSV file/);
  await userEvent.upload(
    input,
    new File(['单号,地址,报修时间\nX1,育才路6号,14:00\n'], 'list.csv', { type: 'text/csv' }),
  );
  await expect.element(page.getByText(first === LOOK ? '育才路6号' : /^(第 1 行|Line 1)$/)).toBeVisible();
}

test('columns are recognised; importing waits for a check, whose refused rows are named by line and column', async () => {
  await openImport();
  await expect.element(page.getByLabelText('对方单号')).toHaveValue('单号');
  await expect.element(page.getByRole('button', { name: '导入' })).toHaveAccessibleDescription('先查一遍');
  await page.getByRole('button', { name: '先查一遍' }).click();
  await expect.element(page.getByText('查过了，什么都没写')).toBeVisible();
  await expect
    .element(page.getByRole('listitem'))
    .toHaveTextContent('第 3 行 报修时间 “xx”不是时间，应像 2025-07-08 17:46:22 或 2025-07-08T17:46:22+08:00');
  await page.getByRole('button', { name: '导入' }).click();
  await expect.element(page.getByText('导完了')).toBeVisible();
  expect(heads.map(({ act }) => act)).toEqual(['look', 'check', 'import']);
  expect(JSON.parse(heads[2]?.mapping ?? '')).toMatchObject({ key: '单号', times: { reported: '报修时间' } });
});

test('a choice made after a check has to be checked anew, whatever it is about', async () => {
  await openImport();
  const check = page.getByRole('button', { name: '先查一遍' });
  const unchecked = () =>
    expect.element(page.getByRole('button', { name: '导入' })).toHaveAccessibleDescription('先查一遍');
  for (const [label, value] of [
    ['地区', 'rural'],
    ['导哪些', 'history'],
    ['现象', '地址'],
  ] as const) {
    await check.click();
    await expect.element(page.getByText('查过了，什么都没写')).toBeVisible();
    await page.getByLabelText(label).selectOptions(value);
    await unchecked();
    await expect.element(page.getByText('查过了，什么都没写')).not.toBeInTheDocument();
  }
  await check.click();
  await page.getByLabelText('时区').fill('UTC+9');
  await unchecked();
});

test('an import that broke off says that a part may be in, and what to do', async () => {
  await openImport();
  await page.getByRole('button', { name: '先查一遍' }).click();
  await expect.element(page.getByText('查过了，什么都没写')).toBeVisible();
  breaksOff = true;
  await page.getByRole('button', { name: '导入' }).click();
  await expect
    .element(page.getByRole('alert'))
    .toHaveTextContent('中途断了：可能已导入一部分。同一文件再导一遍，已有的不会再建');
});

test.each([
  ['zh', '第 1 行 不是 UTF-8，像是 GBK/GB18030；另存为“CSV UTF-8”再导'],
  ['en', 'Line 1 is not UTF-8, looks like GBK/GB18030; save it as “CSV UTF-8” and import that'],
] as const)('a file that cannot be used says why in the language of whoever chose it, %s', async (lang, words) => {
  const why = { code: 'encoding', looksLike: ['gb18030'] };
  first = { is: 'refused', reasons: [{ line: 1, column: null, why }] };
  await openImport({ lang });
  await expect.element(page.getByRole('alert').getByRole('listitem')).toHaveTextContent(words);
});

test.each([
  ['zh', 'light'],
  ['en', 'night'],
] as const)('nothing of it is beyond a screen reader, %s, %s', async (lang, theme) => {
  await openImport({ lang, theme });
  const { violations } = await axe.run(document.body);
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`)).toEqual([]);
});
