/** Metres east and north of the city's centre. */
export type Spot = { readonly x: number; readonly y: number };

/** Where the invented city lies. */
const CENTRE = { lat: 31.2, lon: 113.1 };
const METRES_PER_DEGREE = 111_320;
const SHRINK = Math.cos((CENTRE.lat * Math.PI) / 180);

/** WGS-84 of a spot, to the decimetre. */
export const toPoint = (spot: Spot): { lat: number; lon: number } => ({
  lat: round(CENTRE.lat + spot.y / METRES_PER_DEGREE),
  lon: round(CENTRE.lon + spot.x / (METRES_PER_DEGREE * SHRINK)),
});

export const toSpot = (point: { readonly lat: number; readonly lon: number }): Spot => ({
  x: (point.lon - CENTRE.lon) * METRES_PER_DEGREE * SHRINK,
  y: (point.lat - CENTRE.lat) * METRES_PER_DEGREE,
});

export const metres = (from: Spot, to: Spot): number => Math.hypot(to.x - from.x, to.y - from.y);

export const towards = (from: Spot, to: Spot, share: number): Spot => ({
  x: from.x + (to.x - from.x) * share,
  y: from.y + (to.y - from.y) * share,
});

/** At `angle` (radians from east, turning north) and `radius` metres from the centre. */
export const around = (angle: number, radius: number): Spot => ({
  x: Math.cos(angle) * radius,
  y: Math.sin(angle) * radius,
});

const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;
