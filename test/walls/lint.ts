import { relative, resolve } from 'node:path';

import { objection } from './arrows.ts';
import { rooms } from './rooms.ts';
import { type Node, isAsyncTransaction } from './syntax.ts';

type Context = {
  readonly filename: string;
  report(problem: { readonly node: unknown; readonly message: string }): void;
};

type Importing = { readonly source: { readonly value: unknown } | null; readonly importKind?: string };

const root = resolve(import.meta.dirname, '../..');

/** The same table as `architecture.test.ts`, shown in the editor while one types. */
const walls = {
  create(context: Context) {
    const from = relative(root, context.filename);
    const judge = (typeOnly: boolean) => (node: Importing) => {
      if (typeof node.source?.value !== 'string') return;
      const message = objection({ from, specifier: node.source.value, typeOnly }, rooms);
      if (message !== undefined) context.report({ node: node.source, message });
    };
    const byKind = (node: Importing & { readonly exportKind?: string; readonly specifiers?: readonly Importing[] }) => {
      const kinds = node.specifiers ?? [];
      const allTypes = kinds.length > 0 && kinds.every((one) => one.importKind === 'type');
      judge(node.importKind === 'type' || node.exportKind === 'type' || allTypes)(node);
    };
    return {
      ImportDeclaration: byKind,
      ExportNamedDeclaration: byKind,
      ExportAllDeclaration: byKind,
      ImportExpression: judge(false),
    };
  },
};

const noAsyncTransaction = {
  create: (context: Context) => ({
    CallExpression(node: Node) {
      const message = 'a transaction must not wait: what follows the first await commits outside it';
      if (isAsyncTransaction(node)) context.report({ node, message });
    },
  }),
};

export default { meta: { name: 'house' }, rules: { walls, 'no-async-transaction': noAsyncTransaction } };
