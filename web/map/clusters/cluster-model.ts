import type { VerdictLook } from '../../ui/verdict-shape.ts';

/** From calm to bad; a cluster wears the last of its members. */
export const LOOKS = ['met', 'running', 'soon', 'unknown', 'missed'] as const satisfies readonly VerdictLook[];

/** What grouping has to know of an order: degrees, and its look as a place in `LOOKS`. */
export type ClusterPoint = { readonly id: string; readonly lat: number; readonly lon: number; readonly look: number };

/** West, south, east, north. */
export type Box = readonly [number, number, number, number];

/**
 * One mark. `key` stays as long as the mark's first member does, so a mark is moved and never made anew. `worst`: the order
 * whose face it wears; `asBad` of `count` are as bad.
 */
export type ClusterMark = {
  readonly key: string;
  readonly lat: number;
  readonly lon: number;
  readonly count: number;
  readonly asBad: number;
  readonly look: number;
  readonly worst: string;
};

export type ClusterOrder =
  | { readonly is: 'change'; readonly put: readonly ClusterPoint[]; readonly remove: readonly string[] }
  | {
      readonly is: 'marks';
      readonly ask: number;
      readonly box: Box;
      readonly zoom: number;
      readonly chosen: string | null;
    }
  | { readonly is: 'members'; readonly ask: number; readonly key: string; readonly zoom: number };

export type ClusterAnswer =
  | { readonly is: 'marks'; readonly ask: number; readonly marks: readonly ClusterMark[] }
  | { readonly is: 'members'; readonly ask: number; readonly ids: readonly string[] };
