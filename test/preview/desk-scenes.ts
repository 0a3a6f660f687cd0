import type { Page } from 'playwright-core';

/** A screen of the desk: what the invented storm is asked for, and what a person does there first. */
export type DeskScene = { readonly query?: string; play?(page: Page): Promise<void> };

export const deskScenes: Readonly<Record<string, DeskScene>> = {
  board: {},
  signIn: { query: 'scene=signIn' },
  empty: { query: 'scene=empty' },
  lost: { query: 'scene=lost' },
  many: { query: 'orders=3000' },
  trace: {
    async play(page) {
      await page.locator('#find').fill('D3Q');
      await page.locator('#row-D3Q-1').click();
      await page.locator('.trace-head').nth(3).click();
    },
  },
  order: { play: (page) => page.locator('#row-P4X-1').click() },
  dispatch: {
    async play(page) {
      await page.locator('#row-E2N-1').click();
      await page.keyboard.press('d');
    },
  },
  radio: {
    async play(page) {
      await page.locator('#row-N3M-1').click();
      await page.keyboard.press('r');
    },
  },
  intake: { play: (page) => page.keyboard.press('n') },
  search: { play: (page) => page.keyboard.press('/') },
  keys: { play: (page) => page.keyboard.press('?') },
  palette: {
    async play(page) {
      await page.keyboard.press('Control+k');
      await page.locator('.palette input').waitFor();
    },
  },
  admin: { play: (page) => openPage(page, 'g') },
  import: { play: (page) => openPage(page, 'i') },
  away: {
    async play(page) {
      await page.locator('#row-E2N-1').click();
      await page.keyboard.press('Escape');
      await page.locator('.alert-name').nth(0).click();
    },
  },
  reports: {
    async play(page) {
      await page.keyboard.press('b');
      await page.locator('.figures').waitFor();
    },
  },
  reportsByCrew: {
    async play(page) {
      await page.keyboard.press('b');
      await page.locator('.figures').waitFor();
      await page.locator('.filter-choice').nth(1).locator('button').nth(3).click();
      await page.locator('.figures th[scope=row]').nth(3).waitFor();
      await page.locator('.verdict-bar').nth(2).hover();
    },
  },
  reportsLong: { query: 'reports=long', play: (page) => page.keyboard.press('b') },
  reportsNone: {
    query: 'reports=none',
    async play(page) {
      await page.keyboard.press('b');
      await page.locator('.banner').waitFor();
    },
  },
  shelve: {
    async play(page) {
      await page.locator('.alert-name').nth(2).click();
      await page.keyboard.press('z');
    },
  },
};

async function openPage(page: Page, key: string): Promise<void> {
  await page.keyboard.press(key);
  await page.locator('.desk-page').first().waitFor();
}
