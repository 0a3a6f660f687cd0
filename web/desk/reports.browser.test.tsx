import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';

import type { Report, ReportQuery } from '#shared/api/report.ts';
import { err, ok, type Result } from '#shared/result.ts';

import { at } from '../../test/builders.ts';
import { showDesk } from '../../test/desk/desk-page.tsx';
import { createFakeDesk, crewId } from '../../test/desk/fake-desk.ts';
import { stormReport } from '../../test/desk/storm-report.ts';
import type { Unanswered } from '../read/client-context.ts';

const NOW = at('14:55');
type Answer = Promise<Result<Report, Unanswered>>;

let shown: ReturnType<typeof showDesk> | null = null;
let asked: ReportQuery[] = [];
let answer: (query: ReportQuery) => Answer;

beforeEach(async () => {
  await page.viewport(1440, 900);
  asked = [];
  answer = (query) => Promise.resolve(ok(stormReport(query, NOW)));
});

afterEach(() => {
  shown?.close();
  shown = null;
});

async function openReports(start: Parameters<typeof showDesk>[1] = {}) {
  const fake = createFakeDesk({ now: NOW });
  fake.answers.report = (query) => {
    asked.push(query);
    return answer(query);
  };
  shown = showDesk(fake, start);
  await userEvent.keyboard('b');
  await expect.element(page.getByRole('heading', { name: /报表|Reports/ })).toBeVisible();
  return fake;
}

const groups = () => [...document.querySelectorAll('.figures tbody th')].map((cell) => cell.textContent);
const chart = (name: string) => page.getByRole('slider', { name });
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });

describe('the reports page', () => {
  test('opens by its key, shows the week by area, and Escape leads back to the board', async () => {
    await openReports();
    await expect.poll(groups).toEqual(['合计', '城区', '农村', '偏远']);
    expect(asked).toEqual([{ from: '2026-11-15', to: '2026-11-21', by: 'area', rule: 'arrival', zone: 'UTC' }]);
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByRole('heading', { name: '指挥台' })).toBeVisible();
  });

  test('every choice is asked for at once, and the figures stay until the next have come', async () => {
    await openReports();
    await expect.poll(groups).toHaveLength(4);
    answer = () => new Promise<never>(nothing);
    await button('班组').click();
    await button('今天').click();
    expect(asked.at(-1)).toMatchObject({ by: 'crew', from: '2026-11-21', to: '2026-11-21' });
    expect(groups()).toHaveLength(4);
    await page.getByLabelText('区域').last().selectOptions('农村');
    await expect.poll(() => asked.at(-1)).toMatchObject({ area: 'rural' });
  });

  test('an answer that comes after that to a later question is not shown', async () => {
    const waiting: (() => void)[] = [];
    answer = (query) =>
      new Promise((resolve) => {
        waiting.push(() => resolve(ok(stormReport(query, NOW))));
      });
    await openReports();
    await button('班组').click();
    await expect.poll(() => waiting.length).toBe(2);
    waiting[1]?.();
    await expect.poll(groups).toHaveLength(9);
    waiting[0]?.();
    await button('日期').click();
    await expect.poll(() => waiting.length).toBe(3);
    expect(groups()).toHaveLength(9);
  });

  test('own days begin with those shown; what cannot be days is told and not asked for', async () => {
    await openReports();
    await expect.poll(groups).toHaveLength(4);
    await button('自选').click();
    await expect.element(page.getByLabelText('从', { exact: true })).toHaveValue('2026-11-15');
    const before = asked.length;
    await page.getByLabelText('从', { exact: true }).fill('2026-11-31');
    await expect.element(page.getByText(/日期写成 2026-11-21/)).toBeVisible();
    await page.getByLabelText('从', { exact: true }).fill('2026-11-30');
    expect(asked).toHaveLength(before);
    await page.getByLabelText('从', { exact: true }).fill('2026-11-20');
    await expect.poll(() => asked.at(-1)).toMatchObject({ from: '2026-11-20', to: '2026-11-21' });
  });

  test('without the centre it says so, and as of when what is shown still is', async () => {
    const fake = await openReports();
    await expect.poll(groups).toHaveLength(4);
    answer = () => Promise.resolve(err('network'));
    fake.now.value = at('15:10');
    await button('再统计').click();
    await expect.element(page.getByText(/能看的是 14:55 的/)).toBeVisible();
    expect(groups()).toHaveLength(4);
  });

  test.each([
    ['network', '没连上中心，报表要网络'],
    ['notAllowed', '你的岗位看不到报表'],
    ['serverBusy', '统计没成，再试一次'],
  ] as const)('%s: nothing is shown as if it were a result', async (code, says) => {
    answer = () => Promise.resolve(err(code as Unanswered));
    await openReports();
    await expect.element(page.getByText(says)).toBeVisible();
    expect(document.querySelector('.figures')).toBeNull();
  });

  test('a period without orders says so', async () => {
    answer = (query) => Promise.resolve(ok({ ...stormReport(query, NOW), rules: [], days: [], spread: null }));
    await openReports();
    await expect.element(page.getByText('这段时间没有工单')).toBeVisible();
  });

  test('what could not be saved is said over it', async () => {
    const fake = await openReports();
    await expect.poll(groups).toHaveLength(4);
    const draft = { kind: 'noted', data: { text: '门口有狗', crew: crewId(3) } } as const;
    fake.status({ notSaved: { about: 'new', order: null, draft, at: NOW, because: 'full' } });
    await expect.element(page.getByText('门口有狗', { exact: false })).toBeVisible();
  });

  test('paper is white, also at night', async () => {
    await openReports({ theme: 'night' });
    await expect.poll(groups).toHaveLength(4);
    dispatchEvent(new Event('beforeprint'));
    expect(document.documentElement.dataset['theme']).toBe('light');
    dispatchEvent(new Event('afterprint'));
    expect(document.documentElement.dataset['theme']).toBe('night');
  });

  test('counting for more than a second says for how long', async () => {
    answer = () => new Promise<never>(nothing);
    const fake = await openReports();
    await expect.element(page.getByText('正在统计')).toBeVisible();
    fake.now.value = NOW + 3_000;
    await expect.element(page.getByText(/正在统计，已 3 秒/)).toBeVisible();
  });
});

describe('bars and charts', () => {
  test('a bar tells its parts in words when it has the focus, and Escape takes only the tip away', async () => {
    await openReports();
    await expect.poll(groups).toHaveLength(4);
    const bar = document.querySelectorAll<HTMLElement>('.figures .verdict-bar')[1];
    bar?.focus();
    const tip = document.getElementById(bar?.getAttribute('aria-controls') ?? '');
    await expect.poll(() => tip?.hidden).toBe(false);
    expect(tip?.textContent).toMatch(/按时\d+/);
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => tip?.hidden).toBe(true);
    expect(groups()).toHaveLength(4);
  });

  test('a chart is walked by keys and read out, and its numbers are a table', async () => {
    await openReports();
    await expect.poll(groups).toHaveLength(4);
    const days = chart('每天判定');
    days.element().focus();
    await userEvent.keyboard('{Home}{ArrowRight}');
    await expect.poll(() => days.element().getAttribute('aria-valuetext')).toMatch(/^2026-11-16：\d+ 单，按时率 /);
    await userEvent.keyboard('{End}');
    await expect.poll(() => days.element().getAttribute('aria-valuenow')).toBe('6');
    expect(document.querySelectorAll('.chart-table')[1]?.querySelectorAll('tbody tr')).toHaveLength(7);
  });

  test('no text of a chart is smaller than the desk reads', async () => {
    await openReports();
    await expect.poll(groups).toHaveLength(4);
    for (const svg of document.querySelectorAll<SVGSVGElement>('.chart-plot svg'))
      expect(14 * (svg.getBoundingClientRect().width / svg.viewBox.baseVal.width)).toBeGreaterThanOrEqual(13.9);
  });
});

test('the export is what is shown, as a file with numbers and without formulas', async () => {
  const saved: Blob[] = [];
  const make = URL.createObjectURL.bind(URL);
  URL.createObjectURL = (blob: Blob) => {
    saved.push(blob);
    return make(blob);
  };
  try {
    answer = (query) => {
      const report = stormReport({ ...query, by: 'crew' }, NOW);
      return Promise.resolve(
        ok({ ...report, rules: report.rules.map((row) => ({ ...row, name: row.name && `=${row.name}` })) }),
      );
    };
    await openReports();
    await expect.poll(groups).toHaveLength(9);
    await button('导出 CSV').click();
    await expect.element(page.getByText(/relight-arrival-crew-.*\.csv 已交给浏览器下载/)).toBeVisible();
  } finally {
    URL.createObjectURL = make;
  }
  const lines = (await saved[0]?.text())?.split('\r\n') ?? [];
  expect(lines[0]).toMatch(/^\uFEFF?环节,分组代号,分组,单数,/);
  expect(lines[1]).toMatch(/^到达现场,all,合计,\d+,/);
  expect(lines[2]).toMatch(/^到达现场,CRW-1,'=抢修1班,\d+,/);
});

describe('for everybody', () => {
  test.each([
    ['zh', 'light', 1440],
    ['en', 'night', 1440],
    ['en', 'light', 1024],
  ] as const)('axe finds nothing in %s, %s, at %d', async (lang, theme, width) => {
    await page.viewport(width, width === 1024 ? 768 : 900);
    await openReports({ lang, theme });
    await expect.poll(groups).toHaveLength(4);
    document.querySelectorAll<HTMLElement>('.chart-table summary').forEach((summary) => summary.click());
    const { violations } = await axe.run(document.body);
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
  });
});

const nothing = (): void => undefined;
