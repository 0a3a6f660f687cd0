import {
  CenteredTextSymbolizer,
  exp,
  GeomType,
  LineLabelSymbolizer,
  LineSymbolizer,
  PolygonSymbolizer,
  type Feature,
  type LabelRule,
  type PaintRule,
} from 'protomaps-leaflet';

import type { TileSource } from './tile-messages.ts';

type Style = { readonly paint: PaintRule[]; readonly labels: LabelRule[] };

/** A grey map: only verdicts have colour. Understands the layers of Protomaps 4 and, by `pmap:kind`, those before. */
export const paintStyle = ({ palette, lang }: Pick<TileSource, 'palette' | 'lang'>): Style => ({
  paint: paintRules(palette),
  labels: labelRules(palette, NAMES[lang]),
});

type Palette = TileSource['palette'];

const NAMES = {
  zh: ['name:zh', 'name:zh-Hans', 'name:zh-Hant', 'name2', 'name'],
  en: ['name:en', 'name'],
} as const;

const kindOf = (feature: Feature): unknown => feature.props['kind'] ?? feature.props['pmap:kind'];

const isKind =
  (...kinds: readonly string[]) =>
  (_zoom: number, feature: Feature): boolean =>
    kinds.some((kind) => kind === kindOf(feature));

const GREEN = isKind('park', 'national_park', 'nature_reserve', 'forest', 'wood', 'garden', 'cemetery', 'golf_course');
const BUILT = isKind('industrial', 'hospital', 'school', 'university', 'college', 'railway', 'aerodrome', 'military');
const MAIN = isKind('major_road', 'medium_road');
const RAIL = isKind('rail', 'railway');

function paintRules({ surface, ink2, ink3 }: Palette): PaintRule[] {
  const area = (dataLayer: string, fill: string, opacity: number, rest: Partial<PaintRule> = {}): PaintRule => ({
    dataLayer,
    symbolizer: new PolygonSymbolizer({ fill, opacity }),
    ...rest,
  });
  const line = (
    opacity: number,
    widths: readonly (readonly [number, number])[],
    rest: Partial<PaintRule>,
  ): PaintRule => ({
    dataLayer: 'roads',
    symbolizer: new LineSymbolizer({
      color: ink3,
      opacity,
      width: exp(
        1.6,
        widths.map(([zoom, px]) => [zoom, px]),
      ),
      lineCap: 'round',
      lineJoin: 'round',
    }),
    ...rest,
  });
  const rail = new LineSymbolizer({ color: ink2, opacity: 0.45, width: 1, dash: [5, 3] });
  return [
    area('earth', surface, 0.75),
    area('landuse', ink3, 0.1, { filter: GREEN }),
    area('landuse', ink3, 0.05, { filter: BUILT, minzoom: 11 }),
    area('water', ink3, 0.26, { filter: (_zoom, feature) => feature.geomType === GeomType.Polygon }),
    area('buildings', ink3, 0.12, { minzoom: 15 }),
    line(
      0.16,
      [
        [12, 0.4],
        [15, 2],
        [18, 9],
      ],
      { minzoom: 12, filter: isKind('minor_road') },
    ),
    line(
      0.16,
      [
        [15, 0.8],
        [18, 3],
      ],
      { minzoom: 15, filter: isKind('path', 'other') },
    ),
    line(
      0.3,
      [
        [8, 0.4],
        [12, 1.4],
        [15, 4],
        [18, 14],
      ],
      { minzoom: 8, filter: MAIN },
    ),
    line(
      0.42,
      [
        [5, 0.5],
        [12, 2.2],
        [15, 5],
        [18, 16],
      ],
      { minzoom: 5, filter: isKind('highway') },
    ),
    { dataLayer: 'roads', symbolizer: rail, minzoom: 11, filter: RAIL },
    { dataLayer: 'transit', symbolizer: rail, minzoom: 11, filter: RAIL },
    { dataLayer: 'boundaries', symbolizer: new LineSymbolizer({ color: ink2, opacity: 0.5, width: 1, dash: [6, 4] }) },
  ];
}

function labelRules({ paper, ink2, ink3, font, letterPx }: Palette, names: readonly string[]): LabelRule[] {
  const shared = { labelProps: [...names], stroke: paper };
  const along = (fill: string, rest: Partial<LabelRule>): LabelRule => ({
    dataLayer: 'roads',
    symbolizer: new LineLabelSymbolizer({ ...shared, fill, width: 4, font: `500 ${letterPx - 1}px ${font}` }),
    ...rest,
  });
  const over = (dataLayer: string, weight: number, px: number, rest: Partial<LabelRule> = {}): LabelRule => ({
    dataLayer,
    symbolizer: new CenteredTextSymbolizer({
      ...shared,
      fill: ink2,
      width: 2,
      lineHeight: 1.4,
      font: `${weight} ${px}px ${font}`,
    }),
    ...rest,
  });
  return [
    over('places', 600, letterPx + 2, { filter: isKind('locality', 'city', 'town'), maxzoom: 14 }),
    over('places', 500, letterPx, { filter: isKind('neighbourhood', 'macrohood', 'suburb', 'village'), minzoom: 12 }),
    along(ink2, { filter: isKind('highway'), minzoom: 12 }),
    along(ink2, { filter: MAIN, minzoom: 13 }),
    along(ink3, { filter: isKind('minor_road', 'other'), minzoom: 15 }),
    over('water', 400, letterPx, { minzoom: 12 }),
  ];
}
