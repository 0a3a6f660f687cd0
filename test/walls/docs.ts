/**
 * Paths a document names, as written: in backticks or as the target of a link. Counted as a path is what begins with a
 * known folder, `#shared/`, `./` or `../`, or ends like one of our files. Routes (`/v1/sync`), settings, globs and
 * placeholders are not.
 */
export function pathsIn(markdown: string, folders: readonly string[]): readonly string[] {
  const prose = markdown.replaceAll(/^(```|~~~)[\s\S]*?^\1/gm, '');
  const quoted = [...prose.matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? '');
  const linked = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1]?.replace(/#.*$/, '') ?? '');
  return [
    ...quoted.filter((text) => isPlain(text) && (isBelow(text, folders) || isFile(text))),
    ...linked.filter((text) => text !== '' && !/^[a-z]+:/.test(text)),
  ];
}

/** Names of npm scripts a document tells the reader to run, in prose and in code blocks. */
export function scriptsIn(markdown: string): readonly string[] {
  const named = [...markdown.matchAll(/\bnpm run (?:-s )?([\w:-]+)/g)].map((match) => match[1] ?? '');
  const short = [...markdown.matchAll(/\bnpm (test|start)\b/g)].map((match) => match[1] ?? '');
  return [...named, ...short];
}

/** What a document tells the reader to have the command line do, up to two words: `unit add`, `tls`. */
export const verbsIn = (markdown: string): readonly string[] =>
  [...markdown.matchAll(/\bnpm run (?:-s )?relight -- ([a-z][a-z-]*(?: [a-z]+)?)/g)].map((match) => match[1] ?? '');

const isPlain = (text: string): boolean => /^[\w.#@/-]+$/.test(text) && !text.startsWith('/');

const isBelow = (text: string, folders: readonly string[]): boolean =>
  text.includes('/') && ['.', '..', '#shared', ...folders].includes(text.split('/')[0] ?? '');

const isFile = (text: string): boolean => /^\w.*\.(ts|tsx|css|html|json|md)$/.test(text);
