import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';

import type { PersonId } from '#shared/ids.ts';

import { showCrew } from '../../test/crew/crew-page.tsx';
import { createFakeClient, SESSION } from '../../test/crew/fake-client.ts';
import { aNight, NIGHT } from '../../test/crew/orders.ts';

let shown: ReturnType<typeof showCrew> | undefined;
afterEach(() => shown?.close());

function show(start: Parameters<typeof showCrew>[1] = {}) {
  const fake = createFakeClient({ now: NIGHT, orders: aNight() });
  shown = showCrew(fake, start);
  return { fake, crew: shown };
}

const button = (name: string) => page.getByRole('button', { name, exact: true });

async function tapPin(digits: string, then: string): Promise<void> {
  for (const digit of digits) await button(digit).click();
  await button(then).click();
}

test('a locked tablet tells the next limit and no address; a wrong PIN says so, the right one opens', async () => {
  show({ pin: '2468' });
  await expect.element(page.getByText('15:07 前到达')).toBeVisible();
  expect(document.body.textContent).not.toContain('幸福路');
  await tapPin('1111', '开锁');
  await expect.element(page.getByText('不对，还能试 4 次')).toBeVisible();
  await tapPin('2468', '开锁');
  await expect.element(page.getByText(/幸福路18号/).first()).toBeVisible();
});

test('after five wrong ones the button says how long to wait, and takes no try', async () => {
  show({ pin: '2468' });
  await expect.element(button('开锁')).toBeVisible();
  for (let tries = 0; tries < 5; tries += 1) await tapPin('1111', '开锁');
  await expect.element(page.getByText('错了 5 次，等 60 秒')).toBeVisible();
  for (const digit of '2468') await button(digit).click();
  await expect.element(button('开锁')).toHaveAttribute('aria-disabled', 'true');
  expect(document.body.textContent).not.toContain('幸福路');
});

test('a keyboard types as well', async () => {
  show({ pin: '2468' });
  await expect.element(button('开锁')).toBeVisible();
  await userEvent.keyboard('24689{Backspace}');
  await expect.element(page.getByText('已输 4 位')).toBeInTheDocument();
  await button('开锁').click();
  await expect.element(page.getByText(/幸福路18号/).first()).toBeVisible();
});

test('a new code opens it for somebody else, without the PIN', async () => {
  const { fake, crew } = show({ pin: '2468' });
  await button('换人').click();
  expect(crew.place.value).toEqual({ at: 'enrol' });
  fake.session.value = { ...SESSION, device: 'DEV-9' as typeof SESSION.device };
  crew.place.value = { at: 'today' };
  await expect.element(page.getByText(/幸福路18号/).first()).toBeVisible();
});

test('a PIN is set by typing it twice, then the tablet can be locked by hand and by time', async () => {
  const { crew } = show({ place: { at: 'outbox' } });
  await button('设 PIN').click();
  await tapPin('2468', '下一步');
  await tapPin('2469', '下一步');
  await expect.element(page.getByText('两遍不一样，重来')).toBeVisible();
  await tapPin('2468', '下一步');
  await tapPin('2468', '下一步');
  await expect.poll(() => crew.place.value).toEqual({ at: 'today' });
  crew.place.value = { at: 'outbox' };
  await page.getByText('15 分').click();
  await expect.element(page.getByRole('radio', { name: '15 分' })).toBeChecked();
  await button('现在锁').click();
  await expect.element(button('开锁')).toBeVisible();
});

test('what could not be saved is shown over the lock: it has to be read out', async () => {
  const { fake } = show({ pin: '2468' });
  await expect.element(button('开锁')).toBeVisible();
  fake.status({
    notSaved: {
      about: aNight()[0]!.id,
      order: aNight()[0]!.id,
      draft: { kind: 'noted', data: { crew: SESSION.crew!.id, text: '门锁着' } },
      at: NIGHT,
      because: 'full',
    },
  });
  await expect.element(page.getByRole('alertdialog')).toBeVisible();
});

const OTHER = { id: 'PRS-3' as PersonId, name: '李师傅', role: 'crew' } as const;

test('another one of the crew takes over: one tap at the shift and their PIN, and what they record is theirs', async () => {
  const { fake, crew } = show({ pin: '2468', pins: { [OTHER.id]: '1357' }, place: { at: 'shift' } });
  fake.session.value = { ...SESSION, people: [SESSION.person, OTHER] };
  await tapPin('2468', '开锁');
  const here = page.getByRole('region', { name: /谁在用这台平板/ });
  await expect.element(here.getByRole('button', { name: '陈师傅' })).toHaveAttribute('aria-pressed', 'true');
  await here.getByRole('button', { name: '李师傅' }).click();
  await expect.element(button('李师傅')).toHaveAttribute('aria-pressed', 'true');
  await tapPin('2468', '开锁');
  await expect.element(page.getByText('不对，还能试 4 次')).toBeVisible();
  await tapPin('1357', '开锁');
  await expect.poll(() => fake.session.value?.person.name).toBe('李师傅');
  expect(crew.place.value).toEqual({ at: 'shift' });
});

test('a third comes by a code: the page says that nobody and nothing goes', async () => {
  const { crew } = show({ place: { at: 'shift' } });
  await button('加一个人').click();
  expect(crew.place.value).toEqual({ at: 'enrol' });
  await expect.element(page.getByText(/原来的人和没送出的记录都留着/)).toBeVisible();
});
