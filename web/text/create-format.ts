import { en } from './en.ts';
import { type Format, formatIn } from './format.ts';
import { createText, type Lang } from './text.ts';
import { zh } from './zh.ts';

/** How one language writes, where both are at hand. */
export const createFormat = (lang: Lang, timeZone?: string): Format =>
  formatIn(lang, createText<typeof zh>(lang === 'zh' ? zh : en), timeZone);
