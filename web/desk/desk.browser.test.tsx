import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';

import { at } from '../../test/builders.ts';
import type { Held } from '../../test/crew/fake-client.ts';
import { orderOf } from '../../test/crew/orders.ts';
import { showDesk } from '../../test/desk/desk-page.tsx';
import { createFakeDesk, crewId, type FakeDesk } from '../../test/desk/fake-desk.ts';

const NOW = at('14:55');
const rows = (): string[] => [...document.querySelectorAll('.row-id')].map((node) => node.textContent ?? '');
const row = (id: string) => page.getByRole('option', { name: new RegExp(id) });
const drawer = (id: string) => page.getByRole('region', { name: new RegExp(id) });

let shown: ReturnType<typeof showDesk> | null = null;
let fake: FakeDesk;

beforeEach(async () => {
  await page.viewport(1440, 900);
});

afterEach(() => {
  shown?.close();
  shown = null;
});

function open(orders: readonly Held[], lang: 'zh' | 'en' = 'zh'): void {
  const heard = [
    { crew: crewId(3), heard: at('14:54') },
    { crew: crewId(5), heard: at('14:02') },
  ];
  fake = createFakeDesk({ now: NOW, orders, live: { heard, fixes: [] } });
  shown = showDesk(fake, { lang });
}

const missed = () => orderOf('P4X', '14:03').dispatched('14:06', crewId(3)).field('accepted', '14:08', crewId(3));
const silent = () => orderOf('N3M', '14:02').dispatched('14:04', crewId(5)).field('accepted', '14:06', crewId(5));
const waiting = () => orderOf('E2N', '14:40', { address: '西门菜场' });
const held = (...stories: readonly unknown[]): Held[] =>
  stories.map((story) => (story as ReturnType<typeof orderOf>).held());

describe('the list', () => {
  test('stands by next limit and says each verdict in words', async () => {
    open(held(waiting(), missed(), silent()));
    await expect.poll(rows).toEqual(['N3M-1', 'P4X-1', 'E2N-1']);
    await expect.poll(() => row('N3M-1').element().textContent).toContain('14:02 起无消息');
    await expect.poll(() => row('N3M-1').element().textContent).toContain('限 14:47');
    await expect.poll(() => row('P4X-1').element().textContent).toContain('超时 7 分');
    await expect.poll(() => row('E2N-1').element().textContent).toContain('还剩 30 分');
  });

  test('I25 turns to over the limit only when the crew was heard past it', async () => {
    open(held(silent()));
    await expect.poll(() => row('N3M-1').element().textContent).not.toContain('超时');
    fake.live.value = { heard: [{ crew: crewId(5), heard: at('14:50') }], fixes: [] };
    await expect.poll(() => row('N3M-1').element().textContent).toContain('超时 8 分');
  });

  test('a jump of the server’s clock that is held is said until it is over', async () => {
    open(held(waiting()));
    const said = () => document.querySelector('.clock-jump-bar')?.textContent ?? null;
    expect(said()).toBeNull();
    fake.live.value = { heard: [], fixes: [], jump: { by: 3_600_000, since: at('14:30') } };
    await expect.poll(said).toContain('14:30');
    fake.live.value = { heard: [], fixes: [] };
    await expect.poll(said).toBeNull();
  });

  test('a server that runs out of room says how much is left and what to do, until there is room', async () => {
    open(held(waiting()));
    const said = () => document.querySelector('.clock-jump-bar')?.textContent ?? null;
    const disk = { where: 'data', level: 'now', free: 300 * 1024 * 1024 } as const;
    fake.live.value = { heard: [], fixes: [], disk };
    await expect.poll(said).toContain('300 MB');
    fake.live.value = { heard: [], fixes: [], disk: { where: 'backups', level: 'soon', free: 1.5 * 1024 ** 3 } };
    await expect.poll(said).toContain('1.5 GB');
    fake.live.value = { heard: [], fixes: [] };
    await expect.poll(said).toBeNull();
  });

  test('counts are filters, by click and by digit, and 0 clears', async () => {
    open(held(waiting(), missed(), silent()));
    await page.getByRole('button', { name: /超时/ }).first().click();
    await expect.poll(rows).toEqual(['P4X-1']);
    await userEvent.keyboard('5');
    await expect.poll(rows).toEqual(['E2N-1']);
    await userEvent.keyboard('0');
    await expect.poll(rows).toHaveLength(3);
  });

  test('ten thousand orders: only the rows in sight exist, and the end can be reached', async () => {
    const many = Array.from({ length: 10_000 }, (_, n) => {
      const name = [n % 20, Math.floor(n / 20) % 20, Math.floor(n / 400)].map(
        (at) => '23456789ACDEFGHJKMNPQRTUVWXY'[at],
      );
      return orderOf(name.join(''), '14:50').held();
    });
    open(many);
    await expect
      .poll(() => page.getByRole('heading', { name: /工单/ }).element().textContent, { timeout: 10_000 })
      .toContain('10000');
    expect(rows().length).toBeLessThan(60);
    const list = document.querySelector('#order-list')!;
    list.scrollTop = list.scrollHeight;
    await expect
      .poll(() => rows().at(-1))
      .toBe(
        many
          .map(({ id }) => id)
          .toSorted()
          .at(-1),
      );
    const before = performance.now();
    await userEvent.keyboard('j');
    await expect.poll(() => document.querySelector('.order-row.is-chosen')).not.toBeNull();
    expect(performance.now() - before).toBeLessThan(1_000);
  });

  test('a new order waits behind a bar while somebody points into the list', async () => {
    open(held(silent()));
    await row('N3M-1').hover();
    await expect.poll(rows).toEqual(['N3M-1']);
    fake.held.value = [...fake.held.value, missed().held(), waiting().held()];
    await expect.element(page.getByRole('button', { name: '+2 新' })).toBeVisible();
    expect(rows()).toEqual(['N3M-1']);
    await page.getByRole('button', { name: '+2 新' }).click();
    await expect.poll(rows).toEqual(['N3M-1', 'P4X-1', 'E2N-1']);
  });

  test('without news all verdicts stand still at the last, and the desk says since when', async () => {
    open(held(missed()));
    fake.status({ state: 'noNetwork', lastSuccessAt: at('14:50') });
    await expect.element(page.getByText('14:50 起没有新数据，仍可操作')).toBeVisible();
    await expect.poll(() => row('P4X-1').element().textContent).toContain('超时 2 分');
  });
});

describe('keys', () => {
  test('j walks, Enter opens, Esc closes, and the list has the focus again', async () => {
    open(held(missed(), waiting()));
    document.querySelector<HTMLElement>('#order-list')?.focus();
    await userEvent.keyboard('jj{Enter}');
    await expect.element(drawer('E2N-1')).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => document.querySelector('.drawer')).toBeNull();
    await expect.poll(() => document.activeElement?.outerHTML.slice(0, 60)).toContain('id="order-list"');
  });

  test('a key that an input method holds starts nothing and says why', async () => {
    open(held(waiting()));
    await expect.element(row('E2N-1')).toBeVisible();
    await userEvent.keyboard('j');
    await expect.element(row('E2N-1')).toHaveAttribute('aria-selected', 'true');
    document.body.dispatchEvent(
      new KeyboardEvent('keydown', { code: 'KeyN', key: 'n', isComposing: true, bubbles: true }),
    );
    await expect.element(page.getByText('输入法拦了按键，按 Shift 切英文')).toBeVisible();
    expect(document.querySelector('.drawer')).toBeNull();
  });

  test('letters typed into the filter are text', async () => {
    open(held(waiting(), missed()));
    await userEvent.keyboard('f');
    await userEvent.keyboard('西门nd');
    expect(document.querySelector('.drawer')).toBeNull();
    await expect.poll(rows).toEqual([]);
    await expect.element(page.getByText('没有符合的工单')).toBeVisible();
  });

  test('? shows the card, and single keys can be switched off there', async () => {
    open(held(waiting()));
    await userEvent.keyboard('?');
    await page.getByRole('button', { name: '单键' }).click();
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => document.querySelector('.key-card')).toBeNull();
    await userEvent.keyboard('n');
    expect(document.querySelector('.drawer')).toBeNull();
  });
});

describe('what people typed', () => {
  const NASTY = '<img src=x onerror="document.title=1"><script>x</script>" onload=\'y\' {t} ‮ &lt;b&gt;';

  test('is shown letter by letter, everywhere, and never becomes markup', async () => {
    const story = orderOf('A2C', '14:30', {
      address: NASTY,
      words: NASTY,
      customer: { name: NASTY.slice(0, 80), phone: NASTY.slice(0, 40), account: NASTY.slice(0, 40) },
      point: { lat: 24.5, lon: 118.1 },
    })
      .dispatched('14:31', crewId(3))
      .recalled('14:32', crewId(3), NASTY)
      .record('noted', '14:33', { crew: crewId(3), text: NASTY });
    open(held(story));
    await row('A2C-1').click();
    await expect.poll(() => drawer('A2C-1').element().textContent).toContain('onerror=');
    await expect
      .poll(() => document.querySelector('.map-mark[role="button"]')?.getAttribute('title') ?? '')
      .toContain('<img');
    expect(document.querySelectorAll('img, script[src=x], [onload], [onerror]')).toHaveLength(0);
    expect(document.querySelector('.order-place')?.textContent).toContain(NASTY);
    expect(document.title).not.toBe('1');
  });
});
