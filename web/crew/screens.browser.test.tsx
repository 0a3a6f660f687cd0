import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';

import { Signed } from '#shared/event/evidence.ts';
import { err, ok } from '#shared/result.ts';

import { at, CREW_3 } from '../../test/builders.ts';
import { showCrew } from '../../test/crew/crew-page.tsx';
import { createFakeClient, openTapAt, SESSION } from '../../test/crew/fake-client.ts';
import { aNight, NIGHT, orderOf } from '../../test/crew/orders.ts';

let shown: ReturnType<typeof showCrew> | undefined;
const fakeNight = () => createFakeClient({ now: NIGHT, orders: aNight() });
const DUE = orderOf('A7K', '14:22').id;
const button = (name: string | RegExp) => page.getByRole('button', { name });

beforeEach(() => page.viewport(800, 1280));
afterEach(() => shown?.close());

describe('today', () => {
  test('shows what is due first, the others, what was taken away with who has it, and how many are done', async () => {
    const fake = fakeNight();
    shown = showCrew(fake);
    await expect.element(button(/A7K-1.*幸福路18号/)).toMatchTextContent(/还剩 12 分.*15:07 前到达/);
    const rows = page
      .getByRole('listitem')
      .elements()
      .map((row) => row.textContent);
    expect(rows.findIndex((row) => row.includes('N3M-1'))).toBeLessThan(rows.findIndex((row) => row.includes('D5R-1')));
    await expect.element(page.getByText('已改派 抢修5班 · 你的记录已留')).toBeVisible();
    await button('已做 1 单').click();
    await expect.element(page.getByText('P4X-1')).toBeVisible();
    await button(/N3M-1/).click();
    await expect.element(page.getByRole('heading', { name: '工单 N3M-1' })).toBeVisible();
  });

  test.each([
    ['asked and none', { lastSuccessAt: at('14:54') }, '没有工单。14:54 问过中心'],
    ['no signal', { state: 'noNetwork', lastSuccessAt: at('14:12') }, '没有工单。最后一次 14:12'],
    ['first load', { state: 'going', lastSuccessAt: null }, '正在取工单，取到就能看'],
    ['first load without signal', { state: 'noNetwork', lastSuccessAt: null }, '还没取到工单：没有信号，有了会自己取'],
  ] as const)('%s has its line', async (_, status, line) => {
    const fake = createFakeClient({ now: NIGHT });
    fake.status(status);
    shown = showCrew(fake);
    await expect.element(page.getByRole('main').getByText(line)).toBeVisible();
  });

  test('a newer build waits for a tap, and for open questions to be answered', async () => {
    const fake = fakeNight();
    fake.updateReady.value = true;
    fake.taps.value = [openTapAt(DUE, 'arrived', at('14:54'))];
    shown = showCrew(fake);
    await expect.element(page.getByText('先答完待确认的，再更新')).toBeVisible();
    await button('新版本，点此更新').click({ force: true });
    expect(fake.asked).not.toContain('update');
    fake.taps.value = [];
    await button('新版本，点此更新').click();
    expect(fake.asked).toContain('update');
  });
});

describe('an order', () => {
  test('shows place, customer with a telephone link, hazards, words, and the trace with custody words', async () => {
    const fake = fakeNight();
    await fake.client.submit(DUE, { kind: 'arrived', data: { crew: CREW_3 } });
    shown = showCrew(fake, { place: { at: 'order', order: DUE } });
    await expect.element(page.getByRole('link', { name: '呼叫' })).toHaveAttribute('href', 'tel:13805912201');
    await expect.element(page.getByRole('list', { name: '危险' })).toMatchTextContent('居家医疗设备');
    await expect.element(page.getByText(/全楼无电；闻到焦味/)).toBeVisible();
    await expect.element(page.getByText(/时限 15:07 · 本机看：按时/)).toBeVisible();
    const newest = page.getByRole('listitem').filter({ hasText: '14:55:00' });
    await expect.element(newest).toMatchTextContent(/到达.*本机已存/);
    fake.reach('received');
    await expect.element(newest).toMatchTextContent('中心已收');
    fake.reach('settled');
    await expect.element(newest).toMatchTextContent('已存妥');
    fake.reach('held');
    await expect.element(newest).toMatchTextContent(/已收，待核.*不用你做什么/);
  });

  test('a masked number is shown and never dialled', async () => {
    const story = orderOf('MSK', '14:50', { customer: { phone: '159****8216' } }).dispatched('14:53');
    shown = showCrew(createFakeClient({ now: NIGHT, orders: [story.held()] }), {
      place: { at: 'order', order: story.id },
    });
    await expect.element(page.getByText('号码没给全，找指挥台转接')).toBeVisible();
    expect(page.getByRole('link', { name: '呼叫' }).elements()).toEqual([]);
  });

  test('what cannot be done now says why', async () => {
    shown = showCrew(fakeNight(), { place: { at: 'order', order: DUE } });
    await button('更多').click();
    await expect.element(button('复电')).toHaveAccessibleDescription('先记到达');
    await expect.element(button('提交')).toHaveAccessibleDescription('先记复电');
  });

  test('a note is kept with what was typed', async () => {
    const fake = fakeNight();
    shown = showCrew(fake, { place: { at: 'order', order: DUE } });
    await button('备注').click();
    await page.getByLabelText('备注内容').fill('门锁着，等物业');
    await button('记下').click();
    await expect.element(page.getByText('门锁着，等物业')).toBeVisible();
    expect(fake.client.outbox.value.map(({ kind }) => kind)).toEqual(['noted']);
  });

  test('opening it reads its news', async () => {
    const fake = fakeNight();
    const given = orderOf('D5R', '14:51').id;
    shown = showCrew(fake, { place: { at: 'order', order: given } });
    await expect.poll(() => fake.client.order(given).value?.unread).toBe(false);
  });
});

describe('signing', () => {
  test('what is signed stands above the field and is kept with the strokes; redo empties it', async () => {
    const fake = fakeNight();
    await fake.client.submit(DUE, { kind: 'arrived', data: { crew: CREW_3 } });
    await fake.client.submit(DUE, { kind: 'restored', data: { crew: CREW_3, extent: 'all' } });
    shown = showCrew(fake, { place: { at: 'sign', order: DUE } });
    await expect.element(button('签好了')).toHaveAccessibleDescription('还没签');
    const field = page.getByRole('img', { name: '在这里签' });
    await expect.element(page.getByText('正在打开签字板')).not.toBeInTheDocument();
    draw(field.element());
    await button('重签').click();
    await expect.element(button('签好了')).toHaveAccessibleDescription('还没签');
    await expect.element(page.getByText('正在打开签字板')).not.toBeInTheDocument();
    await expect
      .poll(() => (draw(field.element()), page.getByRole('button', { name: '重签' }).elements().length))
      .toBe(1);
    await button('签好了').click();
    await expect.element(page.getByRole('heading', { name: '工单 A7K-1' })).toBeVisible();
    const data = fake.client.order(DUE).value?.events.at(-1)?.recorded.event.data;
    const signed = Signed.parse(data);
    expect(signed.shown).toEqual(['工单 A7K-1', '幸福路18号 2栋3单元门口', '14:55 到达', '14:55 复电']);
    expect(signed.strokes.length).toBeGreaterThan(0);
  });
});

describe('the sync page', () => {
  test('nothing waits: when the centre was last reached, and that there is no backup', async () => {
    const fake = fakeNight();
    shown = showCrew(fake, { place: { at: 'outbox' } });
    await expect.element(page.getByText('没有待发。最后联系成功 14:54')).toBeVisible();
    await expect.element(page.getByText('还没有已收的')).toBeVisible();
    await expect.element(page.getByText('中心还没有备份，本机一直留着')).toBeVisible();
    await expect.element(page.getByText('长期保存：已准')).toBeVisible();
    fake.status({ safe: 40, persisted: false });
    await expect.element(page.getByText('已存妥的都在中心备份里')).toBeVisible();
    await expect.element(page.getByText('长期保存：没准，别清浏览器数据')).toBeVisible();
  });

  test('what waits, since when, last success, next try, try now; then received and held', async () => {
    const fake = fakeNight();
    await fake.client.submit(DUE, { kind: 'arrived', data: { crew: CREW_3 } });
    fake.now.value = at('15:37');
    fake.status({ state: 'noNetwork', lastSuccessAt: at('14:13'), nextTryAt: at('15:39') });
    shown = showCrew(fake, { place: { at: 'outbox' } });
    const main = page.getByRole('main');
    for (const line of [
      '本机 1 件',
      '最早一件 14:55（42 分前）',
      '最后联系成功 14:13（1 时 24 分前）',
      '下次自动再试 2 分后',
    ])
      await expect.element(main.getByText(line)).toBeVisible();
    await expect.element(page.getByRole('region', { name: /未收/ })).toMatchTextContent(/到达.*A7K-1.*14:55.*本机已存/);
    await button('现在试').click();
    expect(fake.asked).toContain('syncNow');
    fake.reach('received');
    await expect.element(page.getByRole('region', { name: /已收/ })).toMatchTextContent(/到达.*中心已收/);
    fake.reach('held');
    await expect.element(main.getByText('1 件已收待核：不用你做什么')).toBeVisible();
  });

  test('theme, language and glove size are chosen here', async () => {
    shown = showCrew(fakeNight(), { place: { at: 'outbox' } });
    await page.getByText('English').click();
    await expect.element(button('Try now')).toBeVisible();
    await page.getByText('Night').click();
    expect(shown.choices.theme.value).toBe('night');
  });
});

describe('enrolment', () => {
  test('by keys and by typing; the answer of the centre is told in words', async () => {
    const fake = createFakeClient({ now: NIGHT });
    fake.session.value = null;
    fake.answers.enrol = err('codeUsed');
    fake.answers.demo = ok({ accounts: [], codes: [{ code: 'DEM2-QXYT', crew: '抢修3班' }] });
    fake.status({ state: 'signInNeeded' });
    shown = showCrew(fake);
    await expect.element(button('登记')).toHaveAccessibleDescription('还差 8 位');
    // A tablet that never belonged to anybody has nothing that could have ended.
    expect(page.getByText(/登记已失效/).elements()).toEqual([]);
    await page.getByLabelText('输 8 位登记码').fill('a7k2-p9q');
    await page.getByRole('button', { name: 'X', exact: true }).click();
    await button('登记').click();
    await expect.element(page.getByText('码已用过，找所长要新码')).toBeVisible();
    await button(/抢修3班/).click();
    fake.answers.enrol = err('network');
    await userEvent.keyboard('{Tab}');
    await button('登记').click();
    await expect.element(page.getByText('登记要网络一次')).toBeVisible();
    fake.answers.enrol = ok(SESSION);
    await button('登记').click();
    await expect.element(page.getByRole('main').getByText('没有工单。14:54 问过中心')).toBeVisible();
    expect(fake.asked.filter((one) => one.startsWith('enrol'))).toEqual([
      'enrol A7K2-P9QX',
      'enrol DEM2-QXYT',
      'enrol DEM2-QXYT',
    ]);
  });
});

describe('a screen held across', () => {
  test('list, page and step lie side by side, and the step is at the thumb', async () => {
    await page.viewport(1024, 768);
    shown = showCrew(fakeNight(), { wide: true });
    const step = button('到达现场').element().getBoundingClientRect();
    const list = page.getByRole('complementary', { name: '今日工单' }).element().getBoundingClientRect();
    expect(list.right).toBeLessThan(step.left);
    expect(step.right).toBeGreaterThan(1000);
    expect(step.bottom).toBeGreaterThan(740);
    shown.choices.hand.value = 'left';
    await expect.poll(() => button('到达现场').element().getBoundingClientRect().left).toBeLessThan(24);
  });
});

describe.each(['today', 'outbox', 'order', 'sign', 'enrol'] as const)('%s', (at) => {
  test.each(['light', 'night', 'sun'] as const)('is readable and reachable for everybody, by %s', async (theme) => {
    shown = showCrew(fakeNight(), { place: at === 'order' || at === 'sign' ? { at, order: DUE } : { at }, theme });
    await expect.element(page.getByRole('main')).not.toBeEmptyDOMElement();
    const { violations } = await axe.run(document.body, { rules: { region: { enabled: false } } });
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
  });

  test('has no target under 72 px', async () => {
    shown = showCrew(fakeNight(), { place: at === 'order' || at === 'sign' ? { at, order: DUE } : { at } });
    await expect.element(page.getByRole('main')).not.toBeEmptyDOMElement();
    const small = [
      ...document.querySelectorAll('main button, main a, nav button, .segment, .tick, .rail button'),
    ].filter((target) => target.getBoundingClientRect().height < 72 || target.getBoundingClientRect().width < 72);
    expect(small.map((target) => target.outerHTML)).toEqual([]);
  });
});

/** A pen going across the field. */
function draw(field: Element): void {
  const { left, top } = field.getBoundingClientRect();
  const pen = (type: string, x: number, y: number, target: EventTarget): boolean =>
    target.dispatchEvent(
      new PointerEvent(type, {
        pointerId: 1,
        isPrimary: true,
        button: 0,
        buttons: type === 'pointerup' ? 0 : 1,
        pressure: 0.5,
        clientX: left + x,
        clientY: top + y,
        bubbles: true,
        cancelable: true,
      }),
    );
  pen('pointerdown', 40, 90, field);
  for (let step = 1; step <= 12; step += 1)
    pen('pointermove', 40 + step * 20, 90 + (step % 3) * 40, field.ownerDocument);
  pen('pointerup', 290, 90, field.ownerDocument);
}
