import type { DataOf, Kind } from '#shared/event/catalog.ts';
import { CATALOG } from '#shared/event/catalog.ts';
import type { Envelope, Recorded } from '#shared/event/envelope.ts';
import { envelopeHash, envelopeText, idOf } from '#shared/event/envelope.ts';
import {
  asCrewId,
  asOrderId,
  asPersonId,
  asUnitId,
  eventId,
  subjectOf,
  type CrewId,
  type OrderId,
  type PersonId,
  type Subject,
  type UnitId,
  type WriterId,
} from '#shared/ids.ts';
import { foldAll } from '#shared/order/fold.ts';
import type { Order } from '#shared/order/order.ts';
import { exactly, type EventTime } from '#shared/time/event-time.ts';

/** Test data in the words of the trade: `anOrder().reported('14:00').dispatched('14:05', CREW_3).arrived('14:30')`. */
export const writer = (name: string): WriterId => name as WriterId;
export const UNIT: UnitId = asUnitId(eventId(writer('UNT'), 1));
export const CREW_3: CrewId = asCrewId(eventId(writer('CRW'), 3));
export const CREW_5: CrewId = asCrewId(eventId(writer('CRW'), 5));
export const DISPATCHER: PersonId = asPersonId(eventId(writer('PRS'), 1));
export const CREWMAN: PersonId = asPersonId(eventId(writer('PRS'), 2));
export const ORDER: OrderId = asOrderId(eventId(writer('A7K'), 1));

/** Milliseconds of `HH:MM[:SS]` on the day the tests live in (UTC). */
export const at = (clock: string): number => Date.parse(`2026-11-21T${clock.length === 5 ? `${clock}:00` : clock}Z`);

/** A time known to ± `e` ms with a grade. */
export const about = (clock: string, e: number, grade: EventTime['grade']): EventTime => ({
  lo: at(clock) - e,
  hi: at(clock) + e,
  est: at(clock),
  e,
  grade,
});

type Options = {
  readonly q?: number | null;
  readonly by?: PersonId | null;
  readonly writer?: WriterId;
  readonly n?: number;
  readonly subject?: Subject;
};

/** One recorded event of `kind` at a clock text (exact) or an event time. */
export function recorded<K extends Kind>(
  kind: K,
  when: string | EventTime,
  data: DataOf<K>,
  options: Options = {},
): Recorded {
  const time = typeof when === 'string' ? exactly(at(when)) : when;
  const event: Envelope = {
    writer: options.writer ?? writer('A7K'),
    n: options.n ?? 1,
    subject: options.subject ?? subjectOf('order', ORDER),
    kind,
    v: CATALOG[kind].v,
    data,
    by: options.by === undefined ? CREWMAN : options.by,
    seen: null,
    clock: { wall: time.est, mono: 0, page: 'test' },
  };
  const q = options.q === undefined ? event.n : options.q;
  return { event, hash: envelopeHash(envelopeText(event)), q, rcv: q === null ? null : time.est, time };
}

/** Builds an order's events one after another, n = q = 1, 2, 3 … */
export class Story {
  readonly events: Recorded[] = [];

  record<K extends Kind>(kind: K, when: string | EventTime, data: DataOf<K>, options: Options = {}): this {
    this.events.push(recorded(kind, when, data, { n: this.events.length + 1, ...options }));
    return this;
  }

  reported(when: string, data: Partial<DataOf<'reported'>> = {}): this {
    const base = { unit: UNIT, address: '幸福路18号', area: 'urban', channel: 'phone' } as const;
    return this.record('reported', when, { ...base, ...data }, { by: DISPATCHER });
  }

  dispatched(when: string, crew: CrewId = CREW_3): this {
    return this.record('dispatched', when, { crew }, { by: DISPATCHER });
  }

  recalled(when: string, crew: CrewId = CREW_3, reason = '改期'): this {
    return this.record('recalled', when, { crew, reason }, { by: DISPATCHER });
  }

  reassigned(when: string, from: CrewId = CREW_3, to: CrewId = CREW_5, reason = '更近'): this {
    return this.record('reassigned', when, { from, to, reason }, { by: DISPATCHER });
  }

  field(
    kind: 'accepted' | 'departed' | 'arrived' | 'submitted',
    when: string | EventTime,
    crew: CrewId | null = CREW_3,
  ): this {
    return this.record(kind, when, { crew });
  }

  get last(): Recorded {
    const last = this.events.at(-1);
    if (!last) throw new Error('an empty story');
    return last;
  }

  get lastId(): ReturnType<typeof idOf> {
    return idOf(this.last.event);
  }

  get order(): Order {
    return foldAll(ORDER, this.events);
  }
}

export const anOrder = (): Story => new Story();
