import { afterAll, beforeAll, expect, test } from 'vitest';

import { orderSubject, type OrderId } from '#shared/ids.ts';

import { startCaptivePortal } from './captive-portal.ts';
import { crewHouse, type CrewHouse } from './crew-house.ts';

/** What a crew does on a day, each with the server gone; at the end the server is back and has all of it. */
const MINUTE = 60_000;
let house: CrewHouse;
let second: ReturnType<CrewHouse['newcomer']>;
const orders = new Map<string, OrderId>();
const ADDRESSES = ['幸福路18号', '北桥村12号', '水厂路7号', '文庙西街3号'] as const;
const orderAt = (address: (typeof ADDRESSES)[number]): OrderId => {
  const id = orders.get(address);
  if (!id) throw new Error(`no order at ${address}`);
  return id;
};

beforeAll(async () => {
  house = await crewHouse('crew-flows');
  for (const address of ADDRESSES)
    orders.set(address, await house.give(address, { customer: { name: '张*', phone: '138 0591 2201' }, customers: 3 }));
  house.desk.make('urged', { level: 'leader', words: '客户二次来电' }, orderSubject(orderAt('北桥村12号')));
  await house.push();
  await house.tablet().shows('催办 1 件，去答复');
  await house.tablet().shows('文庙西街3号');
  second = house.newcomer('李工');
  await house.tablet().press('上班检查');
  await house.tablet().press('加一个人');
  await house.tablet().enrol(second.code);
  await house.tablet().shows('文庙西街3号');
  // Code that is loaded when first used is kept by the worker once it is active.
  await house.kept();
  await house.cut();
  await house.reopen();
});
afterAll(() => house.end());

test('the list stands at once with the server gone, and each page opens', async () => {
  const crew = house.tablet();
  await crew.shows('幸福路18号');
  await crew.shows(/无信号/);
  expect(await crew.page.locator('#app > *').count()).toBe(1);
  await crew.press('使用说明');
  await crew.shows('没有信号也照常干');
  await crew.press('返回');
  await crew.press('地图');
  await crew.shows('按距离');
  expect(await crew.page.evaluate(() => navigator.serviceWorker.controller?.state)).toBe('activated');
  await crew.press('工单');
});

test('another one of the crew takes over by one tap', async () => {
  const crew = house.tablet();
  await crew.openOrder('幸福路18号');
  await crew.act('备注', async () => crew.page.getByLabel('备注内容').fill('李工看过'));
  await crew.press('工单');
  await crew.press('上班检查');
  const here = crew.page.getByRole('region', { name: /^谁在用这台平板/ });
  expect(await here.getByRole('button', { name: '李工' }).getAttribute('aria-pressed')).toBe('true');
  await here.getByRole('button', { name: '工1' }).click();
  await expect.poll(() => here.getByRole('button', { name: '工1' }).getAttribute('aria-pressed')).toBe('true');
  await crew.press('返回');
});

test('the shift is begun, with a line for what the tablet lacks', async () => {
  const crew = house.tablet();
  await crew.press('上班检查');
  await crew.shows(/工单 4 张，没信号也能看/);
  await crew.page
    .getByRole('region', { name: /^今天谁在车上/ })
    .getByRole('button', { name: '工1' })
    .click();
  await crew.page.getByLabel('别人（姓名，空格隔开）').fill('林工');
  await crew.press('上班');
  await crew.shows('幸福路18号');
  expect(await crew.page.getByRole('button', { name: '上班检查' }).count()).toBe(0);
});

test('an urge is answered by one tap', async () => {
  const crew = house.tablet();
  await crew.press('催办 1 件，去答复');
  await crew.press('等操作票');
  await crew.shows('没有要答的');
  expect(await crew.page.getByRole('button', { name: '等操作票' }).count()).toBe(0);
  await crew.press('工单');
});

test('work rests for a reason and goes on', async () => {
  const crew = house.tablet();
  await crew.openOrder('水厂路7号');
  await crew.tap('接单');
  await crew.act('挂起', async () => crew.press('天气'));
  await crew.shows(/起挂起：天气/);
  await crew.press('继续');
  await crew.page.getByText(/起挂起：天气/).waitFor({ state: 'detached' });
  await crew.act('说明延误', async () => crew.press('前一单没完'));
  await crew.act('备注', async () => crew.page.getByLabel('备注内容').fill('门锁着，等物业'));
  await crew.shows('门锁着，等物业');
  expect(await crew.page.locator('.trace li').count()).toBeGreaterThanOrEqual(6);
  await crew.press('工单');
});

test('an order is given back with its reason and stays readable', async () => {
  const crew = house.tablet();
  await crew.openOrder('文庙西街3号');
  await crew.act('退单', async () => crew.press('进不去'));
  await crew.shows(/你们已退单/);
  await crew.press('工单');
  await crew.shows('已退 · 你的记录已留');
  expect(await crew.page.locator('.next-card').textContent()).not.toContain('文庙西街3号');
});

test('an unanswered first tap and half a form survive the death of the tablet; the time is that of the tap', async () => {
  let crew = house.tablet();
  await crew.openOrder('北桥村12号');
  await crew.tap('接单');
  await crew.act('说明延误', async () => crew.page.getByLabel('补几个字（可不填）').fill('桥面积水'), 'leave');
  await crew.press('更多');
  await crew.press('到达现场');
  const asked = await crew.page.locator('.step-time .clock').textContent();
  crew = await house.reopen(3 * MINUTE);
  await crew.shows('北桥村12号');
  expect(await crew.page.locator('.step-time .clock').textContent()).toBe(asked);
  await crew.press('确认到达');
  await crew.shows(`${asked} 到达`);
  await crew.openOrder('北桥村12号');
  await crew.press('更多');
  await crew.press('说明延误');
  expect(await crew.page.getByLabel('补几个字（可不填）').inputValue()).toBe('桥面积水');
  await crew.press('返回');
  await crew.press('工单');
});

test('a locked tablet shows no address, also after it died; the PIN opens it without signal', async () => {
  let crew = house.tablet();
  const pin = async (digits: string, then: string): Promise<void> => {
    for (const digit of digits) await crew.press(digit);
    await crew.press(then);
  };
  await crew.press(/^待发/);
  await crew.press('设 PIN');
  await pin('2468', '下一步');
  await crew.shows('再输一遍');
  await pin('2468', '下一步');
  await crew.press('现在锁');
  await crew.shows('输 PIN，4 到 6 位');
  crew = await house.reopen(3 * MINUTE);
  await crew.shows('输 PIN，4 到 6 位');
  expect(await crew.page.locator('body').textContent()).not.toContain('幸福路18号');
  await pin('1357', '开锁');
  await crew.shows('不对，还能试 4 次');
  await pin('2468', '开锁');
  await crew.shows('幸福路18号');
  await crew.press(/^待发/);
  await crew.press('换 PIN');
  await pin('2468', '下一步');
  await crew.press('去掉 PIN');
  await crew.press('设 PIN');
  await crew.press('返回');
  await crew.press('工单');
});

test('a countdown is right after the tablet slept, without a touch', async () => {
  const crew = house.tablet();
  const left = async (): Promise<number> => {
    const chip = crew.page.getByRole('button').filter({ hasText: '幸福路18号' }).first();
    return Number(/还剩 (\d+) 分/.exec((await chip.textContent()) ?? '')?.[1]);
  };
  const before = await left();
  expect(before).toBeGreaterThan(30);
  await crew.move(23 * MINUTE);
  await expect.poll(left, { timeout: 15_000 }).toBeLessThanOrEqual(before - 19);
  await crew.move(3 * MINUTE);
});

test('what waits can be read out over the radio', async () => {
  const crew = house.tablet();
  await crew.openOrder('水厂路7号');
  await crew.press('电台报读');
  await crew.shows(/挂起/);
  expect(await crew.page.locator('.read-out-lines li').count()).toBeGreaterThanOrEqual(5);
  await crew.picture('read-out');
  await crew.press('返回');
  await crew.press('工单');
});

test('a network that wants a login first is called that, breaks nothing and takes nothing', async () => {
  for (const how of ['page', 'redirect'] as const) {
    const portal = await startCaptivePortal(house.url, how);
    await house.reopen();
    const crew = house.tablet();
    await crew.shows('幸福路18号');
    await crew.shows(/待发 \d+ · 这个网络要登录，换网/);
    // A browser looks for a later worker when it likes; the login page is none.
    await crew.page.evaluate(async () => (await navigator.serviceWorker.ready).update().catch(() => undefined));
    expect(portal.asked()).toEqual(expect.arrayContaining(['/v1/sync', '/sw.js']));
    await portal.stop();
  }
  await house.reopen();
  await house.tablet().shows('幸福路18号');
  await house.tablet().shows(/无信号/);
});

test('signal is back: the centre has every fact once, with what was chosen and when', async () => {
  await house.restore();
  await house.tablet().press(/^待发/);
  await house.tablet().press('现在试');
  await house.tablet().shows(/^全部已收/);
  const log = house.log();
  const made = (kind: string) => log.filter((event) => event.kind === kind);
  expect(made('shiftStarted')).toMatchObject([{ subject: `crew:${house.crew}`, data: { people: ['工1', '林工'] } }]);
  expect(made('urgeAnswered')).toMatchObject([{ data: { answer: 'waitingSwitching' } }]);
  expect(made('suspended')).toMatchObject([{ data: { reason: 'weather' } }]);
  expect(made('resumed')).toHaveLength(1);
  expect(made('explained')).toMatchObject([{ data: { why: '前一单没完' } }]);
  // Each event is of whoever worked at the tap, whoever delivers it.
  expect(made('noted').map(({ by, data }) => [by === second.id, data['text']])).toEqual([
    [true, '李工看过'],
    [false, '门锁着，等物业'],
  ]);
  expect(made('returned')).toMatchObject([
    { subject: orderSubject(orderAt('文庙西街3号')), data: { reason: 'noAccess' } },
  ]);
  expect(made('arrived')).toHaveLength(1);
});
