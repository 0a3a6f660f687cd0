import { expect, test } from 'vitest';

import { createHouses, IN_TIME, MINUTE, TAKEN } from '../e2e/house.ts';
import { relight } from '../e2e/server-process.ts';

/**
 * The numbers people are judged by, with nothing imitated but the time: late and proven so, on a clock that is hours
 * wrong; a clock that somebody sets; a tablet that still holds the arrival; a time that only a person can judge.
 */
const house = createHouses();
const HOUR = 60 * MINUTE;

test('a crew that was really late is told so quietly, by a clock that was three hours wrong', async () => {
  const place = house('late');
  const wrong = (passed: number) => ({ wallMs: passed + 3 * HOUR, monoMs: passed });
  let server = await place.start(0);
  const desk = await place.desk(server.url);
  const crew = await place.crew(server.url, '1', place.codes[0], wrong(0));
  await desk.openOrder(IN_TIME);
  await desk.dispatch('抢修1班');
  await crew.shows(IN_TIME);
  await server.stop();

  await crew.set(wrong(10 * MINUTE));
  await crew.tap('接单');
  await crew.tap('出发');
  await crew.set(wrong(52 * MINUTE));
  const before = Date.now() + 52 * MINUTE;
  await crew.page.getByRole('button', { name: '到达现场', exact: true }).click();
  const after = Date.now() + 52 * MINUTE;
  await crew.page.getByRole('button', { name: '确认到达', exact: true }).click();
  await crew.openOrder(IN_TIME);
  await crew.shows(/本机看：超时 \d+ 分/);
  await crew.pictures('21-tablet-missed');

  await crew.set(wrong(60 * MINUTE));
  server = await place.start(60 * MINUTE);
  await desk.move(60 * MINUTE);
  await crew.shows('全部已收');
  await desk.openOrder(IN_TIME);
  await desk.shows('补记超时');
  await desk.picture('22-desk-missed-recorded-afterwards');

  const log = place.log();
  const arrival = log.find(({ kind }) => kind === 'arrived');
  expect(arrival?.lo).toBeLessThanOrEqual(after);
  expect(arrival?.hi).toBeGreaterThanOrEqual(before);
  expect(Math.abs((arrival?.est ?? 0) - before)).toBeLessThan(5_000);
  const missed = log.filter(
    ({ subject, kind, data }) =>
      subject === arrival?.subject &&
      kind === 'alertRaised' &&
      data['level'] === 'missed' &&
      data['rule'] === 'arrival',
  );
  expect(missed.map(({ data }) => data['quiet'])).toEqual([true]);
  // Nobody was fetched for what nobody can change any more.
  expect(await desk.page.getByRole('article').filter({ hasText: IN_TIME }).count()).toBe(0);
});

test('a clock set back for the tap and forward again earns nothing: the time is judged by a person', async () => {
  const place = house('forged');
  let server = await place.start(0);
  const desk = await place.desk(server.url);
  let crew = await place.crew(server.url, '1', place.codes[0]);
  await desk.openOrder(IN_TIME);
  await desk.dispatch('抢修1班');
  await crew.shows(IN_TIME);
  await crew.tap('接单');
  await crew.tap('出发');
  await crew.shows('全部已收');
  await crew.tablet.close();
  await server.stop();
  server = await place.start(47 * MINUTE);
  await desk.move(47 * MINUTE);
  await desk.alert('联系 抢修1班');
  await server.stop();

  // It is 52 minutes past the report. The tablet was off all the while, and its clock is set to 40 for one tap.
  crew = await place.reopen(server.url, '1', { wallMs: 40 * MINUTE, monoMs: 0 });
  await crew.tapTwice('到达现场', '确认到达');
  await crew.set({ wallMs: 55 * MINUTE, monoMs: 0 });
  server = await place.start(55 * MINUTE);
  await desk.move(55 * MINUTE);
  await crew.shows('全部已收');
  await desk.openOrder(IN_TIME);
  await desk.shows('要人判的时间');
  await desk.shows('时间待核');
  await desk.picture('23-desk-forged-clock-asks-a-person');
  const log = place.log();
  const arrival = log.find(({ kind }) => kind === 'arrived');
  expect(arrival?.grade).not.toBe('A');
  expect(arrival?.hi).toBeGreaterThan((arrival?.lo ?? 0) + 10 * MINUTE);
  expect(log.map(({ kind }) => kind)).not.toContain('alertWithdrawn');

  await desk.acceptTime('客户说 40 分前后到的');
  await desk.shows(/预警撤回：.+撤：到达/);
  await desk.picture('24-desk-time-accepted');
});

test('a second tablet that still holds the arrival keeps the order unknown until it is heard', async () => {
  const place = house('two-tablets');
  let server = await place.start(0);
  const desk = await place.desk(server.url);
  const first = await place.crew(server.url, '1', place.codes[0]);
  let second = await place.crew(server.url, '1b', place.codeFor('1'));
  await desk.openOrder(IN_TIME);
  await desk.dispatch('抢修1班');
  await first.shows(IN_TIME);
  await second.shows(IN_TIME);
  await first.tap('接单');
  await first.tap('出发');
  await first.shows('全部已收');
  // The first tablet has accepted and set out: the second one is asked for the arrival.
  await second.shows('到达现场');
  await server.stop();

  await second.move(20 * MINUTE);
  await second.tapTwice('到达现场', '确认到达');
  await second.move(44 * MINUTE);
  await second.tapTwice('复电', '确认复电');
  await second.tablet.kill();
  server = await place.start(48 * MINUTE);
  await first.move(48 * MINUTE);
  await desk.move(48 * MINUTE);
  await first.shows('全部已收');
  await desk.row(IN_TIME).filter({ hasText: '无消息' }).waitFor({ timeout: 30_000 });
  await desk.openOrder(IN_TIME);
  await desk.shows('没有消息的平板');
  await desk.picture('25-desk-unknown-silent');
  await desk.page.getByRole('button', { name: '报失' }).first().click();
  await desk.shows('它还存着的记录不再等');
  await desk.picture('26-desk-second-look-before-a-tablet-is-lost');
  await desk.page.keyboard.press('Escape');

  second = await place.reopen(server.url, '1b', 50 * MINUTE);
  await second.shows('全部已收');
  await desk.shows(/预警撤回：.+撤：到达/);
  await desk.picture('27-desk-heard-and-withdrawn');
  const log = place.log();
  const arrival = log.find(({ kind }) => kind === 'arrived');
  const about = log.filter(({ subject, data }) => subject === arrival?.subject && data['rule'] === 'arrival');
  expect(about.map(({ data }) => data['level'])).not.toContain('missed');
  expect(log.map(({ kind }) => kind)).toContain('alertWithdrawn');
});

test('a tablet says of another crew only what it knows; a time told by radio may be for a person to judge', async () => {
  const place = house('radio');
  const server = await place.start(0);
  const desk = await place.desk(server.url);
  const first = await place.crew(server.url, '1', place.codes[0]);
  const second = await place.crew(server.url, '2', place.codes[1]);
  await desk.openOrder(TAKEN);
  await desk.dispatch('抢修1班');
  await first.shows(TAKEN);
  await first.tablet.close();
  await server.tell({ shiftMs: 20 * MINUTE });
  await desk.move(20 * MINUTE);
  await second.move(20 * MINUTE);
  await desk.openOrder(TAKEN);
  await desk.reassign('抢修2班', '2班更近');
  await second.shows(TAKEN);
  await server.tell({ shiftMs: 47 * MINUTE });
  await desk.move(47 * MINUTE);
  await second.move(47 * MINUTE);
  await second.openOrder(TAKEN);
  await second.shows('起无消息');
  await second.pictures('31-tablet-unknown-silent');

  // The desk has to know how late it is before it reads “14:44” as a time of today.
  await desk.row(TAKEN).filter({ hasText: '起无消息' }).waitFor({ timeout: 30_000 });
  await desk.openOrder(TAKEN);
  await desk.reportByRadio('到达', desk.clockAt(Date.now() + 44 * MINUTE));
  await desk.shows('要人判的时间');
  await desk.picture('32-desk-unknown-clock');
  await desk.row(TAKEN).filter({ hasText: '说不准' }).waitFor({ timeout: 30_000 });
  await second.shows('说不准');
  await second.pictures('33-tablet-unknown-clock');
  await desk.acceptTime('班组和客户都说这个时间');
  await desk.shows(/认定时间 .+班组和客户都说这个时间/);
  await second.shows('按时');
  await second.pictures('34-tablet-met');
  await desk.picture('35-desk-met');
  expect(JSON.parse(relight(place.dataDir, ['verify', '--json']))).toMatchObject({ ok: true });
});
