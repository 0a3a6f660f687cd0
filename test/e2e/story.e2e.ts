import { expect, test } from 'vitest';

import { createHouses, IN_TIME, MINUTE, TAKEN } from './house.ts';
import { relight } from './server-process.ts';

/**
 * The whole job, with nothing imitated but the time: two browsers with profiles of their own, the server as a process,
 * and the 45 minutes themselves, through clocks that can be moved. The network is cut by stopping the server.
 * Pictures of each step are kept in artefacts/story.
 */
// Side by side: each waits most of its time for what the other does not use.
const house = createHouses({ atEnd: true });

test.concurrent('a crew out of coverage is not called late, and its late news withdraws the alert', async () => {
  const place = house('in-time');
  let server = await place.start(0);
  const desk = await place.desk(server.url);
  let crew = await place.crew(server.url, '1', place.codes[0]);

  await desk.openOrder(IN_TIME);
  await desk.dispatch('抢修1班');
  await crew.shows(IN_TIME);
  await desk.shows('已送达');
  await crew.picture('01-tablet-has-the-order');
  await desk.picture('02-desk-dispatched');

  await server.stop();
  await crew.tablet.kill();
  crew = await place.reopen(server.url, '1', 5 * MINUTE);
  await crew.shows(IN_TIME);
  await crew.tap('接单');
  await crew.move(8 * MINUTE);
  await crew.tap('出发');
  await crew.move(21 * MINUTE);
  await crew.page.getByRole('button', { name: '到达现场', exact: true }).click();
  await crew.shows('以第一次按下为准');
  await crew.picture('03-arrive-asks-again');
  await crew.page.getByRole('button', { name: '确认到达', exact: true }).click();
  await crew.shows('到达');
  await crew.move(35 * MINUTE);
  await crew.tapTwice('复电', '确认复电');
  await crew.sign('张');
  await crew.move(40 * MINUTE);
  await crew.tapTwice('提交', '确认提交');
  await crew.picture('04-all-done-without-signal');
  await crew.tablet.kill();

  server = await place.start(47 * MINUTE);
  await desk.move(47 * MINUTE);
  await desk.alert('联系 抢修1班');
  const row = desk.row(IN_TIME);
  await row.filter({ hasText: '无消息' }).waitFor();
  expect(await row.textContent()).not.toContain('超');
  await desk.picture('05-desk-no-news-not-late');

  await server.tell({ shiftMs: 60 * MINUTE });
  await desk.move(60 * MINUTE);
  crew = await place.reopen(server.url, '1', 60 * MINUTE);
  await crew.shows('全部已收');
  await crew.picture('06-delivered-without-a-touch');

  await row.filter({ hasText: '按时' }).waitFor({ timeout: 30_000 });
  await desk.openOrder(IN_TIME);
  await desk.shows(/预警撤回：.+撤：到达/);
  await desk.picture('07-desk-alert-withdrawn');
  const trace = await desk.page.locator('.drawer, [class*=drawer]').first().textContent();
  for (const said of ['接单', '出发', '到达', '复电', '客户签字 · 张', '提交', '收 ', '工1'])
    expect(trace).toContain(said);
  await desk.page.locator('[class*=signature]').first().scrollIntoViewIfNeeded();
  await desk.picture('08-desk-trace-and-signature');
  expect(JSON.parse(relight(place.dataDir, ['verify', '--json']))).toMatchObject({ ok: true });
});

test.concurrent('an order given to another crew meanwhile is told to both, and nothing done is lost', async () => {
  const place = house('taken');
  let server = await place.start(0);
  const desk = await place.desk(server.url);
  const other = await place.crew(server.url, '2', place.codes[1]);
  let crew = await place.crew(server.url, '1', place.codes[0]);
  await desk.openOrder(TAKEN);
  await desk.dispatch('抢修1班');
  await crew.shows(TAKEN);
  await crew.tap('接单');
  await crew.shows('全部已收');
  await crew.tablet.kill();

  await server.tell({ shiftMs: 10 * MINUTE });
  await desk.move(10 * MINUTE);
  await desk.openOrder(TAKEN);
  await desk.reassign('抢修2班', '2班更近');
  await other.shows(TAKEN);
  await other.picture('11-other-crew-has-it');
  await server.stop();

  crew = await place.reopen(server.url, '1', 20 * MINUTE);
  await crew.shows(TAKEN);
  await crew.tap('出发');
  await crew.move(24 * MINUTE);
  await crew.tapTwice('到达现场', '确认到达');
  await crew.tablet.kill();
  server = await place.start(30 * MINUTE);
  crew = await place.reopen(server.url, '1', 30 * MINUTE);
  await crew.shows('全部已收');
  await crew.openOrder(TAKEN);
  await crew.shows('2班更近');
  await crew.shows('抢修2班');
  await crew.picture('12-taken-away-told-and-kept');

  await desk.move(30 * MINUTE);
  await desk.openOrder(TAKEN);
  await desk.shows('已不归该班组，留作证据');
  await desk.picture('13-desk-sees-both');
  const log = relight(place.dataDir, ['log', '--ndjson']);
  expect(log.match(/"kind":"arrived"/g)).toHaveLength(1);
});
