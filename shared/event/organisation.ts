import * as z from 'zod/mini';

import { CrewId, DeviceId, PersonId, UnitId, WriterId } from '../ids.ts';
import { text } from './parts.ts';

export const ROLES = ['crew', 'leader', 'dispatcher', 'agent', 'visitor', 'admin', 'integration'] as const;
export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;

export const UnitMade = z.object({
  name: text(80),
  level: z.enum(['centre', 'district', 'station']),
  parent: z.nullable(UnitId),
});
export type UnitMade = z.infer<typeof UnitMade>;

export const CrewMade = z.object({
  name: text(80),
  unit: UnitId,
  van: z.optional(text(40)),
  phone: z.optional(text(40)),
});
export type CrewMade = z.infer<typeof CrewMade>;

/** A unit or a crew is called otherwise from now on; what it did stays under its id. */
export const Renamed = z.object({ name: text(80) });
export type Renamed = z.infer<typeof Renamed>;

/** A crew works for another unit from now on; the orders it holds stay with it and with the unit they were reported to. */
export const CrewMoved = z.object({ unit: UnitId, reason: text(300) });
export type CrewMoved = z.infer<typeof CrewMoved>;

export const PersonMade = z.object({ name: text(80), unit: UnitId, role: Role });
export type PersonMade = z.infer<typeof PersonMade>;

/** `writer`: the name of the device's first outbox. */
export const DeviceEnrolled = z.object({
  writer: WriterId,
  form: z.enum(['tablet', 'desk', 'process', 'import']),
  unit: z.nullable(UnitId),
  person: z.nullable(PersonId),
});
export type DeviceEnrolled = z.infer<typeof DeviceEnrolled>;

/** A later outbox on the same device (evicted, cloned or restored). */
export const WriterRegistered = z.object({ writer: WriterId });
export type WriterRegistered = z.infer<typeof WriterRegistered>;

/** It is the browser that was `device` before: what is still there of that one comes through this one. */
export const TookOver = z.object({ device: DeviceId });
export type TookOver = z.infer<typeof TookOver>;

export const DeviceBlocked = z.object({ reason: text(300) });
export type DeviceBlocked = z.infer<typeof DeviceBlocked>;

export const JoinedCrew = z.object({ crew: CrewId });
export type JoinedCrew = z.infer<typeof JoinedCrew>;

export const LeftCrew = z.object({ crew: CrewId });
export type LeftCrew = z.infer<typeof LeftCrew>;

/** Nobody will hear from it any more; what it may still hold is not waited for. */
export const DeviceLost = z.object({ reason: text(300) });
export type DeviceLost = z.infer<typeof DeviceLost>;

export const DeviceFound = z.object({ reason: text(300) });
export type DeviceFound = z.infer<typeof DeviceFound>;

/**
 * Work of a tablet came to the centre in a file instead: these numbers of its outboxes. `sum`: of the file. `madeAt`: when
 * the tablet wrote it, as it says, ms. By whom: the event's own author.
 */
export const BroughtByFile = z.object({
  sum: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  madeAt: z.int(),
  ranges: z
    .array(z.object({ writer: WriterId, from: z.int().check(z.gte(1)), to: z.int().check(z.gte(1)) }))
    .check(z.maxLength(100)),
});
export type BroughtByFile = z.infer<typeof BroughtByFile>;

/**
 * Who is on the van today, and how its tablet was found. A warning stops nobody: the desk sees it. Left out: not known.
 * `clockOffMs`: the tablet's own clock minus server time. `orders`: how many can be opened without signal.
 */
export const ShiftStarted = z.object({
  people: z.array(text(80)).check(z.maxLength(12)),
  tablet: z.object({
    battery: z.optional(z.number().check(z.gte(0), z.lte(1))),
    charging: z.optional(z.boolean()),
    freeBytes: z.optional(z.int().check(z.gte(0))),
    kept: z.optional(z.boolean()),
    clockOffMs: z.optional(z.int()),
    position: z.boolean(),
    orders: z.int().check(z.gte(0)),
  }),
});
export type ShiftStarted = z.infer<typeof ShiftStarted>;
