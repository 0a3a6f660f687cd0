import { crewPagesEn } from './crew-pages-en.ts';
import { crewPagesZh } from './crew-pages-zh.ts';
import { createText, type Lang, type Text } from './text.ts';

export type PageText = Text<typeof crewPagesZh>;

/** What only the pages say where a crew chooses, counts and writes; loaded with them, in both languages. */
export const pageText = (lang: Lang): PageText =>
  createText<typeof crewPagesZh>(lang === 'zh' ? crewPagesZh : crewPagesEn);
