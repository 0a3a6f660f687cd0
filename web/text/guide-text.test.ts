import { expect, test } from 'vitest';

import { guide } from './guide-text.ts';

const shape = (lang: 'zh' | 'en'): readonly number[] => guide(lang).map(({ lines }) => lines.length);

test('the guide says the same in both languages, line by line', () => {
  expect(shape('en')).toEqual(shape('zh'));
});

test('a word that a button has stands in the guide as the button says it', async () => {
  const { createCrewText } = await import('./create-crew-text.ts');
  const { pageText } = await import('./crew-pages-text.ts');
  const missing = (['zh', 'en'] as const).flatMap((lang) => {
    const [t, p] = [createCrewText(lang), pageText(lang)];
    const all = guide(lang)
      .flatMap(({ lines }) => lines)
      .join(' ')
      .toLowerCase();
    return [
      t('act.suspend'),
      t('act.return'),
      t('act.materials'),
      p('readOut.title'),
      p('driving.lift'),
      t('hand.one'),
    ].filter((word) => !all.includes(word.toLowerCase()));
  });
  expect(missing).toEqual([]);
});
