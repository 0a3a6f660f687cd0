import { parseSync } from 'vite';

import type { Import } from './arrows.ts';
import { isAsyncTransaction, memberName, nameOf, walk } from './syntax.ts';

/** Every import and re-export of a source text; `import type` and all-type lists count as types. */
export function importsOf(file: string, text: string): readonly Import[] {
  const { module } = parse(file, text);
  const found = [
    ...module.staticImports.map(({ moduleRequest, entries }) => ({
      specifier: moduleRequest.value,
      typeOnly: entries.length > 0 && entries.every((entry) => entry.isType),
    })),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest, isType }) =>
        moduleRequest === null ? [] : [{ specifier: moduleRequest.value, typeOnly: isType }],
      ),
    ),
    ...module.dynamicImports.map(({ moduleRequest }) => ({
      specifier: text.slice(moduleRequest.start + 1, moduleRequest.end - 1),
      typeOnly: false,
    })),
  ];
  return found.map((one) => ({ from: file, ...one }));
}

/** What a shared file does that its result should not depend on: the clock, chance, the console and, if pure, waiting. */
export function impurities(file: string, text: string, { mayWait }: { readonly mayWait: boolean }): readonly string[] {
  const found: string[] = [];
  walk(parse(file, text).program, (node) => {
    const member = memberName(node);
    if (member === 'Date.now' || member === 'Math.random') found.push(member);
    if (node.type === 'NewExpression' && nameOf(node['callee']) === 'Date' && isEmpty(node['arguments'])) {
      found.push('new Date()');
    }
    if (node.type === 'CallExpression' && nameOf(node['callee']) === 'Date') found.push('Date()');
    if (member?.startsWith('console.')) found.push('console');
    if (!mayWait && (node['async'] === true || node.type === 'AwaitExpression')) found.push('async');
  });
  return found;
}

export function countAsyncTransactions(file: string, text: string): number {
  let count = 0;
  walk(parse(file, text).program, (node) => {
    if (isAsyncTransaction(node)) count += 1;
  });
  return count;
}

function parse(file: string, text: string) {
  const parsed = parseSync(file, text);
  if (parsed.errors[0]) throw new Error(`${file}: ${parsed.errors[0].message}`);
  return parsed;
}

const isEmpty = (value: unknown): boolean => Array.isArray(value) && value.length === 0;
