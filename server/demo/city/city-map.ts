import type { City } from './city.ts';
import { spotAt } from './network.ts';
import { toPoint, type Spot } from './plane.ts';

/** One GeoJSON feature; `kind` says how to draw it, `name` what to write on it. */
export type Feature = {
  readonly type: 'Feature';
  readonly properties: {
    readonly kind: 'block' | 'river' | 'street' | 'feeder' | 'substation' | 'transformer' | 'village';
    readonly name?: string;
    /** Of a street: ring, avenue, street, road (in the country), lane (in a village). */
    readonly rank?: string;
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
  return {
    type: 'FeatureCollection',
    features: [
      ...city.blocks.map((block) => polygon(block)),
      line({ kind: 'river', name: '澜水' }, city.river),
      ...city.streets.map(({ name, rank, nodes: path }) =>
        line(
          { kind: 'street', name, rank },
          path.map((node) => spotAt(nodes, node)),
        ),
      ),
      ...supply.feeders.map(({ name, pieces }): Feature => {
        const ends = pieces.flatMap((index) => {
          const piece = network.pieces[index];
          return piece ? [[place(spotAt(nodes, piece.a)), place(spotAt(nodes, piece.b))]] : [];
        });
        return feature({ kind: 'feeder', name }, { type: 'MultiLineString', coordinates: ends });
      }),
      ...supply.substations.map(({ name, node }) => dot({ kind: 'substation', name }, spotAt(nodes, node))),
      ...supply.transformers.map(({ name, spot }) => dot({ kind: 'transformer', name }, spot)),
      ...city.villages.map(({ name, node }) => dot({ kind: 'village', name }, spotAt(nodes, node))),
    ],
  };
}

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

const dot = (properties: Feature['properties'], spot: Spot): Feature =>
  feature(properties, { type: 'Point', coordinates: place(spot) });

const line = (properties: Feature['properties'], spots: readonly Spot[]): Feature =>
  feature(properties, { type: 'LineString', coordinates: spots.map(place) });

function polygon(corners: readonly Spot[]): Feature {
  const closed = [...corners, ...corners.slice(0, 1)];
  return feature({ kind: 'block' }, { type: 'Polygon', coordinates: [closed.map(place)] });
}
