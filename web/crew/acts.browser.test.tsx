import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';

import { orderSubject } from '#shared/ids.ts';

import { at, CREW_3, DISPATCHER, recorded } from '../../test/builders.ts';
import { showCrew } from '../../test/crew/crew-page.tsx';
import { createFakeClient, type FakeClient } from '../../test/crew/fake-client.ts';
import { aNight, NIGHT, orderOf } from '../../test/crew/orders.ts';
import type { ActName } from './place.ts';

let shown: ReturnType<typeof showCrew> | undefined;
let fake: FakeClient;
const DUE = orderOf('A7K', '14:22').id;
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
const last = () => fake.client.order(DUE).value?.events.at(-1)?.recorded.event;

beforeEach(async () => {
  await page.viewport(800, 1280);
  fake = createFakeClient({ now: NIGHT, orders: aNight() });
});
afterEach(() => shown?.close());

const act = (name: ActName, drafts?: Map<string, string>): void => {
  shown = showCrew(fake, { place: { at: 'act', order: DUE, act: name }, ...(drafts ? { drafts } : {}) });
};
const arrive = () => fake.client.submit(DUE, { kind: 'arrived', data: { crew: CREW_3 } });

describe('a fact that needs words', () => {
  test('a call to the customer is kept with its result; nothing is chosen for anybody', async () => {
    act('contacted');
    await expect.element(button('记下')).toHaveAccessibleDescription('先选一个');
    await page.getByText('没打通').click();
    await button('记下').click();
    await expect.element(page.getByRole('heading', { name: '工单 A7K-1' })).toBeVisible();
    expect(last()).toMatchObject({ kind: 'contacted', data: { crew: CREW_3, reached: false } });
  });

  test('a cause is chosen and written; the expected time is told to the next five minutes', async () => {
    await arrive();
    fake.now.value = at('15:02:10');
    act('diagnosed');
    await button('熔丝熔断').click();
    await button('树障').click();
    await page.getByLabelText('补几个字（可不填）').fill('2 号杆');
    await page.getByText(/^1 时/).click();
    await button('记下').click();
    await expect.poll(() => last()?.kind).toBe('diagnosed');
    expect(last()?.data).toMatchObject({ cause: '熔丝熔断 · 树障 · 2 号杆', etr: at('16:05') });
    expect(fake.client.order(DUE).value?.order.etr).toBe(at('16:05'));
  });

  test('who cannot say when power is back promises nothing', async () => {
    await arrive();
    act('diagnosed');
    await button('电缆故障').click();
    await page.getByText('说不准').click();
    await button('记下').click();
    await expect.poll(() => last()?.kind).toBe('diagnosed');
    expect(last()?.data).not.toHaveProperty('etr');
  });

  test('materials are counted by taps and written by name', async () => {
    act('materialsUsed');
    await expect.element(button('记下')).toHaveAccessibleDescription('先点数量');
    await button('熔丝 加一').click();
    await button('熔丝 加一').click();
    await button('导线 加一').click();
    await button('导线 减一').click();
    await page.getByLabelText('别的材料').fill('横担');
    await button('记下').click();
    await expect.poll(() => last()?.kind).toBe('materialsUsed');
    expect(last()?.data['items']).toEqual([
      { what: '熔丝', count: 2, unit: '只' },
      { what: '横担', count: 1 },
    ]);
    await expect.element(page.getByText('熔丝 2 只')).toBeVisible();
  });

  test('work that rests says why and since when, and goes on with one tap', async () => {
    act('suspended');
    await button('等操作').click();
    await button('记下').click();
    await expect.element(page.getByText('14:55 起挂起：等操作')).toBeVisible();
    await expect.element(button('继续'), { timeout: 5_000 }).toBeVisible();
    await button('继续').click();
    await expect.element(page.getByText('14:55 起挂起：等操作')).not.toBeInTheDocument();
    expect(last()?.kind).toBe('resumed');
  });

  test('after it is kept the place under the thumb takes no touch: a bounce fires nothing', async () => {
    act('suspended');
    await button('天气').click();
    const where = button('记下').element().getBoundingClientRect();
    await button('记下').click();
    await expect
      .element(page.getByRole('status').filter({ hasText: '挂起' }).filter({ hasText: '本机已存' }))
      .toBeVisible();
    const hit = document.elementFromPoint(where.x + where.width / 2, where.y + where.height / 2);
    expect(hit?.closest('button')).toBeNull();
    expect(last()?.kind).toBe('suspended');
  });

  test('an order given back lies with what was taken away, with the reason, and can still be documented', async () => {
    act('returned');
    await button('进不去').click();
    await page.getByLabelText('补几个字（可不填）').fill('桥断了');
    await button('记下').click();
    const banner = page.getByRole('status').filter({ hasText: '你们已退单' });
    await expect.element(banner).toMatchTextContent(/进不去 · 桥断了/);
    expect(fake.client.order(DUE).value?.order.crew).toBeNull();
    await button('备注').click();
    await expect.element(button('记下')).toHaveAccessibleDescription('先写内容');
    shown?.close();
    shown = showCrew(fake);
    await expect.element(page.getByText('已退 · 你的记录已留')).toBeVisible();
  });

  test('what was typed is there again after a crash, and gone once it is recorded', async () => {
    const drafts = new Map<string, string>();
    act('explained', drafts);
    await button('等操作票').click();
    await page.getByLabelText('补几个字（可不填）').fill('北桥线');
    shown?.close();
    act('explained', drafts);
    await expect.element(page.getByLabelText('补几个字（可不填）')).toHaveValue('北桥线');
    await button('记下').click();
    await expect.poll(() => last()?.data['why']).toBe('等操作票 · 北桥线');
    shown?.close();
    act('explained', drafts);
    await expect.element(page.getByLabelText('补几个字（可不填）')).toHaveValue('');
  });

  test('nothing that cannot be read back breaks the page', async () => {
    act('noted', new Map([[`noted.${DUE}`, '{"text":']]));
    await expect.element(page.getByLabelText('备注内容')).toHaveValue('');
  });
});

describe('finding the cause', () => {
  test('is the step after the arrival, and can be skipped without going anywhere', async () => {
    await arrive();
    shown = showCrew(fake, { place: { at: 'order', order: DUE } });
    await expect.element(button('查明原因')).toBeVisible();
    const beside = button('复电').element().getBoundingClientRect();
    await button('复电').click();
    // A bounce falls on the harmless answer.
    const hit = document.elementFromPoint(beside.x + beside.width / 2, beside.y + beside.height / 2);
    expect(hit?.textContent).toBe('还没好');
  });
});

describe('an urge', () => {
  const urge = (): void => {
    const options = { by: DISPATCHER, n: 90, q: 90, subject: orderSubject(DUE) };
    fake.add(DUE, [recorded('urged', '14:49', { level: 'leader', words: '客户二次来电' }, options)]);
  };

  test('stands on the list, on its order and on its page until one tap answers it; the clock is as it was', async () => {
    urge();
    shown = showCrew(fake);
    await button('催办 1 件，去答复').click();
    await expect.element(page.getByText('客户二次来电')).toBeVisible();
    await button('10 分内到').click();
    await expect.element(page.getByText('没有要答的')).toBeVisible();
    await expect.element(page.getByRole('region', { name: /已答/ })).toMatchTextContent(/10 分内到.*本机已存/);
    expect(last()).toMatchObject({ kind: 'urgeAnswered', data: { answer: 'tenMinutes' } });
    await expect.element(button('消息')).toBeVisible();
  });

  test('is answered in other words by two taps', async () => {
    urge();
    shown = showCrew(fake, { place: { at: 'order', order: DUE } });
    await button('其他').click();
    await expect.element(button('答复')).toHaveAccessibleDescription('先写内容');
    await page.getByLabelText('答什么').fill('在等吊车');
    await button('答复').click();
    await expect.poll(() => last()?.data).toMatchObject({ answer: 'other', note: '在等吊车' });
    await expect.element(page.getByText('客户二次来电').first()).toBeVisible();
  });

  test('of an order this crew has no more is not its to answer', async () => {
    const AWAY = orderOf('C8T', '14:02').id;
    fake.add(AWAY, [
      recorded('urged', '14:49', { level: 'leader' }, { by: DISPATCHER, n: 90, q: 90, subject: orderSubject(AWAY) }),
    ]);
    shown = showCrew(fake, { place: { at: 'messages' } });
    await expect.element(page.getByText('没有要答的')).toBeVisible();
  });
});

describe('the start of a shift', () => {
  test('is asked for once, checks the tablet, and is kept whatever is found', async () => {
    fake.power.value = { level: 0.12, charging: false };
    shown = showCrew(fake);
    await button('上班检查').click();
    await expect.element(page.getByText('插上车充')).toBeVisible();
    await expect.element(page.getByText('准许定位，到室外等一分钟')).toBeVisible();
    await page
      .getByRole('region', { name: /今天谁在车上/ })
      .getByRole('button', { name: '陈师傅' })
      .click();
    await page.getByLabelText('别人（姓名，空格隔开）').fill('林工 黄工');
    await button('上班').click();
    await expect.element(button('上班检查')).not.toBeInTheDocument();
    expect(fake.shifts.value).toMatchObject([
      { subject: `crew:${CREW_3}`, data: { people: ['陈师傅', '林工', '黄工'], tablet: { battery: 0.12, orders: 4 } } },
    ]);
  });
});

describe('the read-out card', () => {
  test('says what the centre does not have first, and goes round the orders it does not have', async () => {
    const other = orderOf('N3M', '14:43').id;
    await arrive();
    await fake.client.submit(other, { kind: 'departed', data: { crew: CREW_3 } });
    shown = showCrew(fake, { place: { at: 'order', order: DUE } });
    await button('电台报读').click();
    await expect.element(page.getByText('A 拐 K 杠 幺')).toBeVisible();
    await expect.element(page.getByRole('region', { name: /未收/ })).toMatchTextContent(/14:55:00 到达/);
    await expect.element(page.getByRole('region', { name: /已收/ })).toMatchTextContent(/14:31:40 出发/);
    await button('下一张 N3M-1').click();
    await expect.element(page.getByText('N 三 M 杠 幺')).toBeVisible();
  });
});

describe('at the wheel', () => {
  test('one order, one limit, one button; whoever does not drive says so and has the list back', async () => {
    shown = showCrew(fake);
    await button('驾驶').click();
    await expect.element(page.getByText('还剩 12 分')).toBeVisible();
    expect(page.getByRole('navigation').elements()).toEqual([]);
    expect(
      page
        .getByRole('button')
        .elements()
        .map(({ textContent }) => textContent),
    ).toEqual([expect.stringContaining('抢修3班'), '我不开车', '到达现场']);
    expect(button('到达现场').element().getBoundingClientRect().height).toBeGreaterThanOrEqual(140);
    await button('我不开车').click();
    await expect.element(page.getByText('北桥村12号')).toBeVisible();
  });
});
