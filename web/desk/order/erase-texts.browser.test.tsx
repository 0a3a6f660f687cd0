import axe from 'axe-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';

import type { Role } from '#shared/event/organisation.ts';
import { ok } from '#shared/result.ts';

import { at, DISPATCHER, Story, UNIT } from '../../../test/builders.ts';
import { showDesk } from '../../../test/desk/desk-page.tsx';
import { createFakeDesk, DESK_SESSION } from '../../../test/desk/fake-desk.ts';

let shown: ReturnType<typeof showDesk> | null = null;
let asked: { readonly path: string; readonly body: unknown }[] = [];

beforeEach(async () => {
  await page.viewport(1440, 900);
  asked = [];
});
afterEach(() => shown?.close());

const report = {
  unit: UNIT,
  address: '幸福路18号',
  area: 'urban',
  channel: 'phone',
  customer: { name: '王小明', phone: '13800138000' },
} as const;

async function openOrder(role: Role, lang: 'zh' | 'en' = 'zh'): Promise<void> {
  const story = new Story()
    .record('reported', '14:00', report, { by: DISPATCHER })
    .record('noted', '14:05', { crew: null, text: '王小明在家' }, { by: DISPATCHER })
    .record('visited', '14:10', { reached: true }, { by: DISPATCHER });
  const { id } = story.order;
  const fake = createFakeDesk({ now: at('14:20'), orders: [{ id, events: story.events }] });
  fake.session.value = { ...DESK_SESSION, person: { ...DESK_SESSION.person, role } };
  const client = {
    ...fake.client,
    ask: (_: string, path: string, body?: unknown) => {
      asked.push({ path, body });
      return Promise.resolve(ok({ erased: 1 }));
    },
  };
  shown = showDesk({ ...fake, client }, { lang });
  await page.getByRole('option', { name: /A7K-1/ }).click();
  await expect.element(page.getByRole('heading', { name: /^痕迹|^Trace/ })).toBeVisible();
}

test('a leader erases one entry: asked twice, by keys alone, and nothing before the second time', async () => {
  await openOrder('leader');
  page.getByRole('button', { name: '擦除个人信息' }).element().focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByLabelText('擦除哪些')).toHaveFocus();
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.element(page.getByText('先选为什么')).toBeVisible();
  await page.getByLabelText('擦除哪些').selectOptions('A7K-2');
  await page.getByLabelText('为什么').selectOptions('asked');
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.element(page.getByText(/^1 条会从中心/)).toBeVisible();
  const { violations } = await axe.run(document.body);
  expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html.slice(0, 120)}`)).toEqual([]);
  expect(asked).toEqual([]);
  await expect.element(page.getByRole('button', { name: '不做了' })).toHaveFocus();
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.element(page.getByText('A7K-1 已擦除 1 条')).toBeVisible();
  expect(asked).toEqual([{ path: '/v1/redactions', body: { order: 'A7K-1', events: ['A7K-2'], reason: 'asked' } }]);
});

test('all of an order, and leaving it asks for nothing', async () => {
  await openOrder('admin', 'en');
  const open = page.getByRole('button', { name: 'Erase personal texts' });
  await open.click();
  await expect.element(page.getByText('All of this order (entries: 2)')).toBeInTheDocument();
  await page.getByLabelText('Why').selectOptions('ordered');
  await page.getByRole('button', { name: /^Go on/ }).click();
  await page.getByRole('button', { name: 'Leave it' }).click();
  expect(document.querySelector('[name=erase-what]')).toBeNull();
  expect(asked).toEqual([]);
  await open.click();
  await page.getByLabelText('Why').selectOptions('ordered');
  await page.getByRole('button', { name: /^Go on/ }).click();
  await page.getByRole('button', { name: /^Erase now/ }).click();
  await expect.poll(() => asked).toMatchObject([{ body: { events: null, reason: 'ordered' } }]);
});

test('who has not the right is not offered it', async () => {
  await openOrder('dispatcher');
  await expect.element(page.getByText('擦除个人信息')).not.toBeInTheDocument();
});
