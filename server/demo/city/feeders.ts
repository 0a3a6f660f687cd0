import { otherEnd, reachFrom, spotAt, type Network } from './network.ts';
import { around, metres, towards, type Spot } from './plane.ts';
import type { Street, Village } from './streets.ts';

export type Substation = { readonly name: string; readonly node: number };

/** A 10 kV line: the pieces of street it follows, outwards from its substation. */
export type Feeder = { readonly name: string; readonly substation: number; readonly pieces: readonly number[] };

export type Transformer = { readonly name: string; readonly feeder: number; readonly spot: Spot };

/** `ofPiece[piece]`: the feeder whose customers live there. */
export type Supply = {
  readonly substations: readonly Substation[];
  readonly feeders: readonly Feeder[];
  readonly transformers: readonly Transformer[];
  readonly ofPiece: readonly number[];
};

const SITES = [
  { name: '城东变', angle: 0.3, radius: 2_100 },
  { name: '城西变', angle: 2.9, radius: 2_100 },
  { name: '南岸变', angle: 4.6, radius: 1_300 },
] as const;
const METRES_BETWEEN_TRANSFORMERS = 400;

/** Feeders grow along streets from three substations: every node is fed by the nearest, over the branch it hangs on. */
export function drawSupply(network: Network, streets: readonly Street[], villages: readonly Village[]): Supply {
  const crossings = network.at.flatMap((pieces, node) => (pieces.length >= 4 ? [node] : []));
  const substations = SITES.map(({ name, angle, radius }) => ({
    name,
    node: crossings.toSorted((a, b) => away(a, angle, radius) - away(b, angle, radius))[0] ?? 0,
  }));
  const { metres: far, by } = reachFrom(
    network,
    substations.map(({ node }) => node),
  );
  const feeders: { name: string; substation: number; pieces: number[] }[] = [];
  const ofNode = new Map<number, number>();
  const outwards = far.map((_, node) => node).toSorted((a, b) => (far[a] ?? 0) - (far[b] ?? 0));
  for (const node of outwards) {
    const index = by[node] ?? -1;
    const piece = network.pieces[index];
    if (!piece) continue;
    const before = otherEnd(piece, node);
    const feeder = ofNode.get(before) ?? begin(before);
    ofNode.set(node, feeder);
    feeders[feeder]?.pieces.push(index);
  }
  const ofPiece = network.pieces.map((piece) => ofNode.get(piece.b) ?? ofNode.get(piece.a) ?? 0);
  const named = feeders.map((feeder) => ({ ...feeder, name: nameOf(feeder.pieces) }));
  return { substations, feeders: unique(named), transformers: transformersOf(), ofPiece };

  function away(node: number, angle: number, radius: number): number {
    return metres(spotAt(network.nodes, node), around(angle, radius));
  }

  function begin(node: number): number {
    const substation = substations.findIndex((one) => one.node === node);
    return feeders.push({ name: '', substation, pieces: [] }) - 1;
  }

  /** After the village it ends in, or the street it follows longest. */
  function nameOf(pieces: readonly number[]): string {
    const ends = new Set(pieces.flatMap((index) => [network.pieces[index]?.a, network.pieces[index]?.b]));
    const village = villages.find(({ node }) => ends.has(node));
    if (village) return `10kV${village.name.slice(0, -1)}线`;
    const lengths = new Map<string, number>();
    for (const index of pieces) {
      const name = streets[network.pieces[index]?.street ?? -1]?.name ?? '';
      lengths.set(name, (lengths.get(name) ?? 0) + (network.pieces[index]?.length ?? 0));
    }
    const longest = [...lengths].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? '';
    return `10kV${longest.slice(0, 2)}线`;
  }

  function transformersOf(): Transformer[] {
    const counts = new Map<string, number>();
    const found: Transformer[] = [];
    for (const [index, piece] of network.pieces.entries()) {
      const name = streets[piece.street]?.name ?? '';
      const count = Math.max(1, Math.round(piece.length / METRES_BETWEEN_TRANSFORMERS));
      for (let step = 0; step < count; step++) {
        const number = (counts.get(name) ?? 0) + 1;
        counts.set(name, number);
        const spot = towards(spotAt(network.nodes, piece.a), spotAt(network.nodes, piece.b), (step + 0.5) / count);
        found.push({ name: `${name}${number}号台区`, feeder: ofPiece[index] ?? 0, spot });
      }
    }
    return found;
  }
}

const NUMERALS = ['', '二', '三', '四'];

/** Two feeders along one street are told apart by a numeral. */
function unique<T extends { readonly name: string }>(feeders: readonly T[]): T[] {
  const seen = new Map<string, number>();
  return feeders.map((feeder) => {
    const before = seen.get(feeder.name) ?? 0;
    seen.set(feeder.name, before + 1);
    return before === 0 ? feeder : { ...feeder, name: feeder.name.replace('线', `${NUMERALS[before] ?? before}线`) };
  });
}
