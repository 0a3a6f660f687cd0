import axe from 'axe-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';

import type { TabletFileAnswer } from '#shared/api/tablet-file.ts';

import { at, writer } from '../../../test/builders.ts';
import { showDesk } from '../../../test/desk/desk-page.tsx';
import { createFakeDesk } from '../../../test/desk/fake-desk.ts';

const SEEN: TabletFileAnswer = {
  is: 'file',
  tablet: writer('T4C'),
  blocked: false,
  crew: '抢修3班',
  person: '李师傅',
  madeAt: at('14:40'),
  from: at('13:10'),
  to: at('14:20'),
  orders: 2,
  events: 5,
  known: 1,
  taken: null,
  held: null,
};
let shown: ReturnType<typeof showDesk> | null = null;

beforeEach(() => page.viewport(1440, 900));
afterEach(() => shown?.close());

/** Answers one after the other; gives what was asked. */
async function bring(...answers: readonly (TabletFileAnswer | null)[]): Promise<object[]> {
  const fake = createFakeDesk({ now: at('14:55') });
  const asked: object[] = [];
  const client = {
    ...fake.client,
    upload: (path: string, { head }: { head: object }, { line }: { line: (said: unknown) => void }) => {
      const answer = answers[asked.length] ?? null;
      asked.push({ path, ...head });
      if (answer) line(answer);
      return Promise.resolve(answer !== null);
    },
  };
  shown = showDesk({ ...fake, client });
  await userEvent.keyboard('i');
  await page.getByRole('radio', { name: '平板的文件' }).click();
  await userEvent.upload(page.getByLabelText('选平板的文件'), new File(['{}\n'], 'relight-T4C.jsonl'));
  return asked;
}

test('what is in a file stands there before it is taken in; then what became of it, with what is held and why', async () => {
  const held = [{ code: 'notAllowed', count: 1 }] as const;
  const asked = await bring(SEEN, { ...SEEN, known: 1, taken: 3, held: [...held] });
  await expect.element(page.getByText('抢修3班 · 李师傅 · 平板 T4C')).toBeVisible();
  await expect.element(page.getByText(/^5 件，2 个工单，平板时钟 13:10 到 14:20$/)).toBeVisible();
  await expect.element(page.getByText('其中 1 件中心已有')).toBeVisible();
  expect((await axe.run(document.body, { resultTypes: ['violations'] })).violations).toEqual([]);
  await page.getByRole('button', { name: '收下' }).click();
  await expect.element(page.getByText('收下 3 件，已有 1 件，待核 1 件')).toBeVisible();
  const why = page.getByText('1 件：无权');
  await expect.element(why).toBeVisible();
  const point = parseFloat(getComputedStyle(why.element().parentElement ?? document.body).paddingLeft);
  expect(point, 'room for the point before it, inside the box').toBeGreaterThanOrEqual(16);
  expect(asked).toEqual([
    { path: '/v1/tablet-file', act: 'look' },
    { path: '/v1/tablet-file', act: 'take' },
  ]);
});

test.each([
  [{ is: 'refused', why: 'broken', line: 7, field: 'sha256' }, '文件不全或改过，让平板再存一次 · 第 7 行 · sha256'],
  [{ is: 'refused', why: 'unknownTablet', line: null, field: null }, '没有这台平板，或不归本台'],
  [null, '联系不上中心，再收一次也不会重复'],
] as const)('a file that cannot be used says why: %o', async (answer, words) => {
  await bring(answer);
  await expect.element(page.getByRole('alert')).toMatchTextContent(words);
  expect(page.getByRole('button', { name: '收下' }).elements()).toEqual([]);
});

test('what is all known needs nobody to take it in', async () => {
  await bring({ ...SEEN, known: 5 });
  await expect.element(page.getByRole('button', { name: '收下' })).toHaveAccessibleDescription('中心都已有');
});
