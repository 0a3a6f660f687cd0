import { deskEn } from './desk-en.ts';
import { deskZh } from './desk-zh.ts';
import { en } from './en.ts';
import { reportEn } from './report-en.ts';
import { reportZh } from './report-zh.ts';
import { createText, type Lang, type Text } from './text.ts';
import { zh } from './zh.ts';

type Words = typeof zh & typeof deskZh & typeof reportZh;

export type ReportText = Text<Words>;

/** All the reports page can say, in one language; its own words are loaded with it. */
export const createReportText = (lang: Lang): ReportText =>
  createText<Words>(lang === 'zh' ? { ...zh, ...deskZh, ...reportZh } : { ...en, ...deskEn, ...reportEn });
