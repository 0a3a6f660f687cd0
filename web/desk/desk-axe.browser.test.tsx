import axe from 'axe-core';
import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';

import { showDesk } from '../../test/desk/desk-page.tsx';
import { createFakeDesk } from '../../test/desk/fake-desk.ts';
import { STORM_NOW, stormLive, stormNight } from '../../test/desk/storm-night.ts';

let shown: ReturnType<typeof showDesk> | null = null;

afterEach(() => {
  shown?.close();
  shown = null;
});

/** What is opened by which keys, from the board with an order chosen. */
const OPENED: readonly (readonly [what: string, keys: string, place: string])[] = [
  ['the board', '', '.order-row'],
  ['an order', '{Enter}', '.particulars'],
  ['the picker', 'd', '.crew-choice'],
  ['a radio report', 'r', '.order-form .segmented'],
  ['an urge', 'u', '.order-form .segmented'],
  ['the time customers are told', 't', '.order-form input'],
  ['a call to the customer', 'e', '.order-form .segmented'],
  ['a merge', 'w', '.order-form'],
  ['a claim', 'c', '.alert-card form'],
  ['intake', 'n', '.intake-form, .drawer form'],
  ['search', '/', 'input[type=search]'],
  ['the key card', '{Shift>}?{/Shift}', '.key-card'],
];

test.each([
  ['zh', 'light'],
  ['en', 'night'],
] as const)(
  'nothing of the desk is beyond a screen reader, %s, %s',
  async (lang, theme) => {
    // Wide enough that the order stands beside the list.
    await page.viewport(1920, 1080);
    const fake = createFakeDesk({ now: STORM_NOW, orders: stormNight(30), live: stormLive(8) });
    shown = showDesk(fake, { lang, theme });
    await page.getByRole('option', { name: /N3M-1/ }).click();
    const found: string[] = [];
    for (const [what, keys, place] of OPENED) {
      for (let open = 0; open < 4; open += 1) await userEvent.keyboard('{Escape}');
      document.querySelector<HTMLElement>('#order-list')?.focus();
      if (keys !== '') await userEvent.keyboard(keys);
      await expect.poll(() => document.querySelector(place), { message: what }).not.toBeNull();
      await expect.poll(() => document.getAnimations().some(({ playState }) => playState === 'running')).toBe(false);
      const { violations } = await axe.run(document.body);
      found.push(...violations.map(({ id, nodes }) => `${what}: ${id} ${nodes[0]?.html.slice(0, 160)}`));
    }
    expect(found).toEqual([]);
  },
  60_000,
);
