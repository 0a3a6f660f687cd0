import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { crewPagesZh } from '../web/text/crew-pages-zh.ts';
import { crewZh } from '../web/text/crew-zh.ts';
import { deskImportZh } from '../web/text/desk-import-zh.ts';
import { deskOrderZh } from '../web/text/desk-order-zh.ts';
import { deskToolsZh } from '../web/text/desk-tools-zh.ts';
import { deskZh } from '../web/text/desk-zh.ts';
import { reportZh } from '../web/text/report-zh.ts';
import { zh } from '../web/text/zh.ts';

export type TextUse = { readonly key: string; readonly file: string };

const web = join(import.meta.dirname, '../web');

export const textKeys = (): readonly string[] =>
  [zh, crewZh, crewPagesZh, deskZh, deskOrderZh, deskToolsZh, deskImportZh, reportZh].flatMap((list) =>
    Object.keys(list),
  );

/** Keys named in code outside the word lists: `t('strip.working', …)`. */
export const textUses = (): readonly TextUse[] =>
  sources().flatMap(({ file, code }) =>
    [...code.matchAll(/\b(?:t|p|text)\(\s*['"]([\w.]+)['"]/g)].map(([, key]) => ({ key: key ?? '', file })),
  );

/**
 * Keys that no code names. A key may also stand as a plain string in a table, or be built by a template from its prefix
 * and a code that stands somewhere as a string.
 */
export function unusedKeys(): readonly string[] {
  const all = [...sources(), ...codes()].map(({ code }) => code);
  const matches = (pattern: RegExp): ReadonlySet<string | undefined> =>
    new Set(all.flatMap((code) => [...code.matchAll(pattern)].map(([, found]) => found)));
  const named = matches(/['"]([a-zA-Z]+\.[a-zA-Z]+)['"]/g);
  const built = matches(/`([a-zA-Z]+)\.\$\{/g);
  const strings = matches(/['"]([a-zA-Z]+)['"]/g);
  return textKeys().filter((key) => {
    const [prefix, name] = key.split('.');
    return !named.has(key) && !(built.has(prefix) && strings.has(name));
  });
}

const sources = (): readonly { readonly file: string; readonly code: string }[] =>
  globSync('**/*.{ts,tsx}', { cwd: web })
    .filter(
      (file) =>
        !/\.test\.tsx?$|gallery|^text\/(?:crew-|crew-pages-|desk-|desk-order-|desk-tools-|desk-import-|report-)?(?:zh|en)\.ts$/.test(
          file,
        ),
    )
    .map((file) => ({ file, code: readFileSync(join(web, file), 'utf8') }));

/** Kinds, stages, reasons: what screens build keys from. */
const codes = (): ReturnType<typeof sources> =>
  globSync('**/*.ts', { cwd: join(web, '../shared'), exclude: ['**/*.test.ts'] }).map((file) => ({
    file,
    code: readFileSync(join(web, '../shared', file), 'utf8'),
  }));
