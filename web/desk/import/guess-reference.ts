import type { ReferenceHead } from '#shared/api/reference.ts';

/** What a column may be called. The first that a file has is taken. */
const NAMES = {
  feeder: ['feeder', 'feeder_id', 'feeder_name', '馈线', '饋線', '馈线名称', '线路', '線路', '线路名称'],
  x: ['lon', 'lng', 'longitude', 'x', '经度', '經度'],
  y: ['lat', 'latitude', 'y', '纬度', '緯度'],
} as const;

export type ReferenceField = keyof typeof NAMES;
export const REFERENCE_FIELDS = ['feeder', 'x', 'y'] as const satisfies readonly ReferenceField[];

type Look = { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] };

/** The columns that are called like what they may be; without one: empty. */
export function guessReference({ columns }: Look): ReferenceHead['columns'] {
  const found = (field: ReferenceField): string =>
    NAMES[field].flatMap((name) => columns.find((column) => column.toLowerCase() === name) ?? [])[0] ?? '';
  return { feeder: found('feeder'), x: found('x'), y: found('y') };
}

/** Degrees, or metres: then of which grid a person has to say; the older one is what such lists were made in. */
export function guessGrid({ columns, rows }: Look, { x }: { readonly x?: string | undefined }): ReferenceHead['grid'] {
  const at = x === undefined ? -1 : columns.indexOf(x);
  return Math.abs(Number(rows[0]?.[at] ?? 0)) > 180 ? 'twd67' : 'wgs84';
}
