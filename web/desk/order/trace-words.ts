import type { AlertRaised } from '#shared/event/alert.ts';
import { understood } from '#shared/event/catalog.ts';
import type { Recorded } from '#shared/event/envelope.ts';
import type { Amended } from '#shared/event/intake.ts';
import type { CrewId, PersonId } from '#shared/ids.ts';
import type { Order } from '#shared/order/order.ts';

import type { Organisation } from '../../read/client-context.ts';
import type { DeskText } from '../../text/desk-text.ts';
import type { Words } from '../order-words.ts';

type Around = { readonly org: Organisation; readonly order: Order; readonly now: number };

/** What happened, in one sentence; a kind this build does not know keeps its own name. */
export function traceWords(recorded: Recorded, { org, order, now }: Around, words: Words): string {
  const { t, format } = words;
  const draft = understood(recorded.event);
  if (draft === null) return t('trace.unknownKind', { kind: recorded.event.kind });
  const crew = (id: CrewId | null): string => (id === null ? t('trace.noCrew') : (org.crews.get(id)?.name ?? id));
  switch (draft.kind) {
    case 'reported':
      return t('trace.reported', { address: draft.data.address });
    case 'dispatched':
      return withNote(t('trace.dispatched', { crew: crew(draft.data.crew) }), draft.data.note);
    case 'recalled':
      return t('trace.recalled', { crew: crew(draft.data.crew), reason: draft.data.reason });
    case 'reassigned':
      return t('trace.reassigned', {
        from: crew(draft.data.from),
        to: crew(draft.data.to),
        reason: draft.data.reason,
      });
    case 'accepted':
    case 'departed':
    case 'arrived':
      return `${t(`trace.${draft.kind}`)} · ${crew(draft.data.crew)}`;
    case 'restored':
      return `${t(draft.data.extent === 'all' ? 'trace.restored' : 'trace.restoredPart')} · ${crew(draft.data.crew)}`;
    case 'submitted':
      return withNote(`${t('trace.submitted')} · ${crew(draft.data.crew)}`, draft.data.note);
    case 'signed':
      return draft.data.name === undefined ? t('trace.signed') : t('trace.signedBy', { name: draft.data.name });
    case 'noted':
      return t('trace.noted', { text: draft.data.text });
    case 'closed':
      return withNote(t('trace.closed', { outcome: t(`outcome.${draft.data.outcome}`) }), draft.data.note);
    case 'archived':
      return t('trace.archived');
    case 'alertRaised':
      return raisedWords(draft.data, t);
    case 'alertAcknowledged': {
      const until = draft.data.until === undefined ? '' : format.when(draft.data.until, now);
      const said = t(draft.data.how === 'claimed' ? 'trace.claimed' : 'trace.shelved', { time: until });
      return withNote(said, draft.data.reason);
    }
    case 'alertWithdrawn': {
      const alert = order.alerts.find(({ id }) => id === draft.data.alert);
      const fact = order.facts.find(({ id }) => id === draft.data.fact);
      const { time } = draft.data;
      return t('trace.withdrawn', {
        raised: alert ? format.when(alert.raisedAt, now) : '?',
        withdrawn: format.when(recorded.time.est, now),
        what: fact?.kind === 'restored' ? t('trace.restored') : t('trace.arrived'),
        time: format.plusMinus(time.est, time.e),
        grade: time.grade,
      });
    }
    case 'alertClosedOut':
      return t('trace.closedOut', { because: t(`because.${draft.data.because}`) });
    case 'amended':
      return t('trace.amended', { what: amendedWords(draft.data, t), reason: draft.data.reason });
    case 'merged':
      return t('trace.merged', { into: draft.data.into, reason: draft.data.reason });
    case 'unmerged':
    case 'cancelled':
    case 'reopened':
      return t(`trace.${draft.kind}`, { reason: draft.data.reason });
    case 'endedAtIntake':
      return withNote(t('trace.endedAtIntake', { reason: t(`endIntake.${draft.data.reason}`) }), draft.data.note);
    case 'contacted':
      return t(draft.data.reached ? 'trace.contacted' : 'trace.notReached');
    case 'diagnosed':
      return t('trace.diagnosed', { cause: draft.data.cause });
    case 'etrSet':
      return withNote(t('trace.etrSet', { time: format.when(draft.data.etr, now) }), draft.data.reason);
    case 'explained':
      return t('trace.explained', { why: draft.data.why });
    case 'suspended':
      return withNote(t('trace.suspended', { reason: t(`suspendFor.${draft.data.reason}`) }), draft.data.note);
    case 'resumed':
      return `${t('trace.resumed')} · ${crew(draft.data.crew)}`;
    case 'visited':
      return withNote(t(draft.data.reached ? 'trace.visited' : 'trace.notReached'), draft.data.note);
    case 'timeAccepted': {
      const fact = order.facts.find(({ id }) => id === draft.data.fact);
      const time = fact ? format.clockSeconds(fact.time.est) : draft.data.fact;
      return t('trace.timeAccepted', { time, reason: draft.data.reason });
    }
    case 'redacted':
      return t('trace.redacted', { n: draft.data.events.length, reason: t(`eraseFor.${draft.data.reason}`) });
    default:
      return t('trace.unknownKind', { kind: draft.kind });
  }
}

/** Who did it: a person, or the machine; and on which device. */
export function traceWho({ event }: Recorded, org: Organisation, t: DeskText): string {
  return event.by === null
    ? t('trace.machine')
    : t('trace.who', { person: personName(event.by, org), writer: event.writer });
}

const personName = (by: PersonId, org: Organisation): string => org.persons.get(by)?.name ?? by;

/** Written down by the desk for the crew, from the radio. */
export const byRadio = ({ event }: Recorded): boolean => event.data['radio'] === true;

function raisedWords({ level, because, quiet }: AlertRaised, t: DeskText): string {
  if (quiet) return t('trace.raisedQuietly');
  switch (level) {
    case 'soon':
      return t('trace.raisedSoon');
    case 'contact':
      return t(because === 'clock' ? 'trace.raisedClock' : 'trace.raisedSilent');
    case 'missed':
      return t(because === 'noEvidence' ? 'trace.raisedNoEvidence' : 'trace.raisedMissed');
    case 'escalated1':
      return t('trace.raisedStep', { n: 1 });
    case 'escalated2':
      return t('trace.raisedStep', { n: 2 });
    case 'escalated3':
      return t('trace.raisedStep', { n: 3 });
  }
}

/** What was corrected, as far as it has a word of its own. */
function amendedWords({ area, customerClass, address, words, customers }: Amended, t: DeskText): string {
  const said = [
    area && t(`areaName.${area}`),
    customerClass && t(`class.${customerClass}`),
    address,
    words,
    customers === undefined ? undefined : t('sheet.customersOut', { n: customers }),
  ];
  return said.filter(Boolean).join(' · ');
}

const withNote = (said: string, note: string | undefined): string => (note === undefined ? said : `${said} · ${note}`);
