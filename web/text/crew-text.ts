import { crewEn } from './crew-en.ts';
import { crewPagesEn } from './crew-pages-en.ts';
import { crewPagesZh } from './crew-pages-zh.ts';
import { crewZh } from './crew-zh.ts';
import { en } from './en.ts';
import { createText, type Lang, type Text } from './text.ts';
import { zh } from './zh.ts';

type Words = typeof zh & typeof crewZh & typeof crewPagesZh;

export type CrewText = Text<Words>;

/** All the crew app can say, in one language. */
export const createCrewText = (lang: Lang): CrewText =>
  createText<Words>(lang === 'zh' ? { ...zh, ...crewZh, ...crewPagesZh } : { ...en, ...crewEn, ...crewPagesEn });
