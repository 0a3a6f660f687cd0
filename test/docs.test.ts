import { existsSync, globSync, readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

import { describe, expect, test } from 'vitest';

import { pathsIn, scriptsIn, verbsIn } from './walls/docs.ts';

const root = resolve(import.meta.dirname, '..');
const readAt = (file: string): string => readFileSync(join(root, file), 'utf8');
const zones = ['shared', 'web', 'server', 'test', '.ci'];
const documents = [
  'README.md',
  'CONTRIBUTING.md',
  ...globSync('{shared,web,server,test}/**/README.md', { cwd: root }),
].toSorted();
const { scripts } = JSON.parse(readAt('package.json')) as { readonly scripts: Readonly<Record<string, string>> };

/** The command line's table of verbs, as its `--help` shows it. */
const verbs = [...readAt('server/cli/run-relight.ts').matchAll(/^ {4}name: '([a-z -]+)'/gm)].map(
  ([, name]) => name ?? '',
);

describe.each(documents)('%s', (document) => {
  test('names only files and folders that exist', () => {
    const named = pathsIn(readAt(document), foldersSeenFrom(document));
    expect(named.filter((path) => !stands(path, document))).toEqual([]);
  });

  test('names only scripts that exist', () => {
    expect(scriptsIn(readAt(document)).filter((script) => !(script in scripts))).toEqual([]);
  });

  test('names only verbs of the command line that exist', () => {
    const known = (said: string): boolean => verbs.some((verb) => said === verb || said.startsWith(`${verb} `));
    expect(verbsIn(readAt(document)).filter((said) => !known(said))).toEqual([]);
  });
});

describe('the checker itself', () => {
  const folders = ['shared', 'server', 'order'];

  test('finds what a document names', () => {
    const text =
      'See `server/gone.ts`, `order/fold.ts`, `#shared/ids.ts`, `./x`, `main.ts` and [rules](docs/rules.md#top).';
    const named = ['server/gone.ts', 'order/fold.ts', '#shared/ids.ts', './x', 'main.ts', 'docs/rules.md'];
    expect(pathsIn(text, folders)).toEqual(named);
  });

  test('leaves routes, settings, globs, placeholders, code and the web alone', () => {
    const text = [
      '`/v1/sync`, `DATA_DIR/tls`, `shared/**`, `shared/<room>`, `zod/mini`, `Result`, [site](https://example.org/a.md)',
      '```',
      '`server/gone.ts`',
      '```',
    ].join('\n');
    expect(pathsIn(text, folders)).toEqual([]);
  });

  test('a file that is gone does not stand, one that moved away from beside its README neither', () => {
    expect(stands('server/gone.ts', 'README.md')).toBe(false);
    expect(stands('gone.ts', 'shared/README.md')).toBe(false);
    expect(stands('package.json', 'README.md')).toBe(true);
    expect(stands('walls/rooms.ts', 'test/README.md')).toBe(true);
    expect(stands('rooms.ts', 'test/README.md')).toBe(true);
  });

  test('finds verbs of the command line', () => {
    const text = '`npm run relight -- unit add --name X`\n```\nDATA_DIR=x npm run -s relight -- gone > y\n```';
    expect(verbsIn(text)).toEqual(['unit add', 'gone']);
    expect(verbs).toContain('unit add');
  });

  test('finds scripts in prose and in code blocks', () => {
    expect(scriptsIn('`npm run gone -- --json`\n```\nnpm test\nnpm run -s build\n```\nnpm install')).toEqual([
      'gone',
      'build',
      'test',
    ]);
  });
});

/** Folders a path in this document may start with: the zones, and what lies beside the document. */
function foldersSeenFrom(document: string): readonly string[] {
  const beside = readdirSync(join(root, dirname(document)), { withFileTypes: true });
  return [...zones, ...beside.filter((entry) => entry.isDirectory()).map((entry) => entry.name)];
}

/** A path counts from the root or from beside the document; a bare file name may also lie deeper in the same room. */
function stands(path: string, document: string): boolean {
  const here = dirname(join(root, document));
  // Real records lie beside the project, if at all.
  if (path.startsWith('../shared/data')) return true;
  if (existsSync(join(here, path))) return true;
  if (!path.startsWith('.') || path.startsWith('.ci')) {
    if (existsSync(join(root, path.replace(/^#/, '')))) return true;
  }
  return basename(path) === path && globSync(`**/${path}`, { cwd: here, exclude: ['node_modules'] }).length > 0;
}
