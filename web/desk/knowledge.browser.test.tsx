import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';

import { asDeviceId, eventId } from '#shared/ids.ts';

import { about, at, DISPATCHER, writer } from '../../test/builders.ts';
import { orderOf } from '../../test/crew/orders.ts';
import { showDesk } from '../../test/desk/desk-page.tsx';
import { createFakeDesk, crewId, type FakeDesk } from '../../test/desk/fake-desk.ts';
import { looked } from '../../test/desk/storm-night.ts';
import type { Device } from '../read/client-context.ts';

const NOW = at('14:55');
const [HEARD, SILENT] = [asDeviceId(eventId(writer('DEV'), 1)), asDeviceId(eventId(writer('DEV'), 2))];
const row = (id: string) => page.getByRole('option', { name: new RegExp(id) });
const drawer = () => page.getByRole('region', { name: /A7K-1/ });
const press = (name: string | RegExp) => drawer().getByRole('button', { name }).click();
const last = () => fake.submitted.at(-1);

let shown: ReturnType<typeof showDesk> | null = null;
let fake: FakeDesk;

beforeEach(async () => {
  await page.viewport(1440, 900);
});

afterEach(() => {
  shown?.close();
  shown = null;
});

const tablet = (id: Device['id'], name: string, more: Partial<Device> = {}): Device => ({
  id,
  writer: writer(name),
  form: 'tablet',
  unit: null,
  person: null,
  crew: crewId(3),
  memberships: [{ crew: crewId(3), fromQ: 1, fromAt: at('08:00'), toQ: null }],
  blocked: false,
  lost: null,
  ...more,
});

/** A crew with two tablets, one of them without news since before the limit. */
function open(story: ReturnType<typeof orderOf>): void {
  const devices = [
    { device: HEARD, heard: at('14:54') },
    { device: SILENT, heard: at('14:20') },
  ];
  const heard = [{ crew: crewId(3), heard: at('14:20') }];
  fake = createFakeDesk({ now: NOW, crews: 3, orders: [story.held()], live: { heard, devices, fixes: [] } });
  fake.org.value = {
    ...fake.org.value,
    devices: new Map([
      [HEARD, tablet(HEARD, 'A7K')],
      [SILENT, tablet(SILENT, 'C4D', { renamedAt: at('14:21') })],
    ]),
  };
  shown = showDesk(fake);
}

const given = () => orderOf('A7K', '14:02').dispatched('14:04', crewId(3)).field('accepted', '14:06', crewId(3));

describe('a tablet that is silent', () => {
  test('is named with since when; declaring it lost asks for a second look and a reason, and closes the unknown', async () => {
    open(looked(given(), () => at('14:20'), NOW));
    await row('A7K-1').click();
    await expect.element(drawer().getByText('没有消息的平板')).toBeVisible();
    await expect.element(drawer().getByText('平板 C4D')).toBeVisible();
    await expect.element(drawer().getByText(/14:21 起它换了名字记录.*新码/)).toBeVisible();
    expect(drawer().getByText('平板 A7K').elements()).toHaveLength(0);
    await press('报失');
    await expect.element(drawer().getByText(/它还存着的记录不再等/)).toBeVisible();
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await expect.element(drawer().getByText('原因要写')).toBeVisible();
    expect(fake.submitted).toEqual([]);

    await drawer().getByLabelText('原因').fill('掉进水里');
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await expect.poll(last).toEqual({
      about: `device:${SILENT}`,
      draft: { kind: 'deviceLost', data: { reason: '掉进水里' } },
    });
    await expect.element(drawer().getByText(/王调度 报失：掉进水里/)).toBeVisible();
    await expect.poll(() => row('A7K-1').element().textContent).toContain('超时');
    await expect.element(drawer().getByText('无证据').first()).toBeVisible();
    await press('找到了');
    await expect.element(drawer().getByText('又要等它的消息了')).toBeVisible();
  });
});

describe('a time that no clock can settle', () => {
  const doubtful = () =>
    given().record(
      'arrived',
      { ...about('14:46', 300_000, 'C'), given: 'typed', why: 'typed' },
      { crew: crewId(3), radio: true, at: { at: at('14:46'), source: 'typed' } },
      { by: DISPATCHER },
    );

  test('shows its evidence, says what follows and that it stays, and is accepted with a reason', async () => {
    open(doubtful());
    await row('A7K-1').click();
    await expect.element(drawer().getByText('要人判的时间')).toBeVisible();
    await expect.element(drawer().getByText(/最早 14:41:00，最晚 14:51:00/)).toBeVisible();
    await press('认定这个时间');
    await expect.element(drawer().getByText('认定后按 14:46:00 判：按时')).toBeVisible();
    await expect.element(drawer().getByText(/不能撤销/)).toBeVisible();
    await drawer().getByLabelText('凭什么认定').fill('客户也这么说');
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await expect
      .poll(() => last()?.draft)
      .toMatchObject({
        kind: 'timeAccepted',
        data: { reason: '客户也这么说' },
      });
    await expect.poll(() => drawer().getByText('要人判的时间').elements()).toHaveLength(0);
    await expect.element(drawer().getByText(/认定时间 14:46:00 · 客户也这么说/)).toBeVisible();
  });
});

describe('an alert nobody attends', () => {
  test('is one card that says how far it climbed and who is told, not three', async () => {
    const story = given();
    const known = { heard: at('14:20'), devices: [] };
    const raise = (level: 'contact' | 'escalated1' | 'escalated2', clock: string) => {
      const because = level === 'contact' ? 'silent' : 'unattended';
      const data = { rule: 'arrival', level, epoch: 1, limit: at('14:47'), because, known } as const;
      story.record('alertRaised', clock, data, { by: null });
    };
    raise('contact', '14:47:01');
    raise('escalated1', '14:52');
    raise('escalated2', '14:54');
    open(story);
    await expect.poll(() => document.querySelectorAll('.alert-card')).toHaveLength(1);
    const card = () => document.querySelector('.alert-card')?.textContent ?? '';
    expect(card()).toContain('14:20 起无消息');
    expect(card()).toContain('升级 2');
    expect(card()).toContain('没人认领，已升级到 值班长');
    expect(card()).not.toContain('超时');
  });
});
