import '../../../web/ui/base.css';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';

import { type Look, look } from './look.ts';

let host: HTMLElement;
beforeEach(async () => {
  await page.viewport(800, 600);
  Object.assign(document.documentElement.dataset, { app: 'crew', theme: 'light', glove: 'standard' });
  document.documentElement.lang = 'en';
  host = document.createElement('main');
  document.body.append(host);
});
afterEach(() => host.remove());

const lookAt = (html: string): Promise<Look> => {
  host.innerHTML = html;
  return look({ app: 'crew', data: '幸福路18号', focus: true });
};

/** Doctored pages: each breaks one promise, and the check of that name has to catch it. */
const BROKEN: readonly { readonly check: keyof Look; readonly html: string }[] = [
  { check: 'axe', html: '<img src="/nothing.png">' },
  { check: 'sideways', html: '<p style="width:1200px">wide</p>' },
  { check: 'cut', html: '<p style="width:40px;overflow:hidden;white-space:nowrap">much too long</p>' },
  { check: 'overlaps', html: '<p>one</p><p style="margin-top:-20px">another</p>' },
  { check: 'small', html: '<button style="width:200px;height:40px">tap</button>' },
  { check: 'pale', html: '<p style="color:#999">pale</p>' },
  { check: 'type', html: '<p style="font-size:12px">幸福路</p>' },
  { check: 'dancing', html: '<p style="font-variant-numeric:normal">14:21</p>' },
  { check: 'leftOver', html: '<p>平板</p>' },
  { check: 'colours', html: '<p style="background:#0a0;color:#000">fine</p>' },
  { check: 'bright', html: '<div style="background:#fff;width:300px;height:300px"></div>' },
  { check: 'moving', html: '<style>@keyframes go{to{opacity:.9}}</style><p style="animation:go 1s infinite">…</p>' },
  { check: 'unfocused', html: '<button style="width:200px;height:90px;outline:none;box-shadow:none">tap</button>' },
];

test.each(BROKEN)('$check is caught', async ({ check, html }) => {
  document.documentElement.dataset['theme'] = check === 'bright' ? 'night' : 'light';
  await userEvent.keyboard('{Tab}');
  expect((await lookAt(html))[check]).not.toEqual([]);
});

test('a plain page passes', async () => {
  await userEvent.keyboard('{Tab}');
  const found = await lookAt('<h1>幸福路18号</h1><button style="height:80px;width:90px">14:21</button>');
  expect(Object.entries(found).filter(([, list]) => Array.isArray(list) && list.length > 0)).toEqual([]);
});
