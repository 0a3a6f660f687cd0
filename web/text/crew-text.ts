import type { crewWordsZh } from './crew-words-zh.ts';
import { createText, type Lang, type Text, type WordsLike } from './text.ts';

type Words = typeof crewWordsZh;

/** Everything the crew app can say, in one language. */
export type CrewWords = WordsLike<Words>;

export type CrewText = Text<Words>;

export const crewText = (words: CrewWords): CrewText => createText<Words>(words);

/** The words of one language; a tablet loads no other before somebody asks for it. */
export async function loadCrewWords(lang: Lang): Promise<CrewWords> {
  return lang === 'zh'
    ? (await import('./crew-words-zh.ts')).crewWordsZh
    : (await import('./crew-words-en.ts')).crewWordsEn;
}
