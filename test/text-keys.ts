import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { crewZh } from '../web/text/crew-zh.ts';
import { deskZh } from '../web/text/desk-zh.ts';
import { zh } from '../web/text/zh.ts';

export type TextUse = { readonly key: string; readonly file: string };

const web = join(import.meta.dirname, '../web');

export const textKeys = (): readonly string[] => [zh, crewZh, deskZh].flatMap((list) => Object.keys(list));

/** Keys named in code outside the word lists: `t('strip.working', …)`. */
export const textUses = (): readonly TextUse[] =>
  sources().flatMap(({ file, code }) =>
    [...code.matchAll(/\b(?:t|text)\(\s*['"]([\w.]+)['"]/g)].map(([, key]) => ({ key: key ?? '', file })),
  );

/** Keys that no code names, not even as a plain string in a table or by a template with their prefix. */
export function unusedKeys(): readonly string[] {
  const all = sources().map(({ code }) => code);
  const named = new Set(
    all.flatMap((code) => [...code.matchAll(/['"]([a-zA-Z]+\.[a-zA-Z]+)['"]/g)].map(([, key]) => key)),
  );
  const built = new Set(all.flatMap((code) => [...code.matchAll(/`([a-zA-Z]+\.)\$\{/g)].map(([, prefix]) => prefix)));
  return textKeys().filter((key) => !named.has(key) && !built.has(key.slice(0, key.indexOf('.') + 1)));
}

const sources = (): readonly { readonly file: string; readonly code: string }[] =>
  globSync('**/*.{ts,tsx}', { cwd: web })
    .filter((file) => !/\.test\.tsx?$|gallery|^text\/(?:crew-|desk-)?(?:zh|en)\.ts$/.test(file))
    .map((file) => ({ file, code: readFileSync(join(web, file), 'utf8') }));
