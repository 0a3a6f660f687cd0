import axe from 'axe-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';

import type { ReferenceHead } from '#shared/api/reference.ts';

import { at } from '../../../test/builders.ts';
import { showDesk } from '../../../test/desk/desk-page.tsx';
import { createFakeDesk, DESK_SESSION } from '../../../test/desk/fake-desk.ts';

const LEFT_OUT = { line: 4, column: 'FEEDER', why: { code: 'feederEmpty' } };
const COUNTS = { places: 2, feeders: 1, before: 5, refusedCount: 1, refused: [LEFT_OUT] };
const LOOK = {
  is: 'look',
  geo: false,
  columns: ['ROWNUM', 'X', 'Y', 'FEEDER'],
  rows: [['1', '311100', '2771138', 'CQ56']],
};
let shown: ReturnType<typeof showDesk> | null = null;
let heads: ReferenceHead[] = [];
let answers = true;

beforeEach(async () => {
  await page.viewport(1440, 900);
  heads = [];
  answers = true;
});
afterEach(() => shown?.close());

async function openReference(role: 'admin' | 'dispatcher', start: Parameters<typeof showDesk>[1] = {}): Promise<void> {
  const fake = createFakeDesk({ now: at('14:55') });
  fake.session.value = { ...DESK_SESSION, person: { ...DESK_SESSION.person, role } };
  const client = {
    ...fake.client,
    upload: (_: string, { head }: { head: object }, { line }: { line: (said: unknown) => void }) => {
      heads.push(head as ReferenceHead);
      if (heads.length === 1) line(LOOK);
      else if (answers) line({ is: 'done', counts: COUNTS });
      else line({ is: 'progress', read: 2_000 });
      return Promise.resolve(true);
    },
  };
  shown = showDesk({ ...fake, client }, start);
  await userEvent.keyboard('i');
  await page.getByRole('radio', { name: /设备和馈线|Equipment and feeders/ }).click();
  const input = page.getByLabelText(/选 CSV 或 GeoJSON 文件|A CSV or GeoJSON file/);
  await userEvent.upload(input, new File(['ROWNUM,X,Y,FEEDER\n'], 'TAIPEI_tr_feeder.csv', { type: 'text/csv' }));
  await expect.element(page.getByText('CQ56')).toBeVisible();
}

test('columns and the grid are recognised; importing waits for a check, and says what gave way and what was left out', async () => {
  await openReference('admin');
  await expect.element(page.getByLabelText('经度或横坐标')).toHaveValue('X');
  await expect.element(page.getByLabelText('坐标系')).toHaveValue('twd67');
  await expect.element(page.getByRole('button', { name: '导入' })).toHaveAccessibleDescription('先查一遍');
  await page.getByRole('button', { name: '先查一遍' }).click();
  await expect.element(page.getByText('2 处，1 条馈线，会换掉原有 5 处，不收 1')).toBeVisible();
  await expect.element(page.getByRole('listitem')).toHaveTextContent('第 4 行 FEEDER 没写馈线');
  await page.getByRole('button', { name: '导入' }).click();
  await expect.element(page.getByText('换好了')).toBeVisible();
  const columns = { feeder: 'FEEDER', x: 'X', y: 'Y' };
  const asked = { source: 'TAIPEI_tr_feeder.csv', grid: 'twd67', columns };
  expect(heads.slice(1)).toEqual([
    { act: 'check', ...asked },
    { act: 'import', ...asked },
  ]);
  // Another grid is another result: it has to be checked anew.
  await page.getByLabelText('坐标系').selectOptions('twd97');
  await expect.element(page.getByRole('button', { name: '导入' })).toHaveAccessibleDescription('先查一遍');
  answers = false;
  await page.getByRole('button', { name: '先查一遍' }).click();
  await expect.element(page.getByRole('alert')).toHaveTextContent('联系不上中心，或中途断了；什么都没写');
});

test('who may not import equipment sees why', async () => {
  await openReference('dispatcher');
  await expect
    .element(page.getByRole('button', { name: '先查一遍' }))
    .toHaveAccessibleDescription('管理员才能导入设备');
});

test.each([
  ['zh', 'light'],
  ['en', 'night'],
] as const)('nothing of it is beyond a screen reader, %s, %s', async (lang, theme) => {
  await openReference('admin', { lang, theme });
  const { violations } = await axe.run(document.body);
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`)).toEqual([]);
});
