import * as z from 'zod/mini';

import { CrewId, DeviceId, EventId } from '../ids.ts';
import { Instant } from '../time/clock-reading.ts';
import { EventTime } from '../time/event-time.ts';
import { text } from './parts.ts';

export const AlertLevel = z.enum(['soon', 'contact', 'missed', 'escalated1', 'escalated2', 'escalated3']);
export type AlertLevel = z.infer<typeof AlertLevel>;

/**
 * Up to when each device that could hold news had been heard completely. `heard`: the least of those that count;
 * null: none does. A lost device is waited for no more, so it does not count.
 */
export const Knowledge = z.object({
  heard: z.nullable(Instant),
  devices: z
    .array(z.object({ crew: CrewId, device: z.nullable(DeviceId), heard: Instant, lost: z.optional(z.literal(true)) }))
    .check(z.maxLength(200)),
});
export type Knowledge = z.infer<typeof Knowledge>;

/**
 * Raised once per (order, rule, level, epoch). It keeps the knowledge it was raised with, so it can be re-checked.
 * `noEvidence`: nobody who could know better can be heard any more. `unattended`: nobody took the alert below it.
 * `quiet`: a late fact proved a breach nobody has to act on any more; `late`: the engine itself was late, ms.
 */
export const AlertRaised = z.object({
  rule: text(40),
  level: AlertLevel,
  epoch: z.int().check(z.gte(1)),
  limit: Instant,
  because: z.enum(['due', 'silent', 'clock', 'over', 'noEvidence', 'unattended']),
  known: Knowledge,
  quiet: z.optional(z.literal(true)),
  late: z.optional(z.int().check(z.gte(0))),
});
export type AlertRaised = z.infer<typeof AlertRaised>;

/** A person took it: claimed, with a time to look again, or shelved until then with a reason. */
export const AlertAcknowledged = z.object({
  alert: EventId,
  how: z.enum(['claimed', 'shelved']),
  until: z.optional(Instant),
  reason: z.optional(text(300)),
});
export type AlertAcknowledged = z.infer<typeof AlertAcknowledged>;

/** A fact that came late proves it should not stand. */
export const AlertWithdrawn = z.object({ alert: EventId, fact: EventId, time: EventTime });
export type AlertWithdrawn = z.infer<typeof AlertWithdrawn>;

/** It was right when raised and nobody has to act on it any more. */
export const AlertClosedOut = z.object({
  alert: EventId,
  because: z.enum(['arrived', 'reached', 'heard', 'superseded', 'orderEnded', 'newEpoch']),
  fact: z.optional(EventId),
});
export type AlertClosedOut = z.infer<typeof AlertClosedOut>;
