import { afterEach, describe, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';

import { isSecurePage } from '../web/device/secure-page.ts';
import { at } from './builders.ts';
import { showCrew } from './crew/crew-page.tsx';
import { createFakeClient } from './crew/fake-client.ts';
import { showDesk } from './desk/desk-page.tsx';
import { createFakeDesk } from './desk/fake-desk.ts';

const NOW = at('14:55');
const crewLine = '网址不是 https：没信号打不开，不能定位和拍照；只开一个页面';
const deskLine = '网址不是 https：浏览器不保证留住记录，也不协调多个页面；只开一个页面';

const pages = [
  { name: 'the orders of a crew', line: crewLine, show: (secure: boolean) => showCrew(aCrew(secure)) },
  {
    name: 'enrolment',
    line: crewLine,
    show: (secure: boolean) => showCrew(aCrew(secure), { place: { at: 'enrol' } }),
  },
  { name: 'the desk', line: deskLine, show: (secure: boolean) => showDesk(aDesk(secure)) },
  { name: 'the sign-in of the desk', line: deskLine, show: (secure: boolean) => showDesk(aDesk(secure, false)) },
];

let shown: { close(): void } | undefined;
afterEach(() => {
  shown?.close();
  vi.restoreAllMocks();
});

describe('an address the browser does not trust', () => {
  test.each(pages)('$name says what is missing', async ({ line, show }) => {
    shown = show(false);
    await expect.element(page.getByRole('status').filter({ hasText: line })).toBeVisible();
  });

  test.each(pages)('$name is silent about it elsewhere', async ({ line, show }) => {
    shown = show(true);
    await expect.element(page.getByRole('main').or(page.getByRole('banner')).first()).toBeVisible();
    expect(page.getByText(line).elements()).toEqual([]);
  });

  test('is told by the browser alone', () => {
    expect(isSecurePage()).toBe(true);
    vi.spyOn(window, 'isSecureContext', 'get').mockReturnValue(false);
    expect(isSecurePage()).toBe(false);
  });
});

const aCrew = (secure: boolean) => createFakeClient({ now: NOW, secure });
const aDesk = (secure: boolean, signedIn = true) => createFakeDesk({ now: NOW, secure, signedIn });
