import type { Lang } from './text.ts';

/** Each language in its own words, so that it is found by who reads only that one. */
export const LANGUAGE_NAMES: Readonly<Record<Lang, string>> = { zh: '中文', en: 'English' };
