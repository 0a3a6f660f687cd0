import * as z from 'zod/mini';

const Degrees = (most: number) => z.coerce.number().check(z.gte(-most), z.lte(most));
const Name = z.string().check(z.minLength(1), z.maxLength(80));

/**
 * A fix as OsmAnd and Traccar Client send it in the address. `timestamp`: seconds or milliseconds since 1970, or ISO 8601;
 * without it the fix is of now. `key` may stand in the Authorization header instead. What else they send is not used.
 */
export const OsmandFix = z.object({
  id: z.optional(Name),
  deviceid: z.optional(Name),
  lat: Degrees(90),
  lon: Degrees(180),
  timestamp: z.optional(z.string().check(z.maxLength(40))),
  accuracy: z.optional(z.coerce.number().check(z.gte(0), z.lte(1_000_000))),
  valid: z.optional(z.string().check(z.maxLength(5))),
  key: z.optional(z.string().check(z.maxLength(200))),
});
export type OsmandFix = z.infer<typeof OsmandFix>;

const Metres = z.optional(z.nullable(z.number().check(z.gte(0), z.lte(1_000_000))));

/** What a Traccar server forwards as JSON: a position with the device that it is of. */
const Forwarded = z.object({
  device: z.object({ uniqueId: Name }),
  position: z.object({
    latitude: Degrees(90),
    longitude: Degrees(180),
    accuracy: Metres,
    fixTime: z.union([z.string().check(z.maxLength(40)), z.number()]),
    valid: z.optional(z.boolean()),
  }),
});

/** What Traccar Client sends as JSON since version 9. */
const FromClient = z.object({
  device_id: Name,
  location: z.object({
    timestamp: z.union([z.string().check(z.maxLength(40)), z.number()]),
    coords: z.object({ latitude: Degrees(90), longitude: Degrees(180), accuracy: Metres }),
  }),
});

export const TraccarFix = z.union([Forwarded, FromClient]);
export type TraccarFix = z.infer<typeof TraccarFix>;

/** The key, where a tracker can only be given an address. */
export const TrackerKey = z.object({ key: z.optional(z.string().check(z.maxLength(200))) });

/** Where equipment of the grid stands. `box`: west, south, east, north, with commas between. */
export const EquipmentQuery = z.object({
  box: z.string().check(z.regex(/^-?\d{1,3}(\.\d+)?(,-?\d{1,3}(\.\d+)?){3}$/)),
});

/** By feeder, latitude and longitude in turn. `more`: there is more in the box than is told. */
export const EquipmentAnswer = z.object({
  feeders: z.array(z.object({ name: z.string(), points: z.array(z.number()) })),
  more: z.boolean(),
});
export type EquipmentAnswer = z.infer<typeof EquipmentAnswer>;
