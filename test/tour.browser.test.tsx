import axe from 'axe-core';
import { afterEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';

import { deskGuide } from '../web/text/desk-guide-text.ts';
import { tourWords } from '../web/text/tour-text.ts';
import { at } from './builders.ts';
import { showCrew } from './crew/crew-page.tsx';
import { createFakeClient } from './crew/fake-client.ts';
import { aNight, NIGHT } from './crew/orders.ts';
import { showDesk } from './desk/desk-page.tsx';
import { createFakeDesk } from './desk/fake-desk.ts';

let close = (): void => undefined;
afterEach(() => close());

const LANGS = ['zh', 'en'] as const;
const card = () => page.getByRole('region', { name: /^(导览|Tour)$/ });
const button = (name: string) => page.getByRole('button', { name, exact: true });

async function openDesk(lang: 'zh' | 'en', theme: 'light' | 'night' = 'light', tour: 'offered' | null = 'offered') {
  await page.viewport(1440, 900);
  const shown = showDesk(createFakeDesk({ now: at('14:55'), orders: [] }), { lang, theme, ...(tour ? { tour } : {}) });
  close = () => shown.close();
  return shown;
}

async function openCrew(lang: 'zh' | 'en', size: readonly [number, number]) {
  await page.viewport(...size);
  const shown = showCrew(createFakeClient({ now: NIGHT, orders: aNight() }), { lang, tour: 'offered' });
  close = () => shown.close();
  await expect.element(card()).toBeVisible();
  return shown;
}

/** What the step points at, as its ring shows it, and the card do not lie over each other. */
function isBeside(): boolean {
  const ring = document.querySelector('.tour-ring')?.getBoundingClientRect();
  const told = document.querySelector('.tour')?.getBoundingClientRect();
  if (!ring || !told) return false;
  return told.right <= ring.left || told.left >= ring.right || told.bottom <= ring.top || told.top >= ring.bottom;
}

const heading = (): string => document.querySelector('.tour h2')?.textContent ?? '';

const isInside = (): boolean => {
  const told = document.querySelector('.tour')?.getBoundingClientRect();
  if (!told) return false;
  return told.left >= 0 && told.top >= 0 && told.right <= window.innerWidth && told.bottom <= window.innerHeight;
};

describe.each(LANGS)('the tour of the desk in %s', (lang) => {
  const words = tourWords('desk', lang);

  test('five steps, each beside what it explains, and then it is remembered as seen', async () => {
    const { preferences } = await openDesk(lang);
    await button(words.start).click();
    for (const { title } of words.steps) {
      await expect.poll(heading).toContain(title);
      await expect.poll(isBeside).toBe(true);
      expect(isInside()).toBe(true);
      await userEvent.keyboard('{ArrowRight}');
    }
    await expect.element(card()).not.toBeInTheDocument();
    expect(preferences.tour?.value).toBe('seen');
  });

  test.each(['light', 'night'] as const)('is readable for everybody, by %s', async (theme) => {
    await openDesk(lang, theme);
    await button(words.start).click();
    const { violations } = await axe.run('.tour');
    expect(violations.map(({ id }) => id)).toEqual([]);
  });
});

test('the offer takes no key away from the desk; no thanks is kept', async () => {
  const { preferences } = await openDesk('zh');
  await expect.element(card()).toBeVisible();
  await userEvent.keyboard('n');
  await expect.element(page.getByRole('heading', { name: /受理/ })).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await button('不看了').click();
  expect(preferences.tour?.value).toBe('seen');
  await expect.element(card()).not.toBeInTheDocument();
});

test('outside a demonstration there is no tour', async () => {
  await openDesk('zh', 'light', null);
  await expect.element(page.getByRole('heading', { name: '指挥台' })).toBeVisible();
  await expect.element(card()).not.toBeInTheDocument();
});

describe.each(LANGS)('the tour of the tablet in %s', (lang) => {
  const words = tourWords('crew', lang);

  test.each([
    ['tablet', [800, 1280]],
    ['phone', [390, 844]],
  ] as const)('on a %s: five steps beside what they explain, targets for gloves', async (_, size) => {
    const { choices } = await openCrew(lang, size);
    await button(words.start).click();
    for (const { title } of words.steps) {
      await expect.poll(heading).toContain(title);
      await expect.poll(isBeside).toBe(true);
      expect(isInside()).toBe(true);
      const heights = [...document.querySelectorAll('.tour button')].map((one) => one.getBoundingClientRect().height);
      expect(Math.min(...heights)).toBeGreaterThanOrEqual(72);
      await userEvent.keyboard('{ArrowRight}');
    }
    expect(choices.tour?.value).toBe('seen');
  });
});

describe.each(LANGS)('the guide of the desk in %s', (lang) => {
  test.each(['light', 'night'] as const)(
    'opens from the key card and is readable for everybody, by %s',
    async (theme) => {
      await openDesk(lang, theme, null);
      await userEvent.keyboard('?');
      await button(lang === 'zh' ? '指南' : 'Guide').click();
      for (const { title } of deskGuide(lang))
        await expect.element(page.getByRole('heading', { name: title })).toBeInTheDocument();
      const { violations } = await axe.run('.desk-guide');
      expect(violations.map(({ id }) => id)).toEqual([]);
      await userEvent.keyboard('{Escape}');
      await expect
        .element(page.getByRole('heading', { name: deskGuide(lang)[0]?.title ?? '' }))
        .not.toBeInTheDocument();
    },
  );
});

test('guide and tours say the same in both languages, step by step', () => {
  const shape = (lang: 'zh' | 'en') => deskGuide(lang).map(({ lines }) => lines.length);
  expect(shape('en')).toEqual(shape('zh'));
  for (const app of ['desk', 'crew'] as const)
    for (const lang of LANGS) expect(tourWords(app, lang).steps).toHaveLength(5);
});
