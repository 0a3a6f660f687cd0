import { describe, expect, test } from 'vitest';

import { at, writer } from '../../test/builders.ts';
import { createFakeClient } from '../../test/crew/fake-client.ts';
import type { SyncStatus } from '../read/client-context.ts';
import { createCrewText } from '../text/create-crew-text.ts';
import { createFormat } from '../text/create-format.ts';
import { sayStatus } from './status-say.ts';

const NOW = at('14:55');
const base: SyncStatus = { ...createFakeClient({ now: NOW }).client.status.value, lastSuccessAt: at('14:13') };
const say = (change: Partial<SyncStatus>, lang: 'zh' | 'en' = 'zh') =>
  sayStatus({ ...base, ...change }, NOW, { lang, t: createCrewText(lang), f: createFormat(lang, 'UTC') });

describe('the strip', () => {
  test.each<[string, Partial<SyncStatus>, string]>([
    ['nothing waits', {}, '全部已收 · 14:13'],
    ['no signal', { state: 'noNetwork', waiting: 3 }, '待发 3 · 无信号 42 分'],
    ['no signal, nothing waits', { state: 'noNetwork' }, '无信号 42 分 · 没有待发'],
    ['never any signal', { state: 'noNetwork', lastSuccessAt: null }, '无信号 · 还没联系上过中心'],
    ['working', { state: 'going', waiting: 3 }, '待发 3 · 正在发'],
    ['busy centre', { state: 'serverBusy', waiting: 2 }, '待发 2 · 中心忙，稍后自动再试'],
  ])('%s is plain', (_, change, text) => {
    expect(say(change)).toEqual({ text, tone: 'plain' });
  });

  test.each<[string, Partial<SyncStatus>, string]>([
    ['a captive portal', { state: 'captivePortal', waiting: 3 }, '待发 3 · 这个网络要登录，换网'],
    ['an ended session', { state: 'signInNeeded', waiting: 3 }, '待发 3 · 请登录后发，记录不会丢'],
    ['low space', { storage: { usedBytes: 990_000_000, quotaBytes: 1_000_000_000 } }, '空间不足，先别拍照'],
    ['a blocked tablet', { state: 'blocked', waiting: 1 }, '本机已停用，已做的仍会上交'],
  ])('%s asks for something: amber', (_, change, text) => {
    expect(say(change)).toEqual({ text, tone: 'amber' });
  });

  test('an emptied tablet is said in plain words: nobody knows how much', () => {
    const text = '浏览器清空过本机存储，中心没收的记录可能丢了';
    expect(say({ evicted: true, state: 'noNetwork' })).toEqual({ text, tone: 'red' });
  });

  test('what the second copy brought back is said until the centre has it', () => {
    const text = '浏览器丢了存储，从第二份找回 4 件，正在重发';
    expect(say({ recovered: 4, waiting: 4, state: 'noNetwork' })).toEqual({ text, tone: 'amber' });
    expect(say({ recovered: 4 }).tone).toBe('plain');
  });

  test('lost records are red and come before everything', () => {
    const lost = { writer: writer('A7K'), from: 4, to: 6 };
    const also = [{ writer: writer('A7K4Q'), from: 2, to: 2 }];
    expect(say({ lost: { ...lost, also } }).text).toBe('本机记录至少少了 4 件，报给中心');
    expect(say({ lost, state: 'noNetwork' })).toEqual({ text: '本机记录至少少了 3 件，报给中心', tone: 'red' });
  });

  test('the time said is that of the last success, also in English', () => {
    expect(say({ state: 'noNetwork', waiting: 1 }, 'en').text).toBe('1 waiting · no signal 42 min');
  });
});
