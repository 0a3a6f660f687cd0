import { CATALOG, type Draft } from '#shared/event/catalog.ts';
import { idOf, type Envelope } from '#shared/event/envelope.ts';
import type { Role } from '#shared/event/organisation.ts';
import {
  subjectId,
  subjectOf,
  type CrewId,
  type DeviceId,
  type OrderId,
  type PersonId,
  type UnitId,
} from '#shared/ids.ts';
import { activationRefusal } from '#shared/order/decide.ts';
import { everHeldBy } from '#shared/order/order.ts';
import { may, type Relation } from '#shared/order/rights.ts';
import { packFaults } from '#shared/sla/check-pack.ts';
import type { Ack, HeldCode, SyncRequest } from '#shared/sync/protocol.ts';
import { ClockChain } from '#shared/time/clock-reading.ts';

import type { LogView } from '../store/log-view.ts';
import type { Store } from '../store/store.ts';
import type { Asker } from './asker.ts';
import { checkItem } from './check-item.ts';

/** Acknowledgements in the order of the push, and the numbers the server has not got (I11). */
export type Ingested = { readonly acks: Ack[]; readonly need: [number, number][] };

export type Ingest = (asker: Asker, request: SyncRequest, receivedAt: number) => Promise<Ingested>;

/** Takes custody of everything that is pushed: into the log, or into quarantine with the reason. Refuses nothing. */
export function createIngest({ log, roster, accounts }: Pick<Store, 'log' | 'roster' | 'accounts'>): Ingest {
  /** Somebody else's work may wait on a shared desk: it is judged by its author's rights, if they were there. */
  const authorsOf = async (
    asker: Asker,
    people: ReadonlySet<PersonId | null>,
  ): Promise<ReadonlyMap<string, Author>> => {
    const authors = new Map<string, Author>([[asker.person, { role: asker.role, unit: asker.unit }]]);
    for (const id of people) {
      if (id === null || authors.has(id) || !(await accounts.wasSignedIn(asker.device, id))) continue;
      const person = await roster.person(id);
      if (person) authors.set(id, { role: person.role, unit: asker.crew ? asker.unit : person.unit });
    }
    return authors;
  };

  return async (asker, request, receivedAt) => {
    const batch = request.push.map((item) => checkItem(item, asker.writers));
    const people = new Set(batch.map((item) => (item.is === 'event' ? item.event.by : null)));
    const authors = await authorsOf(asker, people);
    const receipt = { server: receivedAt, reading: request.clock, chain: chainIn(request) };
    const acks = await log.append(batch, { device: asker.device, receipt }, (event, draft, view) => {
      if (asker.blocked) return 'notAllowed';
      const author = event.by === null ? undefined : authors.get(event.by);
      return refusal({ event, draft, view, author, asker, receivedAt });
    });
    const own = asker.writers.includes(request.writer) && !asker.blocked;
    return { acks: [...acks], need: own ? await log.need(request.writer, request.hiN) : [] };
  };
}

/** An early client sends none; one that cannot be read is no evidence at all. */
const chainIn = ({ marks }: SyncRequest): ClockChain | undefined => {
  if (marks === undefined) return undefined;
  const read = ClockChain.safeParse(marks);
  return read.success ? read.data : [];
};

type Author = { readonly role: Role; readonly unit: UnitId };

type Question = {
  readonly event: Envelope;
  readonly draft: Draft;
  readonly view: LogView;
  readonly author: Author | undefined;
  readonly asker: Asker;
  readonly receivedAt: number;
};

function refusal({ event, draft, view, author, asker, receivedAt }: Question): HeldCode | null {
  const entry = CATALOG[draft.kind];
  const begun = event.subject === subjectOf(entry.subject, idOf(event));
  if (entry.begins !== begun || (!entry.begins && !view.exists(event.subject))) return 'noSubject';
  if (!author) return 'notAllowed';
  const crews = view.crewsOf(asker.device);
  if (author.role === 'crew' && !speaksForItself(draft, crews)) return 'notAllowed';
  const relation = relationOf({ event, draft, view, author, crews });
  if (!may(author.role, draft.kind, relation)) return 'notAllowed';
  if (draft.kind !== 'rulePackActivated') return null;
  const holds = activationRefusal(draft.data, receivedAt) === null && packFaults(draft.data.pack).length === 0;
  return holds && view.isCentre(draft.data.unit) ? null : 'badData';
}

type Standing = Pick<Question, 'event' | 'draft' | 'view'> & { author: Author; crews: readonly CrewId[] };

/** A crew that lost the order, or a device that changed crews, may still deliver what was done there. */
function relationOf({ event, draft, view, author, crews }: Standing): Relation {
  if (draft.kind === 'reported') return { held: false, unit: view.within(draft.data.unit, author.unit) };
  if (event.subject.startsWith('device:')) {
    const units = view.unitsOf(subjectId<DeviceId>(event.subject));
    return { held: false, unit: units.some((unit) => view.within(unit, author.unit)) };
  }
  if (event.subject.startsWith('crew:')) return { held: crews.includes(subjectId<CrewId>(event.subject)), unit: false };
  const order = event.subject.startsWith('order:') ? view.order(subjectId<OrderId>(event.subject)) : null;
  if (!order) return { held: false, unit: false };
  return {
    held: crews.some((crew) => everHeldBy(order, crew)),
    unit: order.report !== null && view.within(order.report.unit, author.unit),
  };
}

/** A crew records its own work only. */
const speaksForItself = (draft: Draft, crews: readonly CrewId[]): boolean =>
  !('crew' in draft.data) || draft.data.crew === null || crews.includes(draft.data.crew);
