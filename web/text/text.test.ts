import { describe, expect, test } from 'vitest';

import { createCrewText } from './create-crew-text.ts';
import { crewEn } from './crew-en.ts';
import { crewPagesEn } from './crew-pages-en.ts';
import { crewPagesZh } from './crew-pages-zh.ts';
import { crewZh } from './crew-zh.ts';
import { deskEn } from './desk-en.ts';
import { deskImportEn } from './desk-import-en.ts';
import { deskImportZh } from './desk-import-zh.ts';
import { deskOrderEn } from './desk-order-en.ts';
import { deskOrderZh } from './desk-order-zh.ts';
import { createDeskText } from './desk-text.ts';
import { deskToolsEn } from './desk-tools-en.ts';
import { deskToolsZh } from './desk-tools-zh.ts';
import { deskZh } from './desk-zh.ts';
import { en } from './en.ts';
import { reportEn } from './report-en.ts';
import { reportZh } from './report-zh.ts';
import type { WordList } from './text.ts';
import { zh } from './zh.ts';

const lists: readonly { readonly name: string; readonly chinese: WordList; readonly english: WordList }[] = [
  { name: 'shared words', chinese: zh, english: en },
  { name: 'crew', chinese: crewZh, english: crewEn },
  { name: 'crew pages', chinese: crewPagesZh, english: crewPagesEn },
  { name: 'desk', chinese: deskZh, english: deskEn },
  { name: 'desk, one order', chinese: deskOrderZh, english: deskOrderEn },
  { name: 'desk, its tools', chinese: deskToolsZh, english: deskToolsEn },
  { name: 'desk, import', chinese: deskImportZh, english: deskImportEn },
  { name: 'reports', chinese: reportZh, english: reportEn },
];

describe.each(lists)('$name', ({ chinese, english }) => {
  const pairs = Object.entries(chinese).map(([key, words]) => ({ key, words, translated: english[key] ?? '' }));

  test('both languages have the same keys', () => {
    expect(Object.keys(english).toSorted()).toEqual(Object.keys(chinese).toSorted());
  });

  test('both languages have the same parameters', () => {
    expect(pairs.filter(({ words, translated }) => params(words).join() !== params(translated).join())).toEqual([]);
  });

  test('keys are a prefix and one camelCase name', () => {
    expect(Object.keys(chinese).filter((key) => !/^[a-z][a-zA-Z]*\.[a-zA-Z]+$/.test(key))).toEqual([]);
  });

  test('no sentence is empty or padded', () => {
    expect(
      pairs.filter(({ words, translated }) => [words, translated].some((s) => s === '' || s !== s.trim())),
    ).toEqual([]);
  });

  test('no word promises what we do not know, or means something else in the trade', () => {
    const lying = /签收|归档|失联|已发送|同步|发送成功|^恢复$/;
    const lyingEnglish = /\b(sent|sync\w*|success\w*|offline|pending|late|lost contact)\b/i;
    expect(pairs.filter(({ words }) => lying.test(words))).toEqual([]);
    expect(pairs.filter(({ translated }) => lyingEnglish.test(translated))).toEqual([]);
  });

  test('buttons are verbs of at most six Han and never beg', () => {
    const buttons = pairs.filter(({ key }) => key.startsWith('act.') || key.endsWith('.act'));
    expect(buttons.filter(({ words }) => words.length > 6 || words.includes('请'))).toEqual([]);
  });

  test('only hazards shout', () => {
    const calm = pairs.filter(({ key }) => !key.startsWith('hazard.'));
    expect(calm.filter(({ words, translated }) => /[!！]/.test(words + translated))).toEqual([]);
  });

  test('Chinese has Chinese punctuation, no spaces between Han and no closing stop; English has none of it', () => {
    const badChinese = /\p{Script=Han}[,:;?]|[,:;?]\p{Script=Han}|\p{Script=Han} \p{Script=Han}|。$|\.\.\./u;
    const prose = pairs.filter(({ key }) => !key.startsWith('radio.'));
    expect(prose.filter(({ words }) => badChinese.test(words))).toEqual([]);
    expect(prose.filter(({ translated }) => /[，。；：（）！？]|\p{Script=Han}|\.$|…/u.test(translated))).toEqual([]);
  });
});

test('the lists share no key, so that no app hides a shared word', () => {
  const keys = lists.flatMap(({ chinese }) => Object.keys(chinese));
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
});

test('parameters are filled and numbers choose their word', () => {
  expect(createCrewText('zh')('strip.noSignal', { n: 3, age: '42 分' })).toBe('待发 3 · 无信号 42 分');
  expect(createCrewText('en')('strip.storageLost', { n: 1 })).toBe(
    'At least 1 record is missing here; tell the centre',
  );
  expect(createCrewText('en')('strip.storageLost', { n: 3 })).toBe(
    'At least 3 records are missing here; tell the centre',
  );
  expect(createDeskText('zh')('desk.noNewData', { time: '14:53' })).toBe('14:53 起没有新数据，仍可操作');
});

test('what somebody typed is shown as it is, even when it looks like a parameter', () => {
  expect(createCrewText('zh')('away.title', { time: '14:40', crew: '{time}$&' })).toBe('14:40 已改派 {time}$&');
});

/** Names in a template, each once, in order of the alphabet. */
const params = (template: string): readonly string[] =>
  [...new Set([...template.matchAll(/\{(\w+)/g)].map(([, name]) => name ?? ''))].toSorted();
