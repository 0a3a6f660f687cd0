import axe from 'axe-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';

import { at } from '../../../test/builders.ts';
import { orderOf } from '../../../test/crew/orders.ts';
import { showDesk } from '../../../test/desk/desk-page.tsx';
import { createFakeDesk, crewId, type FakeDesk } from '../../../test/desk/fake-desk.ts';

const NOW = at('14:55');
let shown: ReturnType<typeof showDesk> | null = null;
let fake: FakeDesk;

beforeEach(async () => {
  await page.viewport(1440, 900);
  const waiting = orderOf('E2N', '14:40', { address: '西门菜场', point: { lat: 24.5, lon: 118.1 } });
  const given = orderOf('N3M', '14:20', { address: '北桥村' }).dispatched('14:30', crewId(5));
  fake = createFakeDesk({ now: NOW, crews: 5, orders: [waiting.held(), given.held()] });
  shown = showDesk(fake);
});

afterEach(() => shown?.close());

const typed = () => page.getByRole('combobox', { name: '命令' });
const chosen = (): string => document.querySelector('.palette-item[aria-selected=true]')?.textContent ?? '';
const last = () => fake.submitted.at(-1)?.draft;
const open = async (): Promise<void> => {
  await expect.poll(() => document.querySelectorAll('.row-id').length).toBe(2);
  await userEvent.keyboard('{Control>}k{/Control}');
  await expect.element(typed()).toHaveFocus();
};

test('an operation on an order is found by a part of its word and of the address, and done by keys alone', async () => {
  await open();
  await userEvent.fill(typed(), '催 北桥');
  await expect.poll(chosen).toContain('催办 N3M-1');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('radio', { name: '处理人' })).toHaveFocus();
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.poll(last).toEqual({ kind: 'urged', data: { level: 'handler' } });
  await expect.poll(() => document.querySelector('.order-answer')?.textContent).toBe('已催 N3M-1：处理人');
});

test('what cannot be done is listed with its reason, and Enter says it instead of doing it', async () => {
  await page.getByRole('option', { name: /N3M-1/ }).click();
  await open();
  await userEvent.fill(typed(), '派单 N3M');
  await expect.poll(chosen).toContain('已经派了班组');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('alert')).toHaveTextContent('派单 N3M-1: 已经派了班组');
  await expect.element(typed()).toBeVisible();
});

test('a crew is found by its name; the list then shows its orders', async () => {
  await open();
  await userEvent.fill(typed(), '5班');
  // An order of that crew is found too, by the crew that has it.
  await expect.poll(chosen).toContain('打开 N3M-1');
  await userEvent.keyboard('{ArrowDown}{Enter}');
  await expect.poll(() => [...document.querySelectorAll('.row-id')].map((id) => id.textContent)).toEqual(['N3M-1']);
});

test('while an input method is composing, Enter and arrows are its own', async () => {
  await open();
  const input = document.querySelector<HTMLInputElement>('.palette-typed');
  for (const key of ['Enter', 'ArrowDown', 'Escape'])
    input?.dispatchEvent(new KeyboardEvent('keydown', { key, isComposing: true, bubbles: true, cancelable: true }));
  await expect.element(typed()).toBeVisible();
  expect(fake.submitted).toEqual([]);
});

test('Esc closes it and the focus is where it was; nothing found says where else to look', async () => {
  document.querySelector<HTMLElement>('#order-list')?.focus();
  await open();
  await userEvent.fill(typed(), '没有这个');
  await expect.element(page.getByText(/档案用 \/ 搜索/)).toBeVisible();
  const { violations } = await axe.run(document.body);
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`)).toEqual([]);
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => document.activeElement?.id).toBe('order-list');
});
