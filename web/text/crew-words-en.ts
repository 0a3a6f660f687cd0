import { crewEn } from './crew-en.ts';
import { crewPagesEn } from './crew-pages-en.ts';
import type { CrewWords } from './crew-text.ts';
import { en } from './en.ts';

/** All the crew app says in English. */
export const crewWordsEn: CrewWords = { ...en, ...crewEn, ...crewPagesEn };
