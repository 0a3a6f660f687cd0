import { CATALOG, type Draft } from '#shared/event/catalog.ts';
import { idOf, type Envelope } from '#shared/event/envelope.ts';
import type { Role } from '#shared/event/organisation.ts';
import { subjectId, subjectOf, type CrewId, type DeviceId, type OrderId, type UnitId } from '#shared/ids.ts';
import { activationRefusal } from '#shared/order/decide.ts';
import { everHeldBy, type Order } from '#shared/order/order.ts';
import { may, type Relation } from '#shared/order/rights.ts';
import { packFaults } from '#shared/sla/check-pack.ts';
import type { HeldCode } from '#shared/sync/protocol.ts';

import type { LogView } from '../store/log-view.ts';

export type Author = { readonly role: Role; readonly unit: UnitId };

type Question = {
  readonly event: Envelope;
  readonly draft: Draft;
  readonly view: LogView;
  /** It lay in a part of the log that a restore took away, or was made in sight of it. */
  readonly lost: boolean;
  readonly author: Author | undefined;
  /** The one that recorded it. */
  readonly device: DeviceId;
  readonly receivedAt: number;
};

/** Why an event may not enter the log, or null. */
export function refusal({ event, draft, view, lost, author, device, receivedAt }: Question): HeldCode | null {
  const entry = CATALOG[draft.kind];
  const begun = event.subject === subjectOf(entry.subject, idOf(event));
  if (entry.begins !== begun || (!entry.begins && !view.exists(event.subject))) return 'noSubject';
  if (!author) return 'notAllowed';
  const crews = view.crewsOf(device);
  if (author.role === 'crew' && !speaksForItself(draft, crews)) return 'notAllowed';
  const relation = relationOf({ event, draft, view, lost, author, crews });
  if (!may(author.role, draft.kind, relation)) return 'notAllowed';
  // Asked for by name: what is left of each event is worked out here, where its text is.
  if (draft.kind === 'redacted') return 'notAllowed';
  if (draft.kind === 'crewMoved') return movesWithin(view, subjectId<CrewId>(event.subject), draft.data.unit);
  if (draft.kind !== 'rulePackActivated') return null;
  const holds = activationRefusal(draft.data, receivedAt) === null && packFaults(draft.data.pack).length === 0;
  return holds && view.isCentre(draft.data.unit) ? null : 'badData';
}

type Standing = Pick<Question, 'event' | 'draft' | 'view' | 'lost'> & { author: Author; crews: readonly CrewId[] };

/** Another company's unit has other rules, and its people see nothing of this one. */
function movesWithin(view: LogView, crew: CrewId, to: UnitId): HeldCode | null {
  const from = view.unitOf({ crew });
  return from !== null && view.centreOf(from) === view.centreOf(to) ? null : 'badData';
}

/**
 * A crew that lost the order, or a device that changed crews, may still deliver what was done there. What was in the log
 * before a restore may come back in front of what gave the order to its crew, or with that in a place where it gives nothing.
 * That it lay there is only the device's word: it reaches no other company's orders.
 */
function relationOf({ event, draft, view, lost, author, crews }: Standing): Relation {
  if (draft.kind === 'reported') {
    // A crew may not have heard yet that it was moved, and a tablet may have been another crew's when it recorded this.
    const were = crews.flatMap((crew) => [view.unitOf({ crew }) ?? [], ...view.unitsBefore(crew)].flat());
    const tops = [author.unit, ...(author.role === 'crew' ? were : [])];
    const { unit } = draft.data;
    return { held: false, unit: tops.some((top) => view.within(unit, top)) };
  }
  if (event.subject.startsWith('device:')) {
    const units = view.unitsOf(subjectId<DeviceId>(event.subject));
    return { held: false, unit: units.some((unit) => view.within(unit, author.unit)) };
  }
  if (event.subject.startsWith('crew:')) return { held: crews.includes(subjectId<CrewId>(event.subject)), unit: false };
  const order = event.subject.startsWith('order:') ? view.order(subjectId<OrderId>(event.subject)) : null;
  if (!order) return { held: false, unit: false };
  return {
    held: (lost && isOfCompany(view, order, author)) || crews.some((crew) => everHeldBy(order, crew)),
    unit: order.report !== null && view.within(order.report.unit, author.unit),
  };
}

const isOfCompany = (view: LogView, { report }: Order, { unit }: Author): boolean =>
  report !== null && view.centreOf(report.unit) !== null && view.centreOf(report.unit) === view.centreOf(unit);

/** A crew records its own work only. */
const speaksForItself = (draft: Draft, crews: readonly CrewId[]): boolean =>
  !('crew' in draft.data) || draft.data.crew === null || crews.includes(draft.data.crew);
