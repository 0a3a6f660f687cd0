import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';

import { at, CREW_3, CREW_5 } from '../../test/builders.ts';
import { showCrew } from '../../test/crew/crew-page.tsx';
import { createFakeClient, openTapAt } from '../../test/crew/fake-client.ts';
import { aNight, NIGHT, orderOf, takenBy } from '../../test/crew/orders.ts';

let shown: ReturnType<typeof showCrew> | undefined;
const fakeNight = () => createFakeClient({ now: NIGHT, orders: aNight() });
const DUE = orderOf('A7K', '14:22').id;
const button = (name: string | RegExp) => page.getByRole('button', { name });

beforeEach(() => page.viewport(800, 1280));
afterEach(() => shown?.close());

describe('the next step', () => {
  test('accept is one tap, shows the fact and its custody, takes no touch for 3 s, then becomes the next verb', async () => {
    const fake = createFakeClient({ now: NIGHT, orders: [orderOf('A7K', '14:50').dispatched('14:53').held()] });
    shown = showCrew(fake);
    const before = button('接单').element().getBoundingClientRect();
    await button('接单').click();
    await expect.element(page.getByText('14:55:00 接单')).toBeVisible();
    await expect.element(page.getByText('本机已存')).toBeVisible();
    // A bounce in the same place meets nothing that can be fired.
    const hit = document.elementFromPoint(before.x + before.width / 2, before.y + before.height / 2);
    expect(hit?.closest('button')).toBeNull();
    await expect.element(button('出发'), { timeout: 5_000 }).toBeVisible();
    expect(fake.client.outbox.value.map(({ kind }) => kind)).toEqual(['accepted']);
  });

  test('arrive is two taps, and the time kept is that of the first', async () => {
    const fake = fakeNight();
    shown = showCrew(fake);
    const first = button('到达现场').element().getBoundingClientRect();
    await button('到达现场').click();
    await expect.element(page.getByText('14:55:00')).toBeVisible();
    expect(button('还没到').element().getBoundingClientRect()).toEqual(first);
    expect(first.top - button('确认到达').element().getBoundingClientRect().top).toBe(160);
    expect(fake.client.outbox.value).toEqual([]);

    fake.now.value = at('14:57');
    await button('确认到达').click();
    await expect.element(page.getByText('14:55:00 到达')).toBeVisible();
    const fact = fake.client.order(DUE).value?.order.facts.at(-1);
    expect(fact).toMatchObject({ kind: 'arrived', time: { est: at('14:55') } });
    expect(fake.taps.value).toEqual([]);
  });

  test('a clock that is minutes off is said; the corrected time stands', async () => {
    const fake = fakeNight();
    const tap = openTapAt(DUE, 'arrived', at('14:54'));
    fake.taps.value = [{ ...tap, clock: { ...tap.clock, wall: at('14:57:02') } }];
    shown = showCrew(fake);
    await expect.element(page.getByText('14:54:00')).toBeVisible();
    await expect.element(page.getByText('本机钟差 3 分，按最后校时算')).toBeVisible();
  });

  test('the harmless answer drops the tap and records nothing', async () => {
    const fake = fakeNight();
    shown = showCrew(fake);
    await button('到达现场').click();
    await button('还没到').click();
    await expect.element(button('到达现场')).toBeVisible();
    expect(fake.taps.value).toEqual([]);
    expect(fake.client.outbox.value).toEqual([]);
  });

  test('an unanswered first tap is there again after a crash, in the list and in the place of the step', async () => {
    const fake = fakeNight();
    const other = orderOf('N3M', '14:43').id;
    fake.taps.value = [openTapAt(DUE, 'arrived', at('14:51:08')), openTapAt(other, 'arrived', at('14:52:09'))];
    shown = showCrew(fake);
    await expect.element(button('确认到达')).toBeVisible();
    await expect.element(page.getByText('14:51:08')).toBeVisible();
    await expect.element(page.getByText('到达待确认 14:52:09')).toBeVisible();
  });

  test('a step that changes because of new data takes no touch at first', async () => {
    const fake = fakeNight();
    shown = showCrew(fake);
    await expect.element(button('到达现场')).toBeVisible();
    const more = orderOf('E2N', '14:15').dispatched('14:54');
    fake.held.value = [...fake.held.value, more.held()];
    await expect.element(page.getByText('下一单：E2N-1')).toBeVisible();
    expect(page.getByRole('button', { name: '接单', exact: true }).elements()).toEqual([]);
    await expect.element(page.getByRole('button', { name: '接单', exact: true }), { timeout: 5_000 }).toBeVisible();
  });

  test('restore asks how much is back; what is not ticked is kept as not confirmed and stops nothing', async () => {
    const fake = fakeNight();
    await fake.client.submit(DUE, { kind: 'arrived', data: { crew: CREW_3 } });
    shown = showCrew(fake, { place: { at: 'order', order: DUE } });
    await button('复电').click();
    await page.getByText('人员已撤离').click();
    await button('确认复电').click();
    await expect.element(page.getByText('14:55:00 复电')).toBeVisible();
    expect(fake.client.order(DUE).value?.events.at(-1)?.recorded.event.data).toMatchObject({
      extent: 'all',
      safety: { earthsRemoved: false, peopleClear: true, customerTold: false },
    });
  });

  test('NOT SAVED covers everything and reads out what to say; saving again keeps the time of the first tap', async () => {
    const fake = fakeNight();
    shown = showCrew(fake);
    await button('到达现场').click();
    fake.storage.value = 'full';
    await button('确认到达').click();
    const alarm = page.getByRole('alertdialog', { name: '没存上，请用电台报' });
    await expect.element(alarm).toBeVisible();
    await expect.element(alarm.getByText('单号 A7K-1（A 拐 K 杠 幺）')).toBeVisible();
    await expect.element(alarm.getByText('到达 14:55:00')).toBeVisible();
    expect(page.getByText('本机已存').elements()).toEqual([]);

    fake.storage.value = 'works';
    fake.now.value = at('14:59');
    await button('再存一次').click();
    await expect.element(alarm).not.toBeInTheDocument();
    expect(fake.client.order(DUE).value?.events.at(-1)?.recorded.event.data).toMatchObject({
      at: { at: at('14:55'), source: 'typed' },
    });
  });
});

describe('an order that was taken away', () => {
  const AWAY = orderOf('C8T', '14:02').id;

  test('says who has it, by whom, why, what is kept, what is still allowed, and has no next step', async () => {
    shown = showCrew(fakeNight(), { place: { at: 'order', order: AWAY } });
    const banner = page.getByRole('status').filter({ hasText: '已改派' });
    await expect.element(banner).toMatchTextContent(/14:40 已改派 抢修5班/);
    for (const words of [/李调度/, /5班更近；你们 38 分无消息/, /已作为证据保留/, /仍可做：备注/, /现属 抢修5班/])
      await expect.element(banner).toMatchTextContent(words);
    await button('更多').click();
    await expect.element(page.getByText('已改派，不归你们了').first()).toBeVisible();
    expect(page.getByRole('button', { name: '到达现场' }).elements().every(isOff)).toBe(true);
  });

  test('a question open at that moment may still be answered and is kept', async () => {
    const fake = fakeNight();
    fake.taps.value = [openTapAt(AWAY, 'arrived', at('14:39:50'))];
    shown = showCrew(fake, { place: { at: 'order', order: AWAY } });
    await expect.element(page.getByText('已改派，照记，作为证据保留')).toBeVisible();
    await button('确认到达').click();
    await expect.element(page.getByText('14:39:50 到达')).toBeVisible();
    expect(fake.client.order(AWAY).value?.order.crew).toBe(CREW_5);
    expect(fake.client.order(AWAY).value?.order.facts.at(-1)).toMatchObject({ kind: 'arrived', fits: false });
  });

  test('a recalled order is back with the desk', async () => {
    const story = orderOf('RCL', '14:00').dispatched('14:01').recalled('14:30', CREW_3, '并入别单');
    const fake = createFakeClient({ now: NIGHT, orders: [story.held({ drop: takenBy(story.id, null, '并入别单') })] });
    shown = showCrew(fake, { place: { at: 'order', order: story.id } });
    await expect.element(page.getByText('14:30 已撤单')).toBeVisible();
    await expect.element(page.getByText(/已退回指挥台/)).toBeVisible();
  });
});

const isOff = (element: Element): boolean => element.getAttribute('aria-disabled') === 'true';
