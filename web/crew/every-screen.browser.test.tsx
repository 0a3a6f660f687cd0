import axe from 'axe-core';
import { afterEach, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';

import { showCrew } from '../../test/crew/crew-page.tsx';
import { createFakeClient } from '../../test/crew/fake-client.ts';
import { aNight, NIGHT } from '../../test/crew/orders.ts';
import { scenes } from '../../test/preview/scenes.ts';

/** What holds on every screen, whatever it is for. A new scene of the preview is held to it without being named here. */
const names = Object.keys(scenes);
const TABLET = { width: 800, height: 1280 };
const WIDE = { width: 1024, height: 768 };
const PHONE = { width: 390, height: 844 };

let shown: ReturnType<typeof showCrew> | undefined;
afterEach(() => shown?.close());

type Look = Parameters<typeof showCrew>[1] & { readonly size?: typeof TABLET };

async function show(name: string, { size = TABLET, ...look }: Look = {}): Promise<void> {
  const scene = scenes[name];
  if (!scene) throw new Error(`no scene ${name}`);
  await page.viewport(size.width, size.height);
  const fake = createFakeClient({ now: NIGHT, orders: aNight() });
  scene.prepare?.(fake);
  const drafts = new Map(Object.entries(scene.drafts ?? {}).map(([key, filled]) => [key, JSON.stringify(filled)]));
  shown = showCrew(fake, {
    place: scene.place,
    drafts,
    pin: scene.pin,
    pins: scene.pins,
    wide: size === WIDE,
    ...look,
  });
  for (let second = 1; scene.driving && !document.querySelector('.is-driving'); second += 1) {
    await new Promise(requestAnimationFrame);
    fake.here.value = { lat: 25, lon: 121, acc: 5, at: NIGHT + second * 1_000, speed: 12 };
  }
  await expect.element(page.getByRole('main')).not.toBeEmptyDOMElement();
  // What follows a page's first paint stands too: twice, for what is inside of it.
  for (let paint = 0; paint < 3; paint += 1) await afterItsPaint();
}

const afterItsPaint = (): Promise<void> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
  });

describe.each(names)('%s', (name) => {
  // Colours do not depend on words, nor words on colours: `npm run screens -- --all` does every pair.
  test.each([
    ['light', 'zh'],
    ['night', 'en'],
    ['sun', 'zh'],
  ] as const)('is readable and reachable for everybody, by %s in %s', async (theme, lang) => {
    await show(name, { theme, lang });
    const { violations } = await axe.run(document.body, { rules: { region: { enabled: false } } });
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
  });

  test.each([
    ['upright', TABLET, 'zh', 112],
    ['wide', WIDE, 'zh', 112],
    ['on a phone', PHONE, 'zh', 96],
    ['upright in English', TABLET, 'en', 112],
    ['on a phone in English', PHONE, 'en', 96],
  ] as const)('%s: targets are for gloves, nothing is cut off at the side', async (_, size, lang, main) => {
    await show(name, { size, lang });
    expect(tooSmall(main)).toEqual([]);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(size.width);
    expect(cutOff()).toEqual([]);
  });

  test('with one hand everything to tap begins below the upper third', async () => {
    await show(name, { reach: 'one' });
    const top = [
      ...document.querySelectorAll<HTMLElement>('.page button, .page a, .page label, .rail button, .tabs button'),
    ]
      .filter(isShown)
      .filter((target) => centre(target) < TABLET.height / 3);
    const excused = document.querySelector('.is-driving, .frame.is-enrol, .not-saved') !== null;
    expect(excused ? [] : top.map((target) => target.outerHTML)).toEqual([]);
  });
});

test('left-handed, the step lies at the left edge', async () => {
  await show('today', { reach: 'one', hand: 'left' });
  expect(page.getByRole('button', { name: '到达现场' }).element().getBoundingClientRect().left).toBeLessThan(32);
  shown?.close();
  await show('today', { reach: 'one' });
  const right = page.getByRole('button', { name: '到达现场' }).element().getBoundingClientRect().right;
  expect(right).toBeGreaterThan(TABLET.width - 32);
});

const isShown = (target: HTMLElement): boolean => target.getClientRects().length > 0;
const centre = (target: Element): number => {
  const { top, height } = target.getBoundingClientRect();
  return top + height / 2;
};

/** The strip is a line to read; what it opens has a tab of its own. */
function tooSmall(main: number): string[] {
  const targets = [
    ...document.querySelectorAll<HTMLElement>(
      'button, a, .segment, .tick, select, input:not([type=radio], [type=checkbox]), textarea',
    ),
  ];
  return targets
    .filter((target) => isShown(target) && !target.closest('.strip'))
    .flatMap((target) => {
      const { width, height } = target.getBoundingClientRect();
      const least = target.classList.contains('action-button') ? main : 72;
      const enough = height >= least - 0.5 && width >= 72 - 0.5;
      return enough ? [] : [`${Math.round(width)} × ${Math.round(height)}: ${target.outerHTML}`];
    });
}

/** Words wider than their box: they would be lost or lie over a neighbour. */
function cutOff(): string[] {
  return [...document.querySelectorAll<HTMLElement>('button, a, li, .segment, .label, h1, p')]
    .filter(
      (box) => isShown(box) && box.scrollWidth > box.clientWidth + 1 && getComputedStyle(box).display !== 'inline',
    )
    .filter((box) => !box.closest('.step-order, .visually-hidden') && !box.classList.contains('visually-hidden'))
    .map((box) => `${box.scrollWidth} > ${box.clientWidth}: ${box.outerHTML}`);
}
