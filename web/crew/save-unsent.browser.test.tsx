import { afterEach, beforeEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';

import { CREW_3 } from '../../test/builders.ts';
import { showCrew } from '../../test/crew/crew-page.tsx';
import { createFakeClient } from '../../test/crew/fake-client.ts';
import { aNight, NIGHT, orderOf } from '../../test/crew/orders.ts';

let shown: ReturnType<typeof showCrew> | undefined;
let saved: Promise<string>[];
const link = HTMLAnchorElement.prototype;
const click = Object.getOwnPropertyDescriptor(HTMLElement.prototype, 'click');

beforeEach(async () => {
  await page.viewport(800, 1280);
  saved = [];
  link.click = function take(this: HTMLAnchorElement) {
    saved.push(fetch(this.href).then((answer) => answer.text()));
  };
});
afterEach(() => {
  if (click) Object.defineProperty(link, 'click', click);
  shown?.close();
});

test.each(['outbox', 'enrol'] as const)(
  'what cannot be sent is saved as a file that a desk can read, at %s',
  async (at) => {
    const fake = createFakeClient({ now: NIGHT, orders: aNight() });
    const note = { kind: 'noted', data: { crew: CREW_3, text: '水淹' } } as const;
    await fake.client.submit(orderOf('A7K', '14:22').id, note);
    if (at === 'enrol') fake.session.value = null;
    shown = showCrew(fake, { place: { at } });
    const save = page.getByRole('button', { name: '存成文件' });
    await save.click();
    await expect.element(page.getByText(/^1 件在文件 relight-T4B-.*\.jsonl 里，交给指挥台$/)).toBeVisible();
    expect(save.element().getBoundingClientRect().height).toBeGreaterThanOrEqual(72);
    const [head, item, end] = (await saved[0]!)
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(item).toMatchObject({ event: { kind: 'noted', data: { text: '水淹' } } });
    expect(head).toMatchObject({ relight: 'unsent', v: 1, events: 1, writers: [{ writer: 'T4B', hiN: 1 }] });
    expect(end).toMatchObject({ end: 1 });
  },
);

test('with nothing here there is nothing to save', async () => {
  shown = showCrew(createFakeClient({ now: NIGHT, orders: aNight() }), { place: { at: 'outbox' } });
  await expect.element(page.getByText('没有待发', { exact: false })).toBeVisible();
  expect(page.getByRole('button', { name: '存成文件' }).elements()).toEqual([]);
});
