import { deskEn } from './desk-en.ts';
import { deskZh } from './desk-zh.ts';
import { en } from './en.ts';
import { createText, type Lang, type Text } from './text.ts';
import { zh } from './zh.ts';

type Words = typeof zh & typeof deskZh;

export type DeskText = Text<Words>;

/** All the desk app can say, in one language. */
export const createDeskText = (lang: Lang): DeskText =>
  createText<Words>(lang === 'zh' ? { ...zh, ...deskZh } : { ...en, ...deskEn });
