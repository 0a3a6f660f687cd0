import { expect } from 'vitest';

import type { DeskKeyboard } from './desk-keyboard.ts';

const WAIT = 15_000;

/** The login that is there from the start, 王管理. */
export const PASSWORD = '夜班的长密码-714';

/** What somebody at a desk does, and the keys that do it. */
export type DeskTask = readonly [task: string, by: (k: DeskKeyboard) => Promise<void>];

/** With orders, from the first call to the last word. */
export const ORDER_TASKS: readonly DeskTask[] = [
  [
    'sign in',
    async (k) => {
      await k.page.getByLabel('姓名').waitFor();
      await k.tabTo(/^姓名/);
      await k.type('王管理');
      await k.press('Tab');
      await k.type(PASSWORD);
      await k.press('Enter');
      await k.page.locator('#order-list').waitFor({ timeout: WAIT });
    },
  ],
  [
    'see which key does what',
    async (k) => {
      await k.press('?');
      await k.sees('组字中一律不触发');
      await k.press('Escape');
    },
  ],
  ['take a report', (k) => k.report('育才路6号')],
  [
    'take a report with a danger and a place in the country',
    async (k) => {
      await k.press('n');
      await k.focusIs('input[name=address]');
      await k.type('北桥村3组');
      await k.tabTo(/^城区/);
      await k.press('ArrowRight');
      await k.tabTo(/居家医疗/);
      await k.press('Space', 'Control+Enter');
      await k.page.locator('.intake-taken').waitFor({ timeout: WAIT });
      await k.press('Escape');
    },
  ],
  [
    'recognise a second call about the same trouble and note it there',
    async (k) => {
      await k.press('n');
      await k.focusIs('input[name=address]');
      await k.type('育才路6号');
      await k.sees('同地址');
      await k.tabTo(/^\s*接着那张单/);
      await k.press('Enter');
      await k.answers('已记');
      await k.press('Escape');
    },
  ],
  [
    'make a report of its own and merge it at once',
    async (k) => {
      await k.press('n');
      await k.focusIs('input[name=address]');
      await k.type('北桥村3组');
      await k.sees('同地址');
      await k.press('Control+m');
      await k.page.locator('.intake-taken').waitFor({ timeout: WAIT });
      await k.press('Escape');
    },
  ],
  [
    'find an order in the list',
    async (k) => {
      await k.press('f');
      await k.focusIs('#find');
      await k.type('育才');
      await expect.poll(() => k.page.locator('.row-id').count()).toBe(1);
      await k.press('Control+a', 'Backspace', 'Escape');
      await k.go('去工单');
      await k.focusIs('#order-list');
    },
  ],
  [
    'walk the list and open an order',
    async (k) => {
      await k.press('j', 'Enter');
      await k.page.locator('.drawer').waitFor({ timeout: WAIT });
      await k.press('Escape');
    },
  ],
  [
    'look into an order without leaving the list',
    async (k) => {
      await k.go('去工单');
      await k.press('j', 'Space');
      await k.page.locator('.drawer').waitFor({ timeout: WAIT });
      await k.press('Escape');
    },
  ],
  [
    'filter by what is not dispatched, and show all again',
    async (k) => {
      await k.press('5');
      await expect.poll(() => k.page.locator('.row-id').count()).toBe(6);
      await k.press('0');
    },
  ],
  [
    'dispatch to the crew that stands first',
    async (k) => {
      await k.go('打开 育才路6号');
      await k.press('d');
      await k.focusIs('input[name=crew]');
      await k.sees('说不准');
      await k.press('Enter');
      await k.answers('已派');
    },
  ],
  [
    'give the order to another crew, with a reason',
    async (k) => {
      await k.press('d');
      await k.tabTo(/^原因/);
      await k.type('2班更近');
      await k.press('Tab');
      await k.type('班');
      await k.press('ArrowDown', 'Enter');
      await k.answers('改派');
    },
  ],
  [
    'urge',
    async (k) => {
      await k.press('u');
      await k.focusIs('input[type=radio]');
      await k.press('ArrowRight', 'Control+Enter');
      await k.answers('已催');
    },
  ],
  [
    'write down what a crew says over the radio: arrived',
    async (k) => {
      await k.press('r');
      await k.choose('到达');
      await k.tabTo(/^几点/);
      await k.type(new Date().toTimeString().slice(0, 5));
      await k.press('Control+Enter');
      await k.answers(/到达/);
    },
  ],
  [
    'write down that power is back',
    async (k) => {
      await k.go('代报 育才');
      await k.choose('复电');
      await k.tabTo(/^几点/);
      await k.type(new Date().toTimeString().slice(0, 5));
      await k.press('Control+Enter');
      await k.answers(/复电/);
    },
  ],
  [
    'note something',
    async (k) => {
      await k.go('备注 育才');
      await k.focusIs('textarea');
      await k.type('客户已通知');
      await k.press('Control+Enter');
      await k.answers('已记');
    },
  ],
  [
    'close an order with its outcome',
    async (k) => {
      await k.go('办结 育才');
      await k.focusIs('input[type=radio]');
      await k.press('Space', 'Control+Enter');
      await k.answers('办结');
    },
  ],
  [
    'take up again what was closed',
    async (k) => {
      await k.go('重开 育才');
      await k.reason('又没电了');
      await k.answers('重开');
    },
  ],
  [
    'correct a report',
    async (k) => {
      await k.go('打开 过时路1号');
      await k.go('改报修 过时路1号');
      await k.tabTo(/^地址/);
      await k.press('Control+a');
      await k.type('过时路1号乙');
      await k.reason('听错了门牌');
      await k.answers('报修已改');
    },
  ],
  [
    'merge two orders',
    async (k) => {
      await k.go('打开 过时路2号');
      await k.press('w');
      await k.focusIs('input[type=radio]');
      await k.press('Space');
      await k.reason('同一台区');
      await k.answers('并');
    },
  ],
  [
    'part them again',
    async (k) => {
      await k.press('Shift+W');
      await k.reason('不是同一件事');
      await k.answers('拆');
    },
  ],
  [
    'dispatch and take the order back',
    async (k) => {
      await k.press('d');
      await k.focusIs('input[name=crew]');
      await k.type('抢修1班');
      await k.press('Enter');
      await k.answers('已派');
      await k.go('撤单 过时路2号');
      await k.reason('另有安排');
      await k.answers('撤');
    },
  ],
  [
    'tell a customer and end a report at intake',
    async (k) => {
      await k.press('Escape');
      await k.report('停电通知路5号');
      await k.go('告知结束 停电通知路');
      await k.focusIs('input[type=radio]');
      await k.press('Space', 'Control+Enter');
      await k.answers('已告知结束');
    },
  ],
  [
    'cancel an order',
    async (k) => {
      await k.press('Escape');
      await k.report('自己好了路8号');
      await k.go('取消工单 自己好了路');
      await k.reason('客户自己合闸');
      await k.answers('取消');
      await k.press('Escape');
    },
  ],
];
