import type { Page } from './browser.ts';

const WAIT = 15_000;

export type DeskKeyboard = ReturnType<typeof deskKeyboard>;

/** A desk with nothing but a keyboard. `folder`: where files to be chosen lie. */
export function deskKeyboard(page: Page, folder: string) {
  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const type = (text: string): Promise<void> => page.keyboard.insertText(text);
  const sees = (text: string | RegExp): Promise<void> =>
    page.getByText(text).first().waitFor({ state: 'visible', timeout: WAIT });
  const answers = async (text: string | RegExp): Promise<void> => {
    const line = page.locator('.order-answer', { hasText: text });
    await line.waitFor({ state: 'visible', timeout: WAIT });
  };
  const focusIs = (selector: string): Promise<unknown> =>
    page.waitForFunction((wanted) => document.activeElement?.matches(wanted) === true, selector, { timeout: WAIT });
  /** What stands first in the palette for these words, done. */
  const go = async (words: string): Promise<void> => {
    await press('Control+k');
    await focusIs('.palette-typed');
    await type(words);
    const first = words.split(' ')[0] ?? '';
    await page.locator('.palette-item[aria-selected=true]', { hasText: first }).waitFor({ timeout: WAIT });
    await press('Enter');
  };
  /** Of the choices the focus is in, the one of this name. */
  const choose = async (name: string): Promise<void> => {
    await focusIs('input[type=radio]');
    for (let at = 0; at < 12; at += 1) {
      const label = await page.evaluate(() => document.activeElement?.closest('label')?.textContent?.trim());
      if (label === name) return;
      await press('ArrowRight');
    }
    throw new Error(`nothing called ${name} is to be chosen`);
  };
  /** Goes on with Tab until the control of this name has the focus. */
  const tabTo = async (name: RegExp): Promise<void> => {
    for (let at = 0; at < 60; at += 1) {
      const label = await page.evaluate(() => {
        const here = document.activeElement;
        const labels = here instanceof HTMLInputElement || here instanceof HTMLSelectElement ? here.labels : null;
        return `${labels?.[0]?.textContent ?? ''} ${here?.textContent ?? ''}`;
      });
      if (name.test(label)) return;
      await press('Tab');
    }
    throw new Error(`no control ${String(name)} was reached by Tab`);
  };
  const report = async (address: string): Promise<void> => {
    await press('n');
    await focusIs('input[name=address]');
    await type(address);
    await press('Control+Enter');
    await page.locator('.intake-taken').waitFor({ timeout: WAIT });
    await press('Escape');
    await page.locator('.intake-taken').waitFor({ state: 'detached', timeout: WAIT });
  };
  const reason = async (text: string): Promise<void> => {
    await tabTo(/^原因/);
    await type(text);
    await press('Control+Enter');
  };

  return { page, folder, press, type, sees, answers, focusIs, go, choose, tabTo, report, reason };
}
