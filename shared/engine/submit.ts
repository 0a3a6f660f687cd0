import type { Session } from '../api/session.ts';
import { CATALOG, type Draft, type Kind } from '../event/catalog.ts';
import { type Envelope, envelopeHash, envelopeText, type Seen } from '../event/envelope.ts';
import {
  asDeviceId,
  asOrderId,
  eventId,
  orderSubject,
  subjectId,
  subjectOf,
  subjectType,
  type EventId,
  type OrderId,
  type Subject,
  type UnitId,
  type WriterId,
} from '../ids.ts';
import { decide, type Actor, type Refusal } from '../order/decide.ts';
import { emptyOrder, type Order } from '../order/order.ts';
import { may } from '../order/rights.ts';
import { err, ok, type Result } from '../result.ts';
import { markOf } from './marks.ts';
import { isWithin } from './organisation.ts';
import type { Outbox } from './outbox.ts';
import type { OutboxRow, Random } from './ports.ts';
import type { ReadModel } from './read-model.ts';
import { serverTime, type Timekeeper } from './time.ts';
import type { About, NotSaved, Organisation, OpenTap } from './views.ts';

/** The one door for change: decide → envelope → strict outbox transaction → done. Nothing waits for the network. */
export type Submit = {
  submit(about: About, draft: Draft, tap?: OpenTap): Promise<Result<EventId, Refusal | NotSaved>>;
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
  /** In the history that is shown, which a pull from nothing beside it may not be of. */
  const seenUpTo = (q = 0): Seen | null => {
    const { cursor, staging, shown } = model.meta();
    const epoch = staging ? shown : cursor?.epoch;
    return epoch && q > 0 ? { epoch, q } : null;
  };
  /** What was kept for its unsent work alone may be of another history. */
  const seenOf = (order: Order | null): Seen | null => {
    const drop = order && model.records().get(orderSubject(order.id))?.drop;
    return drop?.why === 'archived' ? null : seenUpTo(order?.lastQ);
  };

  return {
    async submit(about, draft, tap) {
      const session = model.meta().session;
      const writer = outbox.meta()?.writer;
      if (!session || !writer) return err('notAllowed');
      const order = isSubject(about) || about === 'new' ? null : (model.order(about)?.order ?? emptyOrder(about));
      const org = model.organisation();
      const units = isSubject(about) ? unitsOf(about, org) : [unitOf(order, draft)];
      const actor = actorOf(session, units, org);
      const decided = isSubject(about)
        ? decideApart(about, draft, actor)
        : decide(order ?? emptyOrder(asOrderId(eventId(writer, 1))), draft, actor);
      if (!decided.ok) return decided;
      const seen = tap
        ? tap.seen
        : isSubject(about)
          ? seenUpTo(model.records().get(about)?.events.at(-1)?.q)
          : seenOf(order);
      // Whoever tapped first: somebody else may work here by the time it is answered.
      const by = tap?.by ?? session.person.id;
      let clock = time.reading();
      const make = (n: number, as: WriterId): OutboxRow => {
        clock = time.reading();
        const event: Envelope = {
          writer: as,
          n,
          subject: subjectAbout(about, eventId(as, n)),
          kind: draft.kind,
          v: CATALOG[draft.kind].v,
          data: { ...draft.data },
          by,
          seen,
          clock: tap ? tap.clock : clock,
        };
        const bytes = envelopeText(event);
        const state = { is: 'waiting', tries: 0 } as const;
        return { writer: as, n, bytes, hash: envelopeHash(bytes), keyId: null, author: by, state };
      };
      const stored = await outbox.append(make, tap?.id ?? null, () => markOf(clock, 'tap'));
      if (!stored.ok)
        return err({ about, order: order?.id ?? null, draft, at: tap?.at ?? time.now(), because: stored.error });
      const id = eventId(stored.value.writer, stored.value.n);
      model.touch([subjectAbout(about, id)]);
      return ok(id);
    },

    async openTap(id, kind) {
      const session = model.meta().session;
      const seen = seenOf(model.order(id)?.order ?? null);
      let clock = time.reading();
      const make = (): OpenTap => {
        clock = time.reading();
        const by = session?.person.id ?? null;
        return { id: hex(random.bytes(8)), order: id, kind, by, seen, clock, at: serverTime(clock) };
      };
      const stored = await outbox.keepTap(make, () => markOf(clock, 'tap'));
      return stored.ok ? stored : err('notSaved');
    },

    async dropTap(tap) {
      await outbox.dropTap(tap.id);
    },
  };
}

/** The subject of event `own`, recorded about this. */
export const subjectAbout = (about: About, own: EventId): Subject =>
  isSubject(about) ? about : about === 'new' ? subjectOf('order', own) : orderSubject(about);

export const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** The unit a decision is about: the order's, or the one a new report names. */
const unitOf = (order: Order | null, draft: Draft) =>
  order?.report?.unit ?? (draft.kind === 'reported' ? draft.data.unit : null);

/** The units a device belongs to: its own and its crew's. */
function unitsOf(subject: Subject, { devices, crews }: Organisation): readonly (UnitId | null)[] {
  const device = subjectType(subject) === 'device' ? devices.get(asDeviceId(subjectId(subject))) : undefined;
  return device ? [device.unit, (device.crew && crews.get(device.crew)?.unit) ?? null] : [];
}

const isSubject = (about: About): about is Subject => about.includes(':');

/** What is not about an order hangs on the right alone; a crew holds itself. */
function decideApart(about: Subject, draft: Draft, { role, inUnit, crew }: Actor): Result<Draft, Refusal> {
  const held = crew !== null && about === subjectOf('crew', crew);
  return may(role, draft.kind, { held, unit: inUnit }) ? ok(draft) : err('notAllowed');
}

function actorOf(session: Session, units: readonly (UnitId | null)[], org: Organisation): Actor {
  const inUnit = units.some(
    (unit) => unit !== null && (unit === session.unit.id || isWithin(org, unit, session.unit.id)),
  );
  return { role: session.person.role, crew: session.crew?.id ?? null, inUnit };
}
