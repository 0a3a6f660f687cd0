import type { Page } from 'playwright-core';

import { STATE_GRID } from '#shared/sla/packs/state-grid.ts';

import { streetsFile } from './streets.ts';

/**
 * A screen of the desk: what the invented storm is asked for, and what a person does there first. `real`: nothing is
 * invented, it is the demonstration itself on a disk with so many bytes left.
 */
export type DeskScene = { readonly query?: string; readonly real?: number; play?(page: Page): Promise<void> };

export const deskScenes: Readonly<Record<string, DeskScene>> = {
  board: {},
  signIn: { query: 'scene=signIn' },
  empty: { query: 'scene=empty' },
  lost: { query: 'scene=lost' },
  many: { query: 'orders=3000' },
  flood: { query: 'orders=160&oldest=52' },
  trace: {
    async play(page) {
      await page.locator('#find').fill('D3Q');
      await page.locator('#row-D3Q-1').click();
      await page.locator('.trace-head').nth(3).click();
    },
  },
  ...(streetsFile() === undefined
    ? {}
    : { streets: { query: 'map=streets', play: (page: Page) => paintedStreets(page) } }),
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
  callers: {
    async play(page) {
      await page.keyboard.press('n');
      await page.locator('input[name=address]:focus').waitFor();
      await page.keyboard.insertText('育才路');
      await page.locator('.suggest-option').first().waitFor();
      await page.keyboard.press('ArrowDown');
    },
  },
  callerChosen: {
    async play(page) {
      await page.keyboard.press('n');
      await page.locator('input[name=customer-phone]').fill('0716-8810');
      await page.locator('input[name=address]').focus();
      await page.keyboard.insertText('育才路');
      await page.locator('.suggest-option').first().waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.locator('.caller-filled').waitFor();
    },
  },
  search: { play: (page) => page.keyboard.press('/') },
  keys: { play: (page) => page.keyboard.press('?') },
  palette: {
    async play(page) {
      await page.keyboard.press('Control+k');
      await page.locator('.palette input').waitFor();
    },
  },
  guide: {
    async play(page) {
      await page.keyboard.press('?');
      await page.locator('.key-card button').first().click();
    },
  },
  claimed: {
    async play(page) {
      for (let claimed = 0; claimed < 3; claimed += 1) {
        await page.keyboard.press('c');
        await page.locator('.alert-card form input:focus').waitFor();
        await page.keyboard.press('Control+Enter');
        await page.locator('.alert-card form').waitFor({ state: 'detached' });
      }
    },
  },
  erase: {
    query: 'as=leader',
    async play(page) {
      await openErasing(page);
      await page.locator('select[name=erase-why]').selectOption('asked');
    },
  },
  eraseSure: {
    query: 'as=leader',
    async play(page) {
      await openErasing(page);
      await page.locator('select[name=erase-what]').selectOption({ index: 1 });
      await page.locator('select[name=erase-why]').selectOption('ordered');
      await page.keyboard.press('Control+Enter');
      await page.locator('.erase-texts [role=alert]').waitFor();
    },
  },
  diskShort: { real: 430 * 1024 * 1024, play: (page) => page.locator('.clock-jump-bar').waitFor() },
  renamed: {
    async play(page) {
      await page.locator('#row-N3M-1').click();
      await page.locator('.tablet-line').first().scrollIntoViewIfNeeded();
    },
  },
  etr: {
    async play(page) {
      await page.locator('#row-P4X-1').click();
      await page.keyboard.press('t');
    },
  },
  contact: {
    async play(page) {
      await page.locator('#row-P4X-1').click();
      await page.keyboard.press('e');
    },
  },
  merge: {
    async play(page) {
      await page.locator('#row-E2N-1').click();
      await page.keyboard.press('w');
    },
  },
  admin: { query: 'as=admin', play: (page) => openPage(page, 'g') },
  adminCrews: {
    query: 'as=admin',
    async play(page) {
      await openPart(page, 'g', 1);
      await page.locator('tbody tr').nth(1).locator('button').nth(1).click();
      await page.locator('select[name=move-to]').selectOption({ index: 1 });
    },
  },
  adminPeople: { query: 'as=admin', play: (page) => openPart(page, 'g', 2) },
  adminUnits: {
    query: 'as=admin',
    async play(page) {
      await openPart(page, 'g', 3);
      await page.locator('tbody tr').nth(1).locator('button').first().click();
    },
  },
  adminRules: {
    query: 'as=admin',
    async play(page) {
      await openPart(page, 'g', 4);
      await page.locator('textarea[name=pack]').fill(JSON.stringify(STRICTER, null, 2));
    },
  },
  import: { play: (page) => openPage(page, 'i') },
  importChecked: {
    async play(page) {
      await openPage(page, 'i');
      await page.setInputFiles('input[type=file]', listFile('orders.csv'));
      await page.locator('.import-preview').waitFor();
      await page.locator('.form-actions .quiet-button').click();
      await page.locator('.import-refused').waitFor();
    },
  },
  reference: {
    query: 'as=admin',
    async play(page) {
      await openPart(page, 'i', 1);
      await page.setInputFiles('input[type=file]', listFile('TAIPEI_tr_feeder.csv'));
      await page.locator('.import-preview').waitFor();
      await page.locator('.form-actions .quiet-button').click();
      await page.locator('.import-refused').waitFor();
    },
  },
  customers: {
    query: 'as=admin',
    async play(page) {
      await openPart(page, 'i', 2);
      await page.setInputFiles('input[type=file]', listFile('customers.csv'));
      await page.locator('.import-preview').waitFor();
      await page.locator('.form-actions .quiet-button').click();
      await page.locator('.import-refused').waitFor();
    },
  },
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

/** Limits that somebody would like: orders are escalated sooner. */
const STRICTER = {
  ...STATE_GRID,
  rules: STATE_GRID.rules.map((rule) =>
    rule.id === 'arrival' ? { ...rule, name: { ...rule.name, zh: '到场' } } : rule,
  ),
};

const listFile = (name: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from('-') });

/** At the end of an order with words and a customer in it. */
async function openErasing(page: Page): Promise<void> {
  await page.locator('#find').fill('D3Q');
  await page.locator('#row-D3Q-1').click();
  await page.locator('#find').fill('');
  await page.locator('.erase-texts button').click();
  await page.locator('select[name=erase-why]').scrollIntoViewIfNeeded();
}

/** One part of a page, by its place among them. */
async function openPart(page: Page, key: string, part: number): Promise<void> {
  await openPage(page, key);
  await page.locator('.page-parts .segment').nth(part).click();
}

async function openPage(page: Page, key: string): Promise<void> {
  await page.keyboard.press(key);
  await page.locator('.desk-page').first().waitFor();
}

/** Tiles are painted in a worker: the picture waits until the last of them is there. */
async function paintedStreets(page: Page): Promise<void> {
  await page.locator('.leaflet-tile-loaded, .leaflet-tile-container canvas').first().waitFor();
  await page.waitForFunction(
    () =>
      document.querySelectorAll('.leaflet-tile').length === document.querySelectorAll('.leaflet-tile-loaded').length,
  );
}
