import { metres, towards, type Spot } from './plane.ts';
import type { Street } from './streets.ts';

/** A piece of street between two neighbouring nodes. `fromStart`: metres along its street to `a`. */
export type Piece = {
  readonly a: number;
  readonly b: number;
  readonly street: number;
  readonly length: number;
  readonly fromStart: number;
};

/** Streets as a graph. `at[node]`: indexes of the pieces that meet there. */
export type Network = {
  readonly nodes: readonly Spot[];
  readonly pieces: readonly Piece[];
  readonly at: readonly (readonly number[])[];
};

export function networkOf(nodes: readonly Spot[], streets: readonly Street[]): Network {
  const pieces: Piece[] = [];
  const at: number[][] = nodes.map(() => []);
  for (const [street, { nodes: path }] of streets.entries()) {
    let fromStart = 0;
    for (const [index, b] of path.entries()) {
      const a = path[index - 1];
      if (a === undefined) continue;
      const length = metres(spotAt(nodes, a), spotAt(nodes, b));
      const piece = pieces.push({ a, b, street, length, fromStart }) - 1;
      at[a]?.push(piece);
      at[b]?.push(piece);
      fromStart += length;
    }
  }
  return { nodes, pieces, at };
}

/** Shortest ways from several starts: metres to each node, and the piece by which it was reached (−1 at a start). */
export type Reach = { readonly metres: readonly number[]; readonly by: readonly number[] };

export function reachFrom(network: Network, starts: readonly number[]): Reach {
  const far = network.nodes.map(() => Number.POSITIVE_INFINITY);
  const by = network.nodes.map(() => -1);
  const open = new Set<number>(starts);
  for (const start of starts) far[start] = 0;
  while (open.size > 0) {
    const node = nearest(open, far);
    open.delete(node);
    for (const index of network.at[node] ?? []) {
      const piece = network.pieces[index];
      if (!piece) continue;
      const next = otherEnd(piece, node);
      const through = (far[node] ?? 0) + piece.length;
      if (through >= (far[next] ?? Number.POSITIVE_INFINITY)) continue;
      far[next] = through;
      by[next] = index;
      open.add(next);
    }
  }
  return { metres: far, by };
}

/** The shortest way along streets, as spots; both ends included. */
export function wayBetween(network: Network, from: number, to: number): readonly Spot[] {
  const { by } = reachFrom(network, [from]);
  const way = [spotAt(network.nodes, to)];
  for (let node = to; node !== from;) {
    const piece = network.pieces[by[node] ?? -1];
    if (!piece) throw new Error(`no way from ${from} to ${to}`);
    node = otherEnd(piece, node);
    way.unshift(spotAt(network.nodes, node));
  }
  return way;
}

/** Where one is after `driven` metres of a way. */
export function alongWay(way: readonly Spot[], driven: number): Spot {
  let left = driven;
  for (const [index, to] of way.entries()) {
    const from = way[index - 1];
    if (!from) continue;
    const length = metres(from, to);
    if (left <= length) return length === 0 ? to : towards(from, to, Math.max(0, left) / length);
    left -= length;
  }
  return way.at(-1) ?? { x: 0, y: 0 };
}

export const lengthOf = (way: readonly Spot[]): number =>
  way.reduce((sum, spot, index) => sum + metres(way[index - 1] ?? spot, spot), 0);

export function nearestNode(network: Network, spot: Spot): number {
  let best = 0;
  for (const [node, one] of network.nodes.entries())
    if (metres(one, spot) < metres(spotAt(network.nodes, best), spot)) best = node;
  return best;
}

export const otherEnd = (piece: Piece, node: number): number => (piece.a === node ? piece.b : piece.a);

export function spotAt(nodes: readonly Spot[], node: number): Spot {
  const spot = nodes[node];
  if (!spot) throw new Error(`no node ${node}`);
  return spot;
}

function nearest(open: ReadonlySet<number>, far: readonly number[]): number {
  let best = -1;
  for (const node of open) if (best < 0 || (far[node] ?? 0) < (far[best] ?? 0)) best = node;
  return best;
}
