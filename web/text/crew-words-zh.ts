import { crewPagesZh } from './crew-pages-zh.ts';
import { crewZh } from './crew-zh.ts';
import { zh } from './zh.ts';

/** All the crew app says in Chinese. */
export const crewWordsZh = { ...zh, ...crewZh, ...crewPagesZh };
