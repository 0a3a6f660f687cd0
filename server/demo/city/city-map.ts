import type { City } from './city.ts';
import { alongWay, lengthOf, spotAt } from './network.ts';
import { toPoint, type Spot } from './plane.ts';
import type { Street } from './streets.ts';

/** One GeoJSON feature, as `web/map` draws it: `kind` says how, and a point's `name` is written there. */
export type Feature = {
  readonly type: 'Feature';
  readonly properties: {
    readonly kind: 'area' | 'water' | 'street' | 'main' | 'feeder' | 'label';
    readonly name?: string;
  };
  readonly geometry:
    | { readonly type: 'Point'; readonly coordinates: Position }
    | { readonly type: 'LineString'; readonly coordinates: readonly Position[] }
    | { readonly type: 'MultiLineString' | 'Polygon'; readonly coordinates: readonly (readonly Position[])[] };
};

export type CityMap = { readonly type: 'FeatureCollection'; readonly features: readonly Feature[] };

/** The city as the map draws it: WGS-84, from the ground up. */
export function cityMap(city: City): CityMap {
  const { nodes, network, supply } = city;
  const path = (street: Street): Spot[] => street.nodes.map((node) => spotAt(nodes, node));
  const big = city.streets.filter(isBig);
  return {
    type: 'FeatureCollection',
    features: [
      ...city.blocks.map((block) => polygon('area', block)),
      polygon('water', banks(city.river)),
      ...city.streets.map((street) =>
        line({ kind: isBig(street) ? 'main' : 'street', name: street.name }, path(street)),
      ),
      ...supply.feeders.map(({ name, pieces }): Feature => {
        const ends = pieces.flatMap((index) => {
          const piece = network.pieces[index];
          return piece ? [[place(spotAt(nodes, piece.a)), place(spotAt(nodes, piece.b))]] : [];
        });
        return feature({ kind: 'feeder', name }, { type: 'MultiLineString', coordinates: ends });
      }),
      ...big.map((street) => label(street.name, alongWay(path(street), lengthOf(path(street)) * 0.7))),
      ...supply.substations.map(({ name, node }) => label(name, spotAt(nodes, node))),
      ...city.villages.map(({ name, node }) => label(name, spotAt(nodes, node))),
    ],
  };
}

const isBig = (street: Street): boolean => street.rank === 'ring' || street.rank === 'avenue';

/** Both banks of a river that flows from west to east, once around. */
const banks = (river: readonly Spot[]): Spot[] => [
  ...river.map(({ x, y }) => ({ x, y: y + HALF_WIDTH })),
  ...river.map(({ x, y }) => ({ x, y: y - HALF_WIDTH })).toReversed(),
];

const HALF_WIDTH = 90;

/** Longitude first, as GeoJSON has it. */
type Position = readonly [number, number];

function place(spot: Spot): Position {
  const { lat, lon } = toPoint(spot);
  return [lon, lat];
}

const feature = (properties: Feature['properties'], geometry: Feature['geometry']): Feature => ({
  type: 'Feature',
  properties,
  geometry,
});

const label = (name: string, spot: Spot): Feature =>
  feature({ kind: 'label', name }, { type: 'Point', coordinates: place(spot) });

const line = (properties: Feature['properties'], spots: readonly Spot[]): Feature =>
  feature(properties, { type: 'LineString', coordinates: spots.map(place) });

function polygon(kind: 'area' | 'water', corners: readonly Spot[]): Feature {
  const closed = [...corners, ...corners.slice(0, 1)];
  return feature({ kind }, { type: 'Polygon', coordinates: [closed.map(place)] });
}
