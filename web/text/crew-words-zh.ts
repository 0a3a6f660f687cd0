import { crewZh } from './crew-zh.ts';
import { zh } from './zh.ts';

/** All the crew app says in Chinese before its pages are opened. */
export const crewWordsZh = { ...zh, ...crewZh };
