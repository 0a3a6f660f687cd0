import axe from 'axe-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';

import type { Caller, CallerAnswer } from '#shared/api/customers.ts';
import { err, ok } from '#shared/result.ts';

import { at, UNIT } from '../../../test/builders.ts';
import { orderOf } from '../../../test/crew/orders.ts';
import { showDesk } from '../../../test/desk/desk-page.tsx';
import { createFakeDesk } from '../../../test/desk/fake-desk.ts';

const zhang: Caller = {
  account: '4101000037',
  name: '张建国',
  phone: '13800138000',
  address: '青山市幸福路18号',
  area: 'rural',
  customerClass: 'important',
  point: { lat: 24.5, lon: 118.1 },
  transformer: '幸福路2号台区',
  feeder: '10kV幸福线',
  unit: UNIT,
};
const li: Caller = { ...zhang, account: '4101000074', name: '李明', phone: '13900139000', address: '幸福路20号' };
const KNOWN: CallerAnswer = { customers: [zhang, li], orders: [] };

let shown: ReturnType<typeof showDesk> | null = null;
let asked: string[] = [];
let reached = true;

beforeEach(async () => {
  await page.viewport(1440, 900);
  asked = [];
  reached = true;
});
afterEach(() => shown?.close());

const field = (name: string): HTMLInputElement => {
  const found = document.querySelector(`[name=${name}]`);
  if (found instanceof HTMLInputElement || found instanceof HTMLSelectElement) return found as HTMLInputElement;
  throw new Error(`no field ${name}`);
};
const options = (): string[] =>
  [...document.querySelectorAll('.suggest-option')].map(({ textContent }) => textContent ?? '');

async function openIntake(start: Parameters<typeof showDesk>[1] = {}) {
  const orders = [orderOf('A2C', '14:00', { address: '幸福路30号', customer: { name: '王太太' } }).held()];
  const fake = createFakeDesk({ now: at('14:55'), orders });
  const ask = (_: string, path: string) => {
    asked.push(decodeURIComponent(path));
    return Promise.resolve(reached ? ok<unknown>(KNOWN) : err('network' as const));
  };
  shown = showDesk({ ...fake, client: { ...fake.client, ask } }, start);
  await userEvent.keyboard('n');
  await expect.poll(() => document.activeElement?.getAttribute('name')).toBe('address');
  return fake;
}

test('arrows and Enter choose a customer, who fills the form; what was typed elsewhere stays and is offered', async () => {
  const fake = await openIntake();
  field('customer-phone').focus();
  await userEvent.keyboard('139');
  field('address').focus();
  await userEvent.keyboard('幸福');
  await expect.poll(options).toHaveLength(2);
  expect(field('address').getAttribute('aria-expanded')).toBe('true');
  expect(field('address').getAttribute('aria-activedescendant')).toBeNull();
  await userEvent.keyboard('{ArrowDown}');
  const marked = document.getElementById(field('address').getAttribute('aria-activedescendant') ?? '');
  expect(marked?.textContent).toContain('张建国');
  expect(field('address').value).toBe('幸福');
  await userEvent.keyboard('{Enter}');
  expect(['address', 'customer-name', 'customer-phone', 'customer-account'].map((name) => field(name).value)).toEqual([
    '青山市幸福路18号',
    '张建国',
    '139',
    '4101000037',
  ]);
  expect(options()).toEqual([]);
  await expect.element(page.getByText('电话照你填的')).toBeVisible();
  await page.getByRole('button', { name: '改用 13800138000' }).click();
  expect(field('customer-phone').value).toBe('13800138000');
  expect(document.activeElement).toBe(field('customer-phone'));
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.poll(() => fake.submitted.length).toBe(1);
  expect(fake.submitted[0]?.draft).toMatchObject({
    kind: 'reported',
    data: {
      address: '青山市幸福路18号',
      area: 'rural',
      customerClass: 'important',
      customer: { name: '张建国', phone: '13800138000', account: '4101000037' },
      point: { lat: 24.5, lon: 118.1 },
      supply: { transformer: '幸福路2号台区', feeder: '10kV幸福线' },
    },
  });
  // The next call begins with nothing of the last.
  expect(field('customer-phone').value).toBe('');
  expect(document.querySelector('.caller-filled')).toBeNull();
});

test('nothing typed is touched without a choice: Escape puts the list away, Enter and Tab go on as typed', async () => {
  await openIntake();
  await userEvent.keyboard('幸福');
  await expect.poll(options).toHaveLength(2);
  await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}');
  expect(field('address').getAttribute('aria-activedescendant')).toBeNull();
  await userEvent.keyboard('{Escape}');
  await expect.poll(options).toEqual([]);
  expect(document.querySelector('.drawer')).not.toBeNull();
  await userEvent.keyboard('路');
  await expect.poll(options).toHaveLength(2);
  await userEvent.keyboard('{ArrowDown}{Tab}');
  expect(options()).toEqual([]);
  expect(field('address').value).toBe('幸福路');
  expect(field('customer-name').value).toBe('');
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => document.querySelector('.drawer')).toBeNull();
});

test('a choice can be taken back, but for what was said since', async () => {
  await openIntake();
  await userEvent.keyboard('幸福');
  await expect.poll(options).toHaveLength(2);
  await userEvent.click(document.querySelectorAll('.suggest-option')[1]!);
  expect(field('customer-name').value).toBe('李明');
  expect(document.activeElement).toBe(field('address'));
  field('customer-name').focus();
  await userEvent.keyboard('{End}的妻子');
  await expect.poll(options).toHaveLength(2);
  await userEvent.keyboard('{Escape}');
  await page.getByRole('button', { name: '撤掉填入的' }).click();
  expect(['address', 'customer-name', 'customer-phone'].map((name) => field(name).value)).toEqual([
    '幸福',
    '李明的妻子',
    '',
  ]);
});

test('letters that an input method still holds are neither looked up nor acted on', async () => {
  await openIntake();
  const input = field('address');
  const type = (text: string, isComposing: boolean): void => {
    input.value = text;
    input.dispatchEvent(new InputEvent('input', { bubbles: true, isComposing }));
  };
  type('xing', true);
  type('xingfu', true);
  input.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', isComposing: true, bubbles: true }));
  type('幸福', true);
  input.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true, data: '幸福' }));
  await expect.poll(options).toHaveLength(2);
  expect(asked.filter((path) => path.includes('callers'))).toEqual(['/v1/callers?field=address&text=幸福']);
  // oxlint-disable-next-line typescript/no-deprecated -- the only sign of a key taken before composing
  input.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', keyCode: 229, bubbles: true }));
  expect(input.getAttribute('aria-activedescendant')).toBeNull();
});

test('without the centre the orders held here say who called before', async () => {
  await openIntake();
  reached = false;
  await userEvent.keyboard('幸福');
  await expect.poll(options).toEqual([expect.stringMatching(/幸福路30号.*A2C-1.*王太太/)]);
});

test.each([
  ['zh', 'light'],
  ['en', 'night'],
] as const)('nothing of it is beyond a screen reader, %s, %s', async (lang, theme) => {
  await openIntake({ lang, theme });
  field('customer-phone').focus();
  await userEvent.keyboard('139');
  field('address').focus();
  await userEvent.keyboard('幸福');
  await expect.poll(options).toHaveLength(2);
  await userEvent.keyboard('{ArrowDown}');
  const problems = async () =>
    (await axe.run(document.body)).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`);
  expect(await problems()).toEqual([]);
  await userEvent.keyboard('{Enter}');
  expect(await problems()).toEqual([]);
});
