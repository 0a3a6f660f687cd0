import { crewEn } from './crew-en.ts';
import type { CrewWords } from './crew-text.ts';
import { en } from './en.ts';

/** All the crew app says in English before its pages are opened. */
export const crewWordsEn: CrewWords = { ...en, ...crewEn };
