import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';

import { at } from '../../../test/builders.ts';
import type { OrderStory } from '../../../test/crew/orders.ts';
import { orderOf } from '../../../test/crew/orders.ts';
import { raisedOn } from '../../../test/desk/alert-stories.ts';
import { showDesk } from '../../../test/desk/desk-page.tsx';
import { createFakeDesk, crewId, type FakeDesk } from '../../../test/desk/fake-desk.ts';

const NOW = at('14:50');
const cards = () => document.querySelectorAll('.alert-card').length;
const LETTERS = 'ACDEFGHJKLMN';

let fake: FakeDesk;
let shown: ReturnType<typeof showDesk> | null = null;

beforeEach(() => page.viewport(1440, 900));
afterEach(() => {
  shown?.close();
  shown = null;
});

function open(orders: readonly OrderStory[]): void {
  fake = createFakeDesk({ now: NOW, crews: 5, orders: orders.map((story) => story.held()) });
  shown = showDesk(fake);
}

const silent = (count: number): OrderStory[] =>
  Array.from({ length: count }, (_, n) =>
    raisedOn(orderOf(`${LETTERS.charAt(n)}2A`, '14:00').dispatched('14:02', crewId(5)), 'contact', '14:45'),
  );
const soon = (count: number): OrderStory[] =>
  Array.from({ length: count }, (_, n) => raisedOn(orderOf(`${LETTERS.charAt(n)}3C`, '14:20'), 'soon', '14:46'));
const danger = (): OrderStory => raisedOn(orderOf('P4X', '14:00', { hazards: ['medical'] }), 'missed', '14:45');

describe('the alert panel in a flood', () => {
  test('has one place for a silent crew and one line for what comes due; what endangers a person stands alone on top', async () => {
    open([...silent(6), ...soon(7), danger()]);
    await expect.poll(cards).toBe(2);
    expect(document.querySelector('.alert-card')?.closest('.alert-group')).toBeNull();
    await expect.element(page.getByRole('button', { name: '抢修5班 没消息，同样的还有 5 条' })).toBeVisible();
    await expect.element(page.getByRole('button', { name: /快到时限 7 条/ })).toBeVisible();
    await page.getByRole('button', { name: /同样的还有 5 条/ }).click();
    await expect.poll(cards).toBe(7);
  });

  test('keys act on the worst of a group, and the next one takes its place', async () => {
    open([...silent(6), ...soon(7)]);
    await expect.poll(cards).toBe(1);
    await userEvent.keyboard('c');
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await expect.poll(() => fake.submitted.at(-1)?.draft.kind).toBe('alertAcknowledged');
    await expect.element(page.getByRole('button', { name: '抢修5班 没消息，同样的还有 4 条' })).toBeVisible();
  });

  test('few alerts stand one by one', async () => {
    open([...silent(3), ...soon(3)]);
    await expect.poll(cards).toBe(6);
    expect(document.querySelector('.alert-group')).toBeNull();
  });
});
