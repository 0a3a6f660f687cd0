import './base.css';
import { render } from 'preact';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';

import { ConfirmInPlace, type ConfirmInPlaceProps } from './confirm-in-place.tsx';

const root = document.documentElement;

afterEach(() => {
  render(null, document.body);
  for (const name of ['app', 'glove', 'theme']) delete root.dataset[name];
});

function show(phase: ConfirmInPlaceProps['phase'], changes: Partial<ConfirmInPlaceProps> = {}) {
  const taps = { first: vi.fn<() => void>(), confirm: vi.fn<() => void>(), harmless: vi.fn<() => void>() };
  render(
    <ConfirmInPlace
      phase={phase}
      first={{ label: 'Arrive', onTap: taps.first }}
      confirm={{ label: 'Confirm arrival', onTap: taps.confirm }}
      harmless={{ label: 'Not yet', onTap: taps.harmless }}
      fact="14:58:08"
      {...changes}
    >
      <p>14:58:08</p>
    </ConfirmInPlace>,
    document.body,
  );
  return taps;
}

const box = (name: string): DOMRect => page.getByRole('button', { name }).element().getBoundingClientRect();

/** As on a tablet: the component ends at the bottom of the screen. */
async function tablet(glove: 'standard' | 'thick'): Promise<void> {
  await page.viewport(800, 1280);
  root.dataset['app'] = 'crew';
  root.dataset['glove'] = glove;
  document.body.style.cssText = 'min-height:100vh;display:flex;flex-direction:column;justify-content:flex-end';
}

describe.each([
  ['standard', 160, 112],
  ['thick', 200, 140],
] as const)('%s glove', (glove, rise, height) => {
  test('the harmless answer lies where the first tap was and the confirming one stands higher', async () => {
    await tablet(glove);
    show('ready');
    const first = box('Arrive');
    show('asking');
    expect(box('Not yet')).toEqual(first);
    expect(first.height).toBe(height);
    expect(first.top - box('Confirm arrival').top).toBe(rise);
    expect(box('Confirm arrival').bottom).toBeLessThan(first.top);
  });
});

test('a second tap in the same place is harmless', async () => {
  await tablet('standard');
  const taps = show('ready');
  const { left, top, height } = box('Arrive');
  await userEvent.click(page.getByRole('button', { name: 'Arrive' }));
  expect(taps.first).toHaveBeenCalledOnce();
  const later = show('asking');
  const under = document.elementFromPoint(left + 20, top + height / 2);
  if (under instanceof HTMLElement) under.click();
  expect(later.harmless).toHaveBeenCalledOnce();
  expect(later.confirm).not.toHaveBeenCalled();
});

test('the focus stays in the place of the first tap, so a repeated Enter answers "not yet"', async () => {
  await tablet('standard');
  show('ready');
  await userEvent.tab();
  expect(document.activeElement?.textContent).toBe('Arrive');
  const taps = show('asking');
  await userEvent.keyboard('{Enter}');
  expect(taps.harmless).toHaveBeenCalledOnce();
  expect(taps.confirm).not.toHaveBeenCalled();
});

test('what is done keeps the place and takes no touch', async () => {
  await tablet('standard');
  show('ready');
  const first = box('Arrive');
  show('done');
  const fact = page.getByRole('status').element();
  expect(fact.getBoundingClientRect()).toEqual(first);
  expect(document.elementFromPoint(first.left + 20, first.top + 20)).not.toBe(fact);
  expect(document.querySelectorAll('button').length).toBe(0);
});

test('a first tap that cannot be made says why and does nothing', async () => {
  await tablet('standard');
  const onTap = vi.fn<() => void>();
  show('ready', { first: { label: 'Restore', onTap, whyNot: 'Arrive first' } });
  const button = page.getByRole('button', { name: 'Restore' });
  await expect.element(button).toHaveAccessibleDescription('Arrive first');
  button.element().dispatchEvent(new MouseEvent('click', { bubbles: true }));
  expect(onTap).not.toHaveBeenCalled();
});
