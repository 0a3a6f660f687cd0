import proj4 from 'proj4';

import { type ImportFault, shortened } from '#shared/api/import-fault.ts';
import type { GRIDS } from '#shared/api/reference.ts';
import { err, ok, type Result } from '#shared/result.ts';

/** What the coordinates of a file are measured in. */
export type Grid = (typeof GRIDS)[number];

export type ToDegrees = (x: number, y: number) => Result<{ lat: number; lon: number }, ImportFault>;

/** Taiwan's older grid has another figure of the earth: the seven numbers move it onto today's, to a few metres. */
const DEFINITIONS: { readonly [G in Exclude<Grid, 'wgs84'>]: string } = {
  twd67:
    '+proj=tmerc +lat_0=0 +lon_0=121 +k=0.9999 +x_0=250000 +y_0=0 +ellps=aust_SA +units=m' +
    ' +towgs84=-752,-358,-179,-0.0000011698,0.0000018398,0.0000009822,0.00002329',
  twd97: '+proj=tmerc +lat_0=0 +lon_0=121 +k=0.9999 +x_0=250000 +y_0=0 +ellps=GRS80 +units=m',
};

/** What makes WGS 84 degrees, to a tenth of a metre, of a grid's coordinates; or says why they are none. */
export function project(grid: Grid): ToDegrees {
  const convert = grid === 'wgs84' ? null : proj4(DEFINITIONS[grid], 'WGS84');
  return (x, y) => {
    if (!Number.isFinite(x) || !Number.isFinite(y)) return err({ code: 'noCoordinates' });
    const [lon = Number.NaN, lat = Number.NaN] = convert ? convert.forward([x, y]) : [x, y];
    if (Math.abs(lat) <= 90 && Math.abs(lon) <= 180) return ok({ lat: round(lat), lon: round(lon) });
    return err({ code: convert ? 'offGrid' : 'sayGrid', x, y });
  };
}

/** The two numbers in two values of a row; or which of them is none. */
export function pairOf(x: string, y: string): Result<readonly [number, number], { at: 'x' | 'y'; why: ImportFault }> {
  if (x === '' && y === '') return err({ at: 'x', why: { code: 'noCoordinates' } });
  for (const [at, text] of [
    ['x', x],
    ['y', y],
  ] as const) {
    if (text === '') return err({ at, why: { code: 'halfPosition' } });
    if (!Number.isFinite(Number(text))) return err({ at, why: { code: 'notNumber', value: shortened(text) } });
  }
  return ok([Number(x), Number(y)]);
}

/** To a tenth of a metre. */
const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;
