import './base.css';
import { render } from 'preact';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';

import { ActionButton } from './action-button.tsx';
import { Drawer } from './drawer.tsx';
import { Field } from './field.tsx';
import { QuietButton } from './quiet-button.tsx';
import { SegmentedChoice } from './segmented-choice.tsx';
import { TimeLabel } from './time-label.tsx';

const root = document.documentElement;
const nothing = (): void => undefined;

afterEach(() => {
  render(null, document.body);
  delete root.dataset['app'];
});

describe.each([
  ['action', ActionButton],
  ['quiet', QuietButton],
] as const)('%s button', (_name, Button) => {
  test('without action it can be reached, tells its reason below itself and ignores taps', async () => {
    const onTap = vi.fn<() => void>();
    render(<Button label="Restored" onTap={onTap} whyNot="Arrive first" />, document.body);
    const button = page.getByRole('button', { name: 'Restored' });
    await expect.element(button).toHaveAccessibleDescription('Arrive first');
    await expect.element(button).toHaveAttribute('aria-disabled', 'true');
    const reason = page.getByText('Arrive first').element().getBoundingClientRect();
    expect(reason.top).toBeGreaterThanOrEqual(button.element().getBoundingClientRect().bottom);
    await userEvent.tab();
    expect(document.activeElement).toBe(button.element());
    await userEvent.keyboard('{Enter} ');
    expect(onTap).not.toHaveBeenCalled();
  });

  test('with action it acts by tap and by key', async () => {
    const onTap = vi.fn<() => void>();
    render(<Button label="Restored" onTap={onTap} />, document.body);
    await userEvent.click(page.getByRole('button', { name: 'Restored' }));
    await userEvent.keyboard('{Enter}');
    expect(onTap).toHaveBeenCalledTimes(2);
  });
});

test.each([
  ['crew', 800, 112, 72],
  ['crew', 390, 96, 72],
  ['desk', 1440, 36, 32],
])('on the %s, %d px wide, the main button is %d px high and others %d', async (app, width, main, second) => {
  await page.viewport(width, 900);
  root.dataset['app'] = app;
  render(
    <>
      <ActionButton label="Main" onTap={nothing} />
      <QuietButton label="Other" onTap={nothing} />
    </>,
    document.body,
  );
  const height = (name: string): number => page.getByRole('button', { name }).element().getBoundingClientRect().height;
  expect([height('Main'), height('Other')]).toEqual([main, second]);
});

test('the focus ring is ink with paper around it', async () => {
  root.dataset['app'] = 'crew';
  render(<ActionButton label="Main" onTap={nothing} />, document.body);
  await userEvent.tab();
  const style = getComputedStyle(page.getByRole('button', { name: 'Main' }).element());
  expect([style.outlineWidth, style.outlineStyle, style.outlineColor]).toEqual(['3px', 'solid', 'rgb(20, 24, 27)']);
  expect(style.boxShadow).toContain('rgb(238, 240, 241)');
});

describe('drawer', () => {
  const drawer = (onClose: () => void) => (
    <Drawer title="A7K-2" closeLabel="Close" onClose={onClose}>
      <Field label="Note" name="note" value="" onInput={nothing} />
    </Drawer>
  );
  const show = (open: boolean, onClose: () => void = nothing): void =>
    render(
      <>
        <button type="button">Row</button>
        {open && drawer(onClose)}
      </>,
      document.body,
    );

  test('takes the focus, closes by Esc inside it, and gives the focus back', async () => {
    show(false);
    await userEvent.tab();
    const onClose = vi.fn<() => void>(() => show(false));
    show(true, onClose);
    await vi.waitFor(() => expect(document.activeElement).toBe(page.getByRole('region', { name: 'A7K-2' }).element()));
    await userEvent.keyboard('{Escape}');
    expect(onClose).toHaveBeenCalledOnce();
    await vi.waitFor(() => expect(document.activeElement?.textContent).toBe('Row'));
  });

  test('blocks nothing: what lies beside it stays usable, and Esc there is not its business', async () => {
    const onClose = vi.fn<() => void>();
    show(true, onClose);
    const row = page.getByRole('button', { name: 'Row' });
    await userEvent.click(row);
    await userEvent.keyboard('{Escape}');
    expect(onClose).not.toHaveBeenCalled();
  });

  test('Esc while an input method composes does not close it', async () => {
    const onClose = vi.fn<() => void>();
    show(true, onClose);
    const input = page.getByRole('textbox', { name: 'Note' }).element();
    await vi.waitFor(() => expect(document.activeElement).not.toBe(document.body));
    input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', isComposing: true, bubbles: true }));
    expect(onClose).not.toHaveBeenCalled();
    input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    expect(onClose).toHaveBeenCalledOnce();
  });
});

test('a field tells what is wrong and keeps what was typed', async () => {
  const onInput = vi.fn<(value: string) => void>();
  render(
    <Field label="Code" name="code" value="A7" onInput={onInput} hint="8 letters" error="Too short" />,
    document.body,
  );
  const input = page.getByRole('textbox', { name: 'Code' });
  await expect.element(input).toHaveAccessibleDescription('8 letters Too short');
  await expect.element(input).toHaveAttribute('aria-invalid', 'true');
  await userEvent.type(input, 'K');
  expect(onInput).toHaveBeenLastCalledWith('A7K');
});

test('nothing is chosen for anybody, and one choice is made by one tap on its whole area', async () => {
  const onChoose = vi.fn<(value: string) => void>();
  const options = [
    { value: 'all', label: 'All' },
    { value: 'part', label: 'Part' },
  ] as const;
  render(<SegmentedChoice label="Restored" options={options} value={undefined} onChoose={onChoose} />, document.body);
  expect(document.querySelectorAll('input:checked').length).toBe(0);
  await userEvent.click(page.getByText('Part'));
  expect(onChoose).toHaveBeenCalledWith('part');
});

test('a time tells why it is as sure as it is when tapped, and not before', async () => {
  root.dataset['app'] = 'crew';
  render(<TimeLabel label="14:21, clock unsure (± 40 min)" why="It was set back meanwhile" unsure />, document.body);
  const label = page.getByRole('button', { name: '14:21, clock unsure (± 40 min)' });
  expect(page.getByText('It was set back meanwhile').elements()).toHaveLength(0);
  await label.click();
  await expect.element(page.getByText('It was set back meanwhile')).toBeVisible();
  await expect.element(label).toHaveAttribute('aria-expanded', 'true');
  expect(label.element().getBoundingClientRect().height).toBeGreaterThanOrEqual(44);
});
