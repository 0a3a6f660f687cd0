import { afterEach, beforeEach, describe, expect, test } from 'vitest';
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
  const orders = ['E2N', 'F3P'].map((writer) => orderOf(writer, '14:40').dispatched('14:45', crewId(3)).held());
  fake = createFakeDesk({ now: NOW, crews: 5, orders });
  shown = showDesk(fake);
  await page.getByRole('option', { name: /E2N-1/ }).click();
});

afterEach(() => {
  shown?.close();
  shown = null;
});

const said = () => document.querySelector('.form-error')?.textContent;
const last = () => fake.submitted.at(-1)?.draft;
const commit = () => userEvent.keyboard('{Control>}{Enter}{/Control}');

describe('what customers are told, by keys', () => {
  test('a time that has passed is refused, one to come is recorded and stands in the drawer', async () => {
    await userEvent.keyboard('t');
    await userEvent.keyboard('0000');
    await commit();
    await expect.poll(said).toContain('要一个还没到的时间');
    expect(fake.submitted).toEqual([]);
    await page.getByLabelText('几点复电').fill('2359');
    await page.getByRole('radio', { name: '明天' }).click();
    await page.getByLabelText('凭什么').fill('北桥线换刀闸');
    await commit();
    await expect.poll(last).toMatchObject({ kind: 'etrSet', data: { reason: '北桥线换刀闸' } });
    const told = last();
    expect(told?.kind === 'etrSet' && told.data.etr).toBeGreaterThan(NOW + 24 * 3_600_000);
    await expect.poll(() => document.querySelector('.particulars')?.textContent).toContain('预计复电');
  });

  test('a call to the customer wants to know whether somebody answered', async () => {
    await userEvent.keyboard('e');
    await commit();
    await expect.poll(said).toBe('先选一个');
    await page.getByRole('radio', { name: '没打通' }).click();
    await commit();
    await expect.poll(last).toEqual({ kind: 'contacted', data: { crew: crewId(3), reached: false } });
    await expect.poll(() => document.querySelector('.order-answer')?.textContent).toBe('E2N-1 没打通客户');
  });
});

test('a form that was opened while another one was being stored stays open', async () => {
  const { submit } = fake.client;
  let store = (): void => undefined;
  const stored = new Promise<void>((resolve) => {
    store = resolve;
  });
  Object.assign(fake.client, {
    submit: async (...what: Parameters<typeof submit>) => {
      await stored;
      return submit(...what);
    },
  });
  await userEvent.keyboard('u');
  await commit();
  await userEvent.keyboard('{Escape}');
  await page.getByRole('button', { name: /备注/ }).click();
  await page.getByRole('textbox', { name: '备注' }).fill('西门要绕行');
  store();
  await expect.poll(() => document.querySelector('.order-answer')?.textContent).toContain('已催');
  await expect.element(page.getByRole('textbox', { name: '备注' })).toHaveValue('西门要绕行');
});
