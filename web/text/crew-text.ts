import { crewEn } from './crew-en.ts';
import { crewZh } from './crew-zh.ts';
import { en } from './en.ts';
import { createText, type Lang, type Text } from './text.ts';
import { zh } from './zh.ts';

type Words = typeof zh & typeof crewZh;

export type CrewText = Text<Words>;

/** All the crew app can say, in one language. */
export const createCrewText = (lang: Lang): CrewText =>
  createText<Words>(lang === 'zh' ? { ...zh, ...crewZh } : { ...en, ...crewEn });
