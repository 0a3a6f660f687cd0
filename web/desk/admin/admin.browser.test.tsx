import axe from 'axe-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';

import type { Device } from '#shared/engine/views.ts';
import { asDeviceId, asUnitId, eventId, subjectOf } from '#shared/ids.ts';
import { ok } from '#shared/result.ts';
import { STATE_GRID } from '#shared/sla/packs/state-grid.ts';

import { at, CREWMAN, DISPATCHER, UNIT, writer } from '../../../test/builders.ts';
import { showDesk } from '../../../test/desk/desk-page.tsx';
import { createFakeDesk, crewId, DESK_SESSION, type FakeDesk } from '../../../test/desk/fake-desk.ts';

const NOW = at('14:55');
const TABLET: Device = {
  id: asDeviceId(eventId(writer('A7K'), 1)),
  writer: writer('A7K'),
  form: 'tablet',
  unit: UNIT,
  person: CREWMAN,
  crew: crewId(2),
  memberships: [],
  blocked: false,
  lost: null,
};
let shown: ReturnType<typeof showDesk> | null = null;
let fake: FakeDesk;
let asked: { readonly path: string; readonly body: unknown }[] = [];

beforeEach(async () => {
  await page.viewport(1440, 900);
  asked = [];
});
afterEach(() => shown?.close());

async function openAdmin(role: 'admin' | 'leader' | 'dispatcher', start: Parameters<typeof showDesk>[1] = {}) {
  fake = createFakeDesk({ now: NOW, crews: 3 });
  fake.session.value = { ...DESK_SESSION, person: { ...DESK_SESSION.person, role } };
  fake.org.value = { ...fake.org.value, devices: new Map([[TABLET.id, TABLET]]) };
  const client = {
    ...fake.client,
    ask: (_: string, path: string, body?: unknown) => {
      asked.push({ path, body });
      const made = path === '/v1/codes' ? { code: 'A7K2-P9QX', endsAt: NOW + 3_600_000 } : { id: 'W4D-9', from: NOW };
      return Promise.resolve(ok(made));
    },
  };
  shown = showDesk({ ...fake, client }, start);
  await userEvent.keyboard('g');
  await expect.element(page.getByRole('heading', { name: /^管理$|^Administration$/ })).toBeVisible();
}

test('a code is shown as letters and as a QR code, for as long as it is good', async () => {
  await openAdmin('leader');
  await page.getByRole('combobox', { name: '班组' }).selectOptions('抢修3班');
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.element(page.getByText('A7K2-P9QX')).toBeVisible();
  expect(asked).toEqual([{ path: '/v1/codes', body: { crew: crewId(3), person: CREWMAN, hours: 24 } }]);
  await expect.element(page.getByRole('img', { name: '抢修3班 的码' })).toBeVisible();
  fake.now.value = NOW + 3_600_000;
  await expect.element(page.getByText('抢修3班 的码过时了，重新出码')).toBeVisible();
  expect(document.querySelector('.qr-code')).toBeNull();
});

test('a lost tablet is declared lost with a reason, and its crew gets a new code at once', async () => {
  await openAdmin('leader');
  await page.getByRole('button', { name: '丢了，换一台' }).click();
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.element(page.getByRole('alert')).toBeVisible();
  expect(asked).toEqual([]);
  await page.getByLabelText('原因').fill('掉进河里');
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.element(page.getByText('A7K2-P9QX')).toBeVisible();
  expect(fake.submitted.at(-1)).toEqual({
    about: subjectOf('device', TABLET.id),
    draft: { kind: 'deviceLost', data: { reason: '掉进河里' } },
  });
  expect(asked).toEqual([{ path: '/v1/codes', body: { crew: crewId(2), person: CREWMAN, hours: 24 } }]);
});

test('who may not make or block sees why, beside the button', async () => {
  await openAdmin('dispatcher');
  await expect
    .element(page.getByRole('button', { name: /出码/ }))
    .toHaveAccessibleDescription('值班长或管理员才能出码');
  await expect.element(page.getByRole('button', { name: '停用' })).toHaveAccessibleDescription(/./);
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByRole('heading', { name: /工单/ })).toBeVisible();
});

test('a crew is made in a unit; without a name nothing is asked', async () => {
  await openAdmin('admin');
  await page.getByRole('radio', { name: '班组' }).click();
  const name = page.getByLabelText('名称');
  await name.fill('  ');
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.element(page.getByRole('alert')).toHaveTextContent('名称和单位都要填');
  await name.fill('抢修9班');
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.element(page.getByText('已建 抢修9班')).toBeVisible();
  expect(asked).toEqual([{ path: '/v1/crews', body: { name: '抢修9班', unit: UNIT } }]);
});

test('a crew and a unit are called otherwise, by keys alone; Escape changes nothing', async () => {
  await openAdmin('admin');
  await page.getByRole('radio', { name: '班组' }).click();
  const rename = page.getByRole('row', { name: /^抢修3班/ }).getByRole('button', { name: '改名' });
  const button = rename.element();
  if (!(button instanceof HTMLElement)) throw new Error('no button');
  button.focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByLabelText('抢修3班 的新名称')).toHaveFocus();
  await userEvent.keyboard('{Escape}');
  await expect.element(rename).toHaveFocus();
  await expect.element(page.getByRole('heading', { name: /^管理$/ })).toBeVisible();
  await userEvent.keyboard('{Enter}');
  const name = page.getByLabelText('抢修3班 的新名称');
  await name.fill('长'.repeat(81));
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.element(page.getByRole('alert')).toHaveTextContent('名称要填，最多 80 个字');
  await name.fill(' 城东抢修3班 ');
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  const renamed = page.getByRole('row', { name: /^城东抢修3班/ }).getByRole('button', { name: '改名' });
  await expect.element(renamed).toHaveFocus();
  expect(fake.submitted).toEqual([
    { about: subjectOf('crew', crewId(3)), draft: { kind: 'crewRenamed', data: { name: '城东抢修3班' } } },
  ]);
  await page.getByRole('radio', { name: '单位' }).click();
  await page.getByRole('button', { name: '改名' }).first().click();
  await page.getByLabelText(/的新名称$/).fill('城东供电公司');
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect
    .poll(() => fake.submitted.at(-1))
    .toEqual({
      about: subjectOf('unit', UNIT),
      draft: { kind: 'unitRenamed', data: { name: '城东供电公司' } },
    });
});

test('a crew is moved to another unit with a reason, by keys alone; where there is one unit it says so', async () => {
  const away = asUnitId(eventId(writer('FAR'), 1));
  await openAdmin('admin');
  await page.getByRole('radio', { name: '班组' }).click();
  const row = page.getByRole('row', { name: /^抢修3班/ });
  await expect.element(row.getByRole('button', { name: '调往' })).toHaveAccessibleDescription('只有一个单位');
  const { units } = fake.org.value;
  const other = { id: away, name: '城东供电所', level: 'station', parent: UNIT } as const;
  fake.org.value = { ...fake.org.value, units: new Map([...units, [away, other]]) };
  const button = row.getByRole('button', { name: '调往' }).element();
  if (!(button instanceof HTMLElement)) throw new Error('no button');
  button.focus();
  await userEvent.keyboard('{Enter}');
  const to = page.getByLabelText('抢修3班 调往');
  await expect.element(to).toHaveFocus();
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.element(page.getByRole('alert')).toHaveTextContent('往哪个单位、为什么，都要填');
  await to.selectOptions('城东供电所');
  await page.getByLabelText('原因').fill(' 台风增援 ');
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.element(page.getByRole('row', { name: /^抢修3班 城东供电所/ })).toBeVisible();
  expect(fake.submitted).toEqual([
    {
      about: subjectOf('crew', crewId(3)),
      draft: { kind: 'crewMoved', data: { unit: away, reason: '台风增援' } },
    },
  ]);
});

test('who may not rename sees why', async () => {
  await openAdmin('leader');
  await page.getByRole('radio', { name: '单位' }).click();
  await expect
    .element(page.getByRole('button', { name: '改名' }).first())
    .toHaveAccessibleDescription('管理员才能建和改');
});

test('a forgotten password is replaced, for somebody who signs in at desks', async () => {
  await openAdmin('admin');
  await page.getByRole('radio', { name: '人员' }).click();
  await expect.element(page.getByRole('combobox', { name: '名称' })).not.toHaveTextContent('陈师傅');
  await page.getByRole('combobox', { name: '名称' }).selectOptions('王调度 · 调度员');
  await page.getByLabelText('新密码').fill('short');
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.poll(() => document.querySelector('.form-error')?.textContent).toBe('密码至少 8 个字符');
  await page.getByLabelText('新密码').fill('a-new-password');
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.element(page.getByText('王调度 换了密码')).toBeVisible();
  expect(asked).toEqual([{ path: '/v1/passwords', body: { person: DISPATCHER, password: 'a-new-password' } }]);
});

test('a rule pack is looked at, told what is wrong by field, and put into force with a second press', async () => {
  await openAdmin('admin');
  await page.getByRole('radio', { name: '规则包' }).click();
  await page.getByRole('button', { name: '改现行的' }).click();
  await expect.element(page.getByText('和现行的一样')).toBeVisible();
  const text = page.getByLabelText('规则包（JSON）');
  const pack = structuredClone(STATE_GRID);
  const [first] = pack.rules;
  if (!first) throw new Error('a pack without rules');
  await text.fill(JSON.stringify({ ...pack, rules: [{ ...first, warnAt: 2 }, ...pack.rules.slice(1)] }));
  await expect.poll(() => document.querySelector('.pack-problems')?.textContent).toContain('rules.0.warnAt 要小于 1');
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  expect(asked).toEqual([]);
  const longer = {
    ...pack,
    rules: [{ ...first, limitMin: { ...first.limitMin, remote: 9_000 } }, ...pack.rules.slice(1)],
  };
  await text.fill(JSON.stringify(longer));
  await expect.element(page.getByText(new RegExp(`${pack.rules.length} 条里改 1 条`))).toBeVisible();
  await text.click();
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.element(page.getByText(/确定就再按一次/)).toBeVisible();
  expect(asked).toEqual([]);
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.poll(() => asked).toEqual([{ path: '/v1/rules', body: { from: null, pack: longer } }]);
});

test.each([
  ['zh', 'light'],
  ['en', 'night'],
] as const)('nothing of it is beyond a screen reader, %s, %s', async (lang, theme) => {
  await openAdmin('admin', { lang, theme });
  const parts = page.getByRole('group').first().getByRole('radio');
  for (let at = 0; at < 5; at += 1) {
    await parts.nth(at).click();
    const { violations } = await axe.run(document.body);
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`)).toEqual([]);
  }
});
