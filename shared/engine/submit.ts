import type { Session } from '../api/session.ts';
import { CATALOG, type Draft, type Kind } from '../event/catalog.ts';
import { type Envelope, envelopeHash, envelopeText, type Seen } from '../event/envelope.ts';
import { asOrderId, eventId, orderSubject, subjectOf, type EventId, type OrderId, type WriterId } from '../ids.ts';
import { decide, type Actor, type Refusal } from '../order/decide.ts';
import { emptyOrder, type Order } from '../order/order.ts';
import { err, ok, type Result } from '../result.ts';
import { isWithin } from './organisation.ts';
import type { Outbox } from './outbox.ts';
import type { OutboxRow, Random } from './ports.ts';
import type { ReadModel } from './read-model.ts';
import { serverTime, type Timekeeper } from './time.ts';
import type { NotSaved, Organisation, OpenTap } from './views.ts';

/** The one door for change: decide → envelope → strict outbox transaction → done. Nothing waits for the network. */
export type Submit = {
  submit(order: OrderId | 'new', draft: Draft, tap?: OpenTap): Promise<Result<EventId, Refusal | NotSaved>>;
  /** Keeps the moment of a first tap, with what its author had seen then (I2). */
  openTap(order: OrderId, kind: Kind): Promise<Result<OpenTap, 'notSaved'>>;
  dropTap(tap: OpenTap): Promise<void>;
};

type Deps = {
  readonly outbox: Outbox;
  readonly model: ReadModel;
  readonly time: Timekeeper;
  readonly random: Random;
};

export function createSubmit({ outbox, model, time, random }: Deps): Submit {
  const seenOf = (order: Order | null): Seen | null => {
    const epoch = model.meta().cursor?.epoch;
    return epoch !== undefined && order && order.lastQ > 0 ? { epoch, q: order.lastQ } : null;
  };

  return {
    async submit(id, draft, tap) {
      const session = model.meta().session;
      const writer = outbox.meta()?.writer;
      if (!session || !writer) return err('notAllowed');
      const order = id === 'new' ? null : (model.order(id)?.order ?? emptyOrder(id));
      const actor = actorOf(session, unitOf(order, draft), model.organisation());
      const decided = decide(order ?? emptyOrder(asOrderId(eventId(writer, 1))), draft, actor);
      if (!decided.ok) return decided;
      const seen = tap ? tap.seen : seenOf(order);
      const make = (n: number, as: WriterId): OutboxRow => {
        const event: Envelope = {
          writer: as,
          n,
          subject: id === 'new' ? subjectOf('order', eventId(as, n)) : orderSubject(id),
          kind: draft.kind,
          v: CATALOG[draft.kind].v,
          data: { ...draft.data },
          by: session.person.id,
          seen,
          clock: tap ? tap.clock : time.reading(),
        };
        const bytes = envelopeText(event);
        const state = { is: 'waiting', tries: 0 } as const;
        return { writer: as, n, bytes, hash: envelopeHash(bytes), keyId: null, author: session.person.id, state };
      };
      const stored = await outbox.append(make, tap?.id ?? null);
      if (!stored.ok) return err({ order: id, draft, at: tap?.at ?? time.now(), because: stored.error });
      model.touch([id === 'new' ? subjectOf('order', eventId(stored.value.writer, stored.value.n)) : orderSubject(id)]);
      return ok(eventId(stored.value.writer, stored.value.n));
    },

    async openTap(id, kind) {
      const session = model.meta().session;
      const seen = seenOf(model.order(id)?.order ?? null);
      const stored = await outbox.keepTap(() => {
        const clock = time.reading();
        const by = session?.person.id ?? null;
        return { id: hex(random.bytes(8)), order: id, kind, by, seen, clock, at: serverTime(clock) };
      });
      return stored.ok ? stored : err('notSaved');
    },

    async dropTap(tap) {
      await outbox.dropTap(tap.id);
    },
  };
}

export const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** The unit a decision is about: the order's, or the one a new report names. */
const unitOf = (order: Order | null, draft: Draft) =>
  order?.report?.unit ?? (draft.kind === 'reported' ? draft.data.unit : null);

function actorOf(session: Session, unit: ReturnType<typeof unitOf>, org: Organisation): Actor {
  const inUnit = unit !== null && (unit === session.unit.id || isWithin(org, unit, session.unit.id));
  return { role: session.person.role, crew: session.crew?.id ?? null, inUnit };
}
