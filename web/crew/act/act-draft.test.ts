import { expect, test } from 'vitest';

import { at, CREW_3 } from '../../../test/builders.ts';
import { createCrewText } from '../../text/create-crew-text.ts';
import { pageText } from '../../text/crew-pages-text.ts';
import { actDraft, etrAt } from './act-draft.ts';

const around = (lang: 'zh' | 'en') => ({
  crew: CREW_3,
  fix: null,
  now: at('15:02:10'),
  t: createCrewText(lang),
  p: pageText(lang),
});

test.each([
  ['contacted', '先选一个'],
  ['diagnosed', '先选原因或写几个字'],
  ['explained', '先选一个'],
  ['suspended', '先选原因'],
  ['returned', '先选原因'],
  ['materialsUsed', '先点数量'],
  ['noted', '先写内容'],
] as const)('%s with nothing filled in says what is missing', (act, whyNot) => {
  expect(actDraft(act, {}, around('zh'))).toEqual({ whyNot });
});

test('what was kept by another build and means nothing here is as if it were not there', () => {
  const filled = { reason: 'moonlight', 'cause.gone': 'on', 'count.fuse': 'many', etr: 'soon' };
  expect(actDraft('suspended', filled, around('zh'))).toEqual({ whyNot: '先选原因' });
  expect(actDraft('diagnosed', filled, around('zh'))).toEqual({ whyNot: '先选原因或写几个字' });
  expect(actDraft('materialsUsed', filled, around('zh'))).toEqual({ whyNot: '先点数量' });
});

test('chosen words are kept as they were read, in the language of who chose them', () => {
  const filled = { 'why.weather': 'on', 'why.help': 'off', text: ' crane ' };
  expect(actDraft('explained', filled, around('en'))).toMatchObject({ data: { why: 'Weather · crane' } });
});

test('an expected time is never earlier than what was chosen', () => {
  expect(etrAt(30, at('15:00'))).toBe(at('15:30'));
  expect(etrAt(30, at('15:00:01'))).toBe(at('15:35'));
});
