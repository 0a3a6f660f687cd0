/** A syntax node, known only by its type. */
export type Node = { readonly type: string; readonly [key: string]: unknown };

/** A transaction whose body waits commits before its work is done: the statements after the first `await` run outside it. */
export function isAsyncTransaction(node: Node): boolean {
  if (node.type !== 'CallExpression' || !memberName(node['callee'])?.endsWith('.transaction')) return false;
  const given: readonly unknown[] = Array.isArray(node['arguments']) ? node['arguments'] : [];
  const body = given[0];
  return isNode(body) && body['async'] === true;
}

/** Visits every node below `value`, parents first. */
export function walk(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) for (const item of value) walk(item, visit);
  if (!isNode(value)) return;
  visit(value);
  for (const child of Object.values(value)) walk(child, visit);
}

/** `a.b` for a plain member expression; `.b` if its object is anything longer. */
export function memberName(value: unknown): string | undefined {
  if (!isNode(value) || value.type !== 'MemberExpression') return undefined;
  return `${nameOf(value['object']) ?? ''}.${nameOf(value['property']) ?? ''}`;
}

export const nameOf = (value: unknown): string | undefined =>
  isNode(value) && value.type === 'Identifier' && typeof value['name'] === 'string' ? value['name'] : undefined;

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
