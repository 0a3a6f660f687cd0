import * as z from 'zod/mini';

import { Envelope, LoggedEvent, Seen } from '../event/envelope.ts';
import { Point } from '../event/parts.ts';
import { CrewId, DeviceId, PersonId, Subject, WriterId } from '../ids.ts';
import { ClockReading, Instant } from '../time/clock-reading.ts';
import { LIMITS } from './limits.ts';

const Hash = z.string().check(z.regex(/^[0-9a-f]{64}$/));
const Count = z.int().check(z.gte(0));

/**
 * Where a client stands: it holds exactly `view(q)` of history `epoch`, whose chain value at q is `h`.
 * While a pull of several pages is under way, `towards` is its fixed end and `after` the last subject received.
 * `scope` names the scope the position belongs to; another scope starts from nothing.
 */
export const Cursor = z.object({
  epoch: z.string().check(z.maxLength(32)),
  scope: z.string().check(z.maxLength(80)),
  q: Count,
  h: z.string().check(z.maxLength(16)),
  towards: z.optional(z.object({ q: Count, after: Subject })),
});
export type Cursor = z.infer<typeof Cursor>;

/** XOR of the first 64 bits of the hashes of events. */
const Sum = z.string().check(z.regex(/^[0-9a-f]{16}$/));

/** A part of what a client holds, ordered by subject: those over `after` up to `upTo`, null: to the end (I13). */
export const Heads = z.object({
  after: z.string().check(z.maxLength(40)),
  upTo: z.nullable(Subject),
  held: z.array(z.tuple([Subject, Count, Sum])).check(z.maxLength(LIMITS.heads)),
});
export type Heads = z.infer<typeof Heads>;

/** How many events are in a view, and the sum of their hashes. */
export const ScopeCheck = z.object({ events: Count, sum: Sum });
export type ScopeCheck = z.infer<typeof ScopeCheck>;

/** A push-and-pull. `push` items are checked one by one: a bad one is held, never the whole request. */
export const SyncRequest = z.object({
  proto: z.literal(1),
  /** Echoed by the answer; anything else is not our server (I22). */
  req: z.string().check(z.minLength(1), z.maxLength(36)),
  writer: WriterId,
  app: z.string().check(z.maxLength(40)),
  /** Null: nothing held yet, or only a push is wanted (`pull` false). */
  cursor: z.nullable(Cursor),
  pull: z.boolean(),
  /** Highest number given out; questions asked of the user and not answered; events put aside (I25). */
  hiN: Count,
  openTaps: Count,
  parked: Count,
  /**
   * The names that this outbox wrote under before, each with the highest number it gave out: it adds nothing to them any
   * more (I25).
   */
  earlier: z.optional(z.array(z.object({ writer: WriterId, hiN: Count })).check(z.maxLength(LIMITS.earlierNames))),
  clock: ClockReading,
  /** With a push: a clock chain from before its first tap up to now. Checked apart: a bad one delays no event (I9). */
  marks: z.optional(z.unknown()),
  push: z.array(z.unknown()).check(z.maxLength(1_000)),
  /** Asks for a sum of the scope with the page that ends this pull (I13). */
  check: z.optional(z.literal(true)),
  /** The sum differed: what is held of these subjects, by name; the server sends what differs. */
  heads: z.optional(Heads),
  /** Where the van is, if known. */
  fix: z.optional(z.extend(Point, { at: Instant })),
});
export type SyncRequest = z.infer<typeof SyncRequest>;

/**
 * `was`: its hash under the name of a writer that turned out to be two (I3). `lay`: where it was in an earlier history
 * of the log, before the server was restored (I12). `erased`: its texts were redacted; the hash is that of the event as it was.
 */
export const PushItem = z.object({
  event: Envelope,
  hash: Hash,
  was: z.optional(Hash),
  lay: z.optional(Seen),
  erased: z.optional(z.literal(true)),
});
export type PushItem = z.infer<typeof PushItem>;

export const HELD_CODES = [
  'unreadable',
  'tooLarge',
  'unknownKind',
  'badData',
  'badHash',
  'foreignWriter',
  'forked',
  'noSubject',
  'notAllowed',
] as const;
/** Why an event was put into quarantine instead of the log. It is kept there with its raw bytes. */
export type HeldCode = (typeof HELD_CODES)[number];

export const Ack = z.discriminatedUnion('is', [
  z.object({ is: z.literal('ok'), n: Count, q: Count }),
  z.object({ is: z.literal('dup'), n: Count, q: Count }),
  z.object({ is: z.literal('held'), n: Count, code: z.enum(HELD_CODES), ref: z.string() }),
]);
export type Ack = z.infer<typeof Ack>;

/** A subject that left the scope: what of it may be shown ends at `q`. `archived`: it is to be erased here. */
export const Drop = z.object({
  subject: Subject,
  q: Count,
  why: z.enum(['recalled', 'reassigned', 'leftCrew', 'archived']),
  to: z.nullable(CrewId),
  by: z.nullable(PersonId),
  reason: z.nullable(z.string()),
});
export type Drop = z.infer<typeof Drop>;

/** `view(to) − view(from)`, or the part of it up to subject `more.after`. */
export const Page = z.object({
  from: Count,
  to: Count,
  h: z.string(),
  epoch: z.string(),
  scope: z.string(),
  /** What the client holds is of no use (other history or scope): start from nothing with this page. */
  reset: z.boolean(),
  /** `left`: how many orders are still to come, as it looks now: for a person who waits. */
  more: z.nullable(z.object({ after: Subject, left: z.optional(Count) })),
  subjects: z.array(z.object({ subject: Subject, events: z.array(LoggedEvent) })),
  drops: z.array(Drop),
  /**
   * With the last part: events whose texts were redacted since, as they are now, also of subjects that left the scope. They take
   * the place of what is held, in the outbox, too (I4).
   */
  erased: z.optional(z.array(LoggedEvent)),
  /** Of all of `view(to)`, where it was asked for and this is its last part. */
  check: z.optional(ScopeCheck),
});
export type Page = z.infer<typeof Page>;

/** Where it lies that little room is left, bytes: in some days nothing more can be written, or soon. */
export const ShortDisk = z.object({ where: z.enum(['data', 'backups']), level: z.enum(['soon', 'now']), free: Count });
export type ShortDisk = z.infer<typeof ShortDisk>;

/**
 * News that is not in the log, for the desk: when each crew was last heard completely, where its van was.
 * `devices`: the same for each device that is or was in one of these crews, lost ones too.
 * `jump`: the clock of the server's machine has been `by` ms ahead of server time since then, and is not followed.
 * `disk`: the server runs out of room; only for those who can see to it.
 */
export const Live = z.object({
  heard: z.array(z.object({ crew: CrewId, heard: Instant })),
  devices: z.optional(z.array(z.object({ device: DeviceId, heard: Instant }))),
  fixes: z.array(z.extend(Point, { crew: CrewId, at: Instant, by: z.optional(z.literal('tracker')) })),
  jump: z.optional(z.object({ by: z.int(), since: Instant })),
  disk: z.optional(ShortDisk),
});
export type Live = z.infer<typeof Live>;

export const SyncAnswer = z.object({
  proto: z.literal(1),
  req: z.string(),
  epoch: z.string(),
  head: Count,
  /** Positions up to here are inside a verified backup; null: no backup is set up. */
  safe: z.nullable(Count),
  /** Server time when the request had been read and when the answer was made. */
  clock: z.object({ received: Instant, answered: Instant }),
  acks: z.array(Ack),
  /** Numbers of this writer the server holds neither in the log nor in quarantine, as [from, to]. */
  need: z.array(z.tuple([Count, Count])),
  page: z.nullable(Page),
  live: z.nullable(Live),
  /**
   * The server was restored and for so many ms only gathers what its clients hold, to take it in in its old order: what was
   * pushed has no verdict yet, and there is no page. 0, with a page: whoever asked did not know of it, and brings first what
   * he recorded before.
   */
  gathering: z.optional(Count),
  /**
   * In place of what is held of these subjects, as it was at the request's cursor; `gone`: not in the view; `drops`: which of
   * them had been taken away by then.
   */
  repair: z.optional(
    z.object({
      subjects: z.array(z.object({ subject: Subject, events: z.array(LoggedEvent) })),
      gone: z.array(Subject),
      drops: z.optional(z.array(Drop)),
    }),
  ),
  /** This device is blocked: what it brings is taken into quarantine, and it is shown nothing new. */
  blocked: z.optional(z.literal(true)),
});
export type SyncAnswer = z.infer<typeof SyncAnswer>;

/**
 * What a hint says: how far the log is. A pull heals whatever a hint missed (I21).
 * `live`: there is news that is not in the log, for desks: a crew was heard, a van has moved.
 */
export const Hint = z.object({ head: Count, at: Instant, live: z.optional(z.literal(true)) });
export type Hint = z.infer<typeof Hint>;
