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

/** Clusters whose faces would lie over each other, made one; the chosen order stays alone. */
export function withoutOverlap(clusters: readonly Cluster[], chosen: string | null): readonly Cluster[] {
  const kept: Faced[] = [];
  for (const cluster of clusters) {
    const { x, y } = middleOf(cluster);
    const covers = (one: Faced): boolean => Math.abs(one.x - x) < FACE_PX.x && Math.abs(one.y - y) < FACE_PX.y;
    const under =
      cluster.worst.id === chosen ? -1 : kept.findIndex((one) => one.cluster.worst.id !== chosen && covers(one));
    const other = kept[under]?.cluster;
    if (other) kept[under] = faced(clusterOf([...other.members, ...cluster.members]));
    else kept.push(faced(cluster));
  }
  const merged = kept.map(({ cluster }) => cluster);
  // A face that grew has moved: there may be another one under it now.
  return merged.length < clusters.length ? withoutOverlap(merged, chosen) : merged;
}

type Faced = { readonly cluster: Cluster; readonly x: number; readonly y: number };

const faced = (cluster: Cluster): Faced => ({ cluster, ...middleOf(cluster) });

/** Of a mark that stands for several, px. */
const FACE_PX = { x: 64, y: 30 };

/** Where it is drawn, px. */
export function middleOf({ members }: Cluster): { x: number; y: number } {
  const sum = (part: 'x' | 'y'): number => members.reduce((total, one) => total + one[part], 0);
  return { x: sum('x') / members.length, y: sum('y') / members.length };
}

/** The worst is drawn last, on top. */
export const calmFirst = (a: Cluster, b: Cluster): number => SEVERITY[a.worst.look] - SEVERITY[b.worst.look];

function clusterOf(members: readonly Placed[]): Cluster {
  const worst = members.reduce((worst, one) =>
    SEVERITY[one.order.look] > SEVERITY[worst.order.look] ? one : worst,
  ).order;
  return { members, worst, count: members.filter(({ order }) => order.look === worst.look).length };
}
