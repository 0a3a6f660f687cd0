import Supercluster from 'supercluster';

import type { Box, ClusterMark, ClusterPoint } from './cluster-model.ts';
import { withoutOverlap } from './without-overlap.ts';

/** Leaflet's tiles, so that a radius is in its pixels. */
const TILE_PX = 256;
const CELL_PX = 60;
/** From here on single orders are drawn; only what stands at one place is still one mark. */
const SINGLE_ZOOM = 15;
const SAME_PLACE_PX = 14;
const MAX_ZOOM = 19;
/** More marks than this in one view help nobody: they are grouped as further out. */
const MARKS_AT_MOST = 300;

type Tags = { readonly id: string; readonly look: number };
type Group = { look: number; asBad: number; worst: string; first: string };
type Index = Supercluster<Tags, Group>;

/** Orders grouped for one map. Every order is in exactly one mark; the chosen one is always alone. */
export function createClusterIndex() {
  const points = new Map<string, ClusterPoint>();
  let loaded: { readonly chosen: string | null; readonly far: Index; near: Index | null } | null = null;
  const marksAt = new Map<string, readonly ClusterMark[]>();
  /** Members of marks that were made one because they lay over each other. */
  const merged = new Map<string, readonly string[]>();

  const forget = (): void => {
    loaded = null;
    marksAt.clear();
    merged.clear();
  };
  const features = (chosen: string | null) =>
    [...points.values()]
      .filter(({ id }) => id !== chosen)
      .map(({ id, lat, lon, look }) => ({
        type: 'Feature' as const,
        properties: { id, look },
        geometry: { type: 'Point' as const, coordinates: [lon, lat] },
      }));
  const far = (chosen: string | null): Index => {
    if (loaded?.chosen !== chosen) {
      forget();
      loaded = { chosen, far: indexOf(CELL_PX, 0).load(features(chosen)), near: null };
    }
    return loaded.far;
  };
  const near = (chosen: string | null): Index => {
    const whole = far(chosen);
    if (!loaded) return whole;
    return (loaded.near ??= indexOf(SAME_PLACE_PX, SINGLE_ZOOM).load(features(chosen)));
  };
  /** All marks of one zoom, whatever is in view: a mark does not change because the map was moved. */
  const allMarks = (zoom: number, chosen: string | null): readonly ClusterMark[] => {
    const index = zoom >= SINGLE_ZOOM ? near(chosen) : far(chosen);
    const key = `${zoom}`;
    const known = marksAt.get(key);
    if (known) return known;
    const found = index.getClusters(WORLD, zoom).map(markOf);
    const made =
      zoom >= SINGLE_ZOOM ? found : withoutOverlap(found, zoom, (key, ids) => merged.set(`${zoom} ${key}`, ids));
    marksAt.set(key, made);
    return made;
  };
  const chosenMark = (chosen: string | null): readonly ClusterMark[] => {
    const point = chosen === null ? undefined : points.get(chosen);
    if (!point) return [];
    const { id, lat, lon, look } = point;
    return [{ key: id, lat, lon, count: 1, asBad: 1, look, worst: id }];
  };

  return {
    change(put: readonly ClusterPoint[], remove: readonly string[]): void {
      for (const point of put) points.set(point.id, point);
      for (const id of remove) points.delete(id);
      if (put.length + remove.length > 0) forget();
    },
    marks({ box, zoom, chosen }: { readonly box: Box; readonly zoom: number; readonly chosen: string | null }) {
      const level = Math.min(MAX_ZOOM, Math.max(0, Math.round(zoom)));
      const seen = (all: readonly ClusterMark[]): ClusterMark[] => all.filter((mark) => isIn(mark, box));
      const close = seen(allMarks(level, chosen));
      const marks =
        close.length > MARKS_AT_MOST && level >= SINGLE_ZOOM ? seen(allMarks(SINGLE_ZOOM - 1, chosen)) : close;
      return [...marks, ...chosenMark(chosen).filter((mark) => isIn(mark, box))];
    },
    /** Everybody in a mark, at most as many as a list can show. */
    members(key: string, zoom: number): readonly string[] {
      if (!loaded) return [];
      const level = Math.min(MAX_ZOOM, Math.max(0, Math.round(zoom)));
      const keys = merged.get(`${level} ${key}`) ?? [key];
      return keys.flatMap((one) =>
        leavesOf(level >= SINGLE_ZOOM ? [loaded?.near, loaded?.far] : [loaded?.far], one, level),
      );
    },
  };
}

const WORLD: [number, number, number, number] = [-180, -90, 180, 90];
const LISTED = 500;

const indexOf = (radius: number, minZoom: number): Index =>
  new Supercluster<Tags, Group>({
    radius,
    minZoom,
    maxZoom: minZoom === 0 ? SINGLE_ZOOM - 1 : MAX_ZOOM,
    extent: TILE_PX,
    map: ({ id, look }) => ({ look, asBad: 1, worst: id, first: id }),
    reduce: (group, { look, asBad, worst, first }) => {
      if (look === group.look) group.asBad += asBad;
      if (look > group.look || (look === group.look && worst < group.worst)) group.worst = worst;
      if (look > group.look) [group.look, group.asBad] = [look, asBad];
      if (first < group.first) group.first = first;
    },
  });

function markOf(one: ReturnType<Index['getClusters']>[number]): ClusterMark {
  const [lon = 0, lat = 0] = one.geometry.coordinates;
  const { properties } = one;
  if (!('cluster' in properties)) {
    const { id, look } = properties;
    return { key: id, lat, lon, count: 1, asBad: 1, look, worst: id };
  }
  const { point_count: count, look, asBad, worst, first } = properties;
  return { key: `${first}+`, lat, lon, count, asBad, look, worst };
}

function leavesOf(indexes: readonly (Index | null | undefined)[], key: string, zoom: number): readonly string[] {
  if (!key.endsWith('+')) return [key];
  for (const index of indexes)
    for (const level of [zoom, SINGLE_ZOOM - 1])
      for (const { properties } of index?.getClusters(WORLD, level) ?? [])
        if (properties && 'cluster' in properties && `${properties.first}+` === key)
          return index?.getLeaves(properties.cluster_id, LISTED).map((leaf) => leaf.properties.id) ?? [];
  return [];
}

const isIn = ({ lat, lon }: ClusterMark, [west, south, east, north]: Box): boolean =>
  lat >= south && lat <= north && lon >= west && lon <= east;
