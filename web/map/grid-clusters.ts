import type { VerdictLook } from '../ui/verdict-shape.ts';
import type { MapOrder } from './map-model.ts';

/** An order with its place on the screen, px. */
export type Placed = { readonly order: MapOrder; readonly x: number; readonly y: number };

/** Orders drawn as one mark: its face is the worst of them. `count`: how many are as bad as the face. */
export type Cluster = { readonly members: readonly Placed[]; readonly worst: MapOrder; readonly count: number };

const SEVERITY: { readonly [look in VerdictLook]: number } = { met: 0, running: 1, soon: 2, unknown: 3, missed: 4 };

/**
 * Orders grouped by a grid of `cell` px; every order is in exactly one group. The chosen order stays alone, so that it
 * is always seen as itself.
 */
export function gridClusters(placed: readonly Placed[], cell: number, chosen: string | null): readonly Cluster[] {
  const groups = new Map<string, Placed[]>();
  for (const one of placed) {
    const { order, x, y } = one;
    const key = order.id === chosen ? `:${order.id}` : `${Math.floor(x / cell)}:${Math.floor(y / cell)}`;
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()].map(clusterOf);
}

/** The worst is drawn last, on top. */
export const calmFirst = (a: Cluster, b: Cluster): number => SEVERITY[a.worst.look] - SEVERITY[b.worst.look];

function clusterOf(members: readonly Placed[]): Cluster {
  const worst = members.reduce((worst, one) =>
    SEVERITY[one.order.look] > SEVERITY[worst.order.look] ? one : worst,
  ).order;
  return { members, worst, count: members.filter(({ order }) => order.look === worst.look).length };
}
