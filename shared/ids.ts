import * as z from 'zod/mini';

/**
 * Ids people can say over the radio. A writer is named by the server with three letters or digits (`A7K`), a later
 * outbox on the same device adds two (`A7K4Q`). Of each look-alike pair (0/O, 1/I/L, 8/B, 5/S, 2/Z) one is used.
 */
export const ID_ALPHABET = '23456789ACDEFGHJKMNPQRTUVWXY';

const writerPattern = `[${ID_ALPHABET}]{3}(?:[${ID_ALPHABET}]{2})?`;

export const WriterId = z
  .string()
  .check(z.regex(new RegExp(`^${writerPattern}$`)))
  .brand<'WriterId'>();
export type WriterId = z.infer<typeof WriterId>;

/** `writer-n`; also the id of whatever the event began: order, crew, unit, device, person. */
export const EventId = z
  .string()
  .check(z.regex(new RegExp(`^${writerPattern}-[1-9][0-9]{0,15}$`)))
  .brand<'EventId'>();
export type EventId = z.infer<typeof EventId>;

export const OrderId = EventId.brand<'OrderId'>();
export type OrderId = z.infer<typeof OrderId>;
export const CrewId = EventId.brand<'CrewId'>();
export type CrewId = z.infer<typeof CrewId>;
export const UnitId = EventId.brand<'UnitId'>();
export type UnitId = z.infer<typeof UnitId>;
export const PersonId = EventId.brand<'PersonId'>();
export type PersonId = z.infer<typeof PersonId>;
export const DeviceId = EventId.brand<'DeviceId'>();
export type DeviceId = z.infer<typeof DeviceId>;

export const SUBJECT_TYPES = ['order', 'crew', 'unit', 'person', 'device', 'pack'] as const;
export type SubjectType = (typeof SUBJECT_TYPES)[number];

/** What an event is about: `order:A7K-2`. */
export const Subject = z
  .string()
  .check(z.regex(new RegExp(`^(?:${SUBJECT_TYPES.join('|')}):${writerPattern}-[1-9][0-9]{0,15}$`)))
  .brand<'Subject'>();
export type Subject = z.infer<typeof Subject>;

/** Position in the log, ≥ 1; 0 means before everything. */
export type Q = number;

export const eventId = (writer: WriterId, n: number): EventId => `${writer}-${n}` as EventId;

export const subjectOf = (type: SubjectType, id: EventId): Subject => `${type}:${id}` as Subject;

export function subjectType(subject: Subject): SubjectType {
  const type = subject.slice(0, subject.indexOf(':'));
  const known = SUBJECT_TYPES.find((candidate) => candidate === type);
  if (!known) throw new Error(`not a subject: ${subject}`);
  return known;
}

/** The id inside a subject, branded for its type by the caller's knowledge. */
export const subjectId = <Id extends EventId = EventId>(subject: Subject): Id =>
  subject.slice(subject.indexOf(':') + 1) as Id;

export const orderSubject = (id: OrderId): Subject => subjectOf('order', id);

export const asOrderId = (id: EventId): OrderId => id as OrderId;
export const asCrewId = (id: EventId): CrewId => id as CrewId;
export const asUnitId = (id: EventId): UnitId => id as UnitId;
export const asPersonId = (id: EventId): PersonId => id as PersonId;
export const asDeviceId = (id: EventId): DeviceId => id as DeviceId;

/** A writer name from random bytes; `base` given: a later outbox of that device. 28 < 256, the bias is harmless here. */
export function mintWriter(random: Uint8Array, base?: WriterId): WriterId {
  const letters = [...random.subarray(0, base ? 2 : 3)].map((byte) => ID_ALPHABET[byte % ID_ALPHABET.length]).join('');
  return `${base?.slice(0, 3) ?? ''}${letters}` as WriterId;
}
