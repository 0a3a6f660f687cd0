import { deskEn } from './desk-en.ts';
import { deskImportEn } from './desk-import-en.ts';
import { deskImportZh } from './desk-import-zh.ts';
import { deskOrderEn } from './desk-order-en.ts';
import { deskOrderZh } from './desk-order-zh.ts';
import { deskToolsEn } from './desk-tools-en.ts';
import { deskToolsZh } from './desk-tools-zh.ts';
import { deskZh } from './desk-zh.ts';
import { en } from './en.ts';
import { createText, type Lang, type Text } from './text.ts';
import { zh } from './zh.ts';

type Words = typeof zh & typeof deskZh & typeof deskOrderZh & typeof deskToolsZh & typeof deskImportZh;

export type DeskText = Text<Words>;

/** All the desk app can say, in one language. */
export const createDeskText = (lang: Lang): DeskText =>
  createText<Words>(
    lang === 'zh'
      ? { ...zh, ...deskZh, ...deskOrderZh, ...deskToolsZh, ...deskImportZh }
      : { ...en, ...deskEn, ...deskOrderEn, ...deskToolsEn, ...deskImportEn },
  );
