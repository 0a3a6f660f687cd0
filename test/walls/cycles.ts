/** Groups of nodes that reach each other (strongly connected, two or more; or one that reaches itself), each sorted. */
export function cyclesOf(edges: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const reach = new Map([...edges.keys()].map((node) => [node, reachable(node, edges)]));
  const groups = [...reach]
    .filter(([node, seen]) => seen.has(node))
    .map(([node, seen]) => [...seen].filter((other) => reach.get(other)?.has(node)).toSorted());
  return [...new Map(groups.map((group) => [group.join(), group])).values()];
}

function reachable(start: string, edges: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const seen = new Set<string>();
  const open = [...(edges.get(start) ?? [])];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    open.push(...(edges.get(node) ?? []));
  }
  return seen;
}
