import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';

import { ok } from '#shared/result.ts';

import { about, at, DISPATCHER } from '../../test/builders.ts';
import type { Held } from '../../test/crew/fake-client.ts';
import { orderOf } from '../../test/crew/orders.ts';
import { showDesk } from '../../test/desk/desk-page.tsx';
import { createFakeDesk, crewId, DESK_SESSION, type FakeDesk } from '../../test/desk/fake-desk.ts';
import { looked } from '../../test/desk/storm-night.ts';

const NOW = at('14:55');
const text = (selector: string): string => document.querySelector(selector)?.textContent ?? '';
const row = (id: string) => page.getByRole('option', { name: new RegExp(id) });
const press = (name: string | RegExp) => page.getByRole('button', { name }).click();

let shown: ReturnType<typeof showDesk> | null = null;
let fake: FakeDesk;

beforeEach(async () => {
  await page.viewport(1440, 900);
});

afterEach(() => {
  shown?.close();
  shown = null;
});

function open(orders: readonly Held[], start: { signedIn?: boolean; now?: number } = {}): void {
  const heard = [
    { crew: crewId(3), heard: at('14:54') },
    { crew: crewId(5), heard: at('14:02') },
  ];
  const fixes = [
    { crew: crewId(3), lat: 24.51, lon: 118.1, at: NOW - 60_000 },
    { crew: crewId(2), lat: 24.6, lon: 118.1, at: NOW - 60_000 },
  ];
  fake = createFakeDesk({ now: NOW, crews: 5, orders, live: { heard, fixes }, ...start });
  shown = showDesk(fake);
}

const waiting = () => orderOf('E2N', '14:40', { address: '西门菜场', point: { lat: 24.5, lon: 118.1 } });
const silent = () => {
  const story = orderOf('N3M', '14:02').dispatched('14:04', crewId(5));
  return looked(story, () => at('14:02'), NOW);
};
const last = () => fake.submitted.at(-1)?.draft;

describe('signing in', () => {
  test('says what was wrong, keeps what was typed, and offers the accounts of a demonstration', async () => {
    open([], { signedIn: false });
    shown?.close();
    fake.answers.demo = { accounts: [{ name: '王调度', password: 'demo', role: 'dispatcher' }], codes: [] };
    shown = showDesk(fake);
    await page.getByLabelText('姓名').fill('王调度');
    await page.getByLabelText('密码').fill('wrong');
    await press(/登录/);
    await expect.element(page.getByText('姓名或密码不对')).toBeVisible();
    await expect.element(page.getByLabelText('姓名')).toHaveValue('王调度');
    fake.answers.signIn = ok(DESK_SESSION);
    await press(/王调度 · 调度员/);
    await expect.element(page.getByRole('heading', { name: /工单/ })).toBeVisible();
  });
});

describe('the order drawer', () => {
  test('dispatches to the nearest crew by keys, and says not delivered until its device was heard', async () => {
    open([waiting().held()]);
    await row('E2N-1').click();
    await userEvent.keyboard('d');
    await expect.poll(() => text('.crew-choice')).toMatch(/抢修3班.*1.1 公里/);
    await userEvent.keyboard('{Enter}');
    await expect.poll(last).toEqual({ kind: 'dispatched', data: { crew: crewId(3) } });
    await expect.poll(() => text('.order-answer')).toBe('E2N-1 已派 抢修3班');
    await expect.poll(() => text('.drawer-stage')).toBe('未送达');
  });

  test('a command that cannot be done says why beside itself, and recalling wants a reason', async () => {
    open([silent().held()]);
    await row('N3M-1').click();
    await expect.element(page.getByRole('button', { name: '派单 D' })).toHaveAccessibleDescription('已经派了班组');
    await expect.element(page.getByRole('button', { name: '办结' })).toHaveAccessibleDescription('班组还在做');
    await press('撤单');
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await expect.element(page.getByRole('alert')).toBeVisible();
    expect(fake.submitted).toEqual([]);
    await page.getByLabelText('原因').fill('客户自己修好了');
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await expect.poll(last).toEqual({ kind: 'recalled', data: { crew: crewId(5), reason: '客户自己修好了' } });
  });

  test('a radio report carries the typed time and is marked so in the trace', async () => {
    open([silent().held()]);
    await row('N3M-1').click();
    await userEvent.keyboard('r');
    await page.getByRole('radio', { name: '到达' }).click();
    await page.getByLabelText('几点').fill('1431');
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await expect.poll(last).toMatchObject({ kind: 'arrived', data: { crew: crewId(5), radio: true } });
    const said = last();
    expect(said?.kind === 'arrived' && new Date(said.data.at?.at ?? 0).getMinutes()).toBe(31);
    await expect.poll(() => text('.trace')).toContain('电台代报');
    await expect.poll(() => text('.trace-line')).toContain('本机已存');
  });

  test('the trace tells who, when, received when, how sure, the withdrawn alert and the signature', async () => {
    const story = silent();
    story.record('arrived', about('14:21:08', 20_000, 'A'), { crew: crewId(5) });
    story.events[story.events.length - 1] = { ...story.last, rcv: at('14:50') };
    looked(story, () => at('14:50'), NOW);
    const strokes = [
      [10, 10, 50, 40],
      [70, 20],
    ];
    story.record('signed', '14:40', {
      crew: crewId(5),
      name: '李某',
      shown: ['免费'],
      width: 100,
      height: 50,
      strokes,
    });
    open([story.held()]);
    await row('N3M-1').click();
    await expect.poll(() => text('.trace')).toContain('14:21:08');
    const trace = text('.trace');
    expect(trace).toContain('陈师傅 · 设备');
    expect(trace).toContain('收 14:50');
    expect(trace).toContain('14:47 报，14:50 撤：到达 14:21 ± 20 秒 A');
    expect([...document.querySelectorAll('.signature path')].map((path) => path.getAttribute('d'))).toEqual([
      'M10 10L50 40',
      'M70 20h0',
    ]);
    document.querySelector<HTMLElement>('.trace-head')?.focus();
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => text('.readings')).toContain('上下限');
  });

  test('work of a crew that no longer held the order is marked, never hidden', async () => {
    const story = orderOf('C8T', '14:30')
      .dispatched('14:31', crewId(5))
      .reassigned('14:40', crewId(5), crewId(3), '3班更近')
      .field('arrived', '14:46', crewId(5));
    open([story.held()]);
    await row('C8T-1').click();
    await expect.poll(() => text('.is-apart')).toContain('已不归该班组，留作证据');
    expect(text('.trace')).toContain('改派 抢修5班 → 抢修3班 · 3班更近');
  });

  test('a note that is too long is not handed in, and stays as typed', async () => {
    open([waiting().held()]);
    await row('E2N-1').click();
    await press('备注');
    await page.getByLabelText('备注').fill('长'.repeat(2_001));
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await expect.element(page.getByText('写得太长，短一些')).toBeVisible();
    expect(fake.submitted).toEqual([]);
  });
});

describe('the alert panel', () => {
  test('a card says what, how we know, what to do and by when', async () => {
    open([silent().held()]);
    await expect.poll(() => text('.alert-card')).toContain('无消息');
    const card = text('.alert-card');
    expect(card).toContain('时限 14:47 已过');
    expect(card).toContain('抢修5班 最后听到 14:02，在时限 14:47 之前');
    expect(card).toContain('电台联系 抢修5班，有结果就代报');
  });

  test('claiming keeps a time to look again; then it leaves the queue and is in its list', async () => {
    open([silent().held()]);
    await expect.poll(() => text('.alert-card')).toContain('新');
    await userEvent.keyboard('c');
    await expect.element(page.getByRole('radio', { name: '10 分' })).toBeChecked();
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await expect
      .poll(last)
      .toMatchObject({ kind: 'alertAcknowledged', data: { how: 'claimed', until: NOW + 600_000 } });
    await expect.element(page.getByRole('button', { name: '认领 1' })).toBeVisible();
    await expect.poll(() => text('.alert-box')).toBe('没有预警');
    fake.now.value = NOW + 600_000;
    fake.status({ lastSuccessAt: NOW + 600_000 });
    await expect.poll(() => text('.alert-card')).toContain('久');
  });

  test('on a big screen what was claimed stands beside what stands, and keys act in the column chosen last', async () => {
    await page.viewport(2560, 1440);
    open([silent().held(), looked(orderOf('N3M', '14:01'), () => NOW, NOW).held()]);
    const columns = (): readonly string[] =>
      [...document.querySelectorAll('.alert-column')].map((one) => String(one.querySelectorAll('.alert-card').length));
    await expect.poll(columns).toEqual(['2', '0']);
    const [first, second] = [...document.querySelectorAll('.alert-column')].map((one) => one.getBoundingClientRect());
    expect(second?.left).toBeGreaterThanOrEqual(first?.right ?? Infinity);
    await userEvent.keyboard('c');
    await expect.element(page.getByRole('radio', { name: '10 分' })).toBeChecked();
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await expect.poll(columns).toEqual(['1', '1']);
    const name = document.querySelector('.alert-column + .alert-column .alert-name');
    if (!(name instanceof HTMLElement)) throw new Error('nothing is claimed');
    name.click();
    await userEvent.keyboard('c');
    await expect.poll(() => document.querySelectorAll('.alert-column + .alert-column form').length).toBe(1);
    await page.viewport(1440, 900);
    await expect.poll(columns).toHaveLength(1);
  });

  test('shelving wants a reason; what endangers a person cannot be shelved', async () => {
    open([silent().held()]);
    await press('暂缓 Z');
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await expect.element(page.getByRole('alert')).toBeVisible();
    fake.held.value = [looked(orderOf('P4X', '14:03', { hazards: ['medical'] }), () => NOW, NOW).held()];
    await expect.element(page.getByRole('button', { name: '暂缓 Z' })).toHaveAccessibleDescription('P1 不能暂缓');
  });
});

describe('taking a report', () => {
  test('needs an address only, is kept here first and then in the centre', async () => {
    open([]);
    await expect.element(page.getByText('没有预警')).toBeVisible();
    await userEvent.keyboard('n');
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await expect.element(page.getByText('地址还没填')).toBeVisible();
    await page.getByLabelText('地址').fill('水厂路7号');
    await page.getByRole('checkbox', { name: '居家医疗设备' }).click();
    await page.getByLabelText('坐标').fill('24.5, 118.1');
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await expect.poll(last).toMatchObject({
      kind: 'reported',
      data: { address: '水厂路7号', area: 'urban', hazards: ['medical'], point: { lat: 24.5, lon: 118.1 } },
    });
    await expect.poll(() => text('.intake-taken')).toContain('本机已存');
    fake.reach('received');
    await expect.poll(() => text('.intake-taken')).toContain('中心已收');
  });

  test('Enter twice makes one order', async () => {
    open([]);
    await expect.element(page.getByText('没有预警')).toBeVisible();
    await userEvent.keyboard('n');
    await page.getByLabelText('地址').fill('水厂路7号');
    await userEvent.keyboard('{Control>}{Enter}{Enter}{/Control}');
    await expect.poll(() => text('.intake-taken')).toContain('W4D-1');
    expect(fake.submitted).toHaveLength(1);
  });
});

describe('searching', () => {
  test('an archived order opens read-only with its whole trace', async () => {
    open([]);
    const story = orderOf('Y9Y', '10:00', { address: '公塭仔' }).record(
      'closed',
      '11:00',
      { outcome: 'noFault' },
      { by: DISPATCHER },
    );
    const { id } = orderOf('Y9Y', '10:00');
    fake.archive.push({
      hit: {
        id,
        stage: 'closed',
        address: '公塭仔',
        area: 'rural',
        reportedAt: at('10:00'),
        archived: true,
        sourceKey: 'T-77',
      },
      events: story.events,
    });
    await expect.element(page.getByText('没有预警')).toBeVisible();
    await userEvent.keyboard('/');
    await page.getByLabelText('单号、地址、客户、来源编号').fill('公塭');
    await userEvent.keyboard('{Enter}');
    await press(/公塭仔/);
    await expect.element(page.getByText('档案，只能看')).toBeVisible();
    expect(text('.trace')).toContain('办结 · 没查到故障');
    expect(document.querySelector('.order-commands')).toBeNull();
  });

  test('without network it says so and keeps the question', async () => {
    open([]);
    fake.answers.reached = false;
    await expect.element(page.getByText('没有预警')).toBeVisible();
    await userEvent.keyboard('/');
    await page.getByLabelText('单号、地址、客户、来源编号').fill('公塭');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText('联系不上中心，搜索要网络')).toBeVisible();
    await expect.element(page.getByLabelText('单号、地址、客户、来源编号')).toHaveValue('公塭');
  });
});
