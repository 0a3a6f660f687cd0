import * as z from 'zod/mini';

/** West, south, east, north; degrees, WGS 84. */
const Bounds = z.tuple([z.number(), z.number(), z.number(), z.number()]);

/** An archive of street tiles that this server offers, checked. `attribution`: plain text that has to be shown. */
export const MapPack = z.object({
  name: z.string(),
  url: z.string(),
  bytes: z.int(),
  bounds: Bounds,
  minZoom: z.int(),
  maxZoom: z.int(),
  attribution: z.string(),
});
export type MapPack = z.infer<typeof MapPack>;

/** Picture tiles of somebody else's server. `shift`: in which coordinates they are drawn. */
export const OnlineTiles = z.object({
  url: z.string(),
  attribution: z.string(),
  shift: z.enum(['none', 'gcj02']),
});
export type OnlineTiles = z.infer<typeof OnlineTiles>;

/** What may lie below the marks. `refused`: archives that are there but cannot be drawn, and why. */
export const MapList = z.object({
  packs: z.array(MapPack),
  refused: z.array(z.object({ name: z.string(), reason: z.string() })),
  online: z.nullable(OnlineTiles),
});
export type MapList = z.infer<typeof MapList>;
