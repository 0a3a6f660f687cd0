import { type CrewText, crewText } from './crew-text.ts';
import { crewWordsEn } from './crew-words-en.ts';
import { crewWordsZh } from './crew-words-zh.ts';
import type { Lang } from './text.ts';

/** What the crew app says, where both languages are at hand. */
export const createCrewText = (lang: Lang): CrewText => crewText(lang === 'zh' ? crewWordsZh : crewWordsEn);
