import type { FieldKind } from '#shared/order/order.ts';

import type { CrewText } from '../text/crew-text.ts';

/** Facts that judge a person are asked about: the second tap lies elsewhere, the time kept is the first one's. */
export type AskedKind = 'arrived' | 'restored' | 'submitted';

export const isAsked = (kind: string): kind is AskedKind =>
  kind === 'arrived' || kind === 'restored' || kind === 'submitted';

/** The verb on the button. */
export function stepVerb(kind: FieldKind, t: CrewText): string {
  switch (kind) {
    case 'accepted':
      return t('act.accept');
    case 'departed':
      return t('act.depart');
    case 'arrived':
      return t('act.arrive');
    case 'restored':
      return t('act.restore');
    case 'signed':
      return t('act.sign');
    case 'noted':
      return t('act.note');
    case 'submitted':
      return t('act.submit');
    case 'contacted':
      return t('act.contact');
    case 'diagnosed':
      return t('act.diagnose');
    case 'explained':
      return t('act.explain');
    case 'suspended':
      return t('act.suspend');
    case 'resumed':
      return t('act.resume');
    case 'materialsUsed':
      return t('act.materials');
    case 'returned':
      return t('act.return');
    case 'urgeAnswered':
      return t('act.answer');
  }
}

/** What is said between the first and the second tap. `waiting` stands in lists until it is answered. */
export function askedWords(
  kind: AskedKind,
  t: CrewText,
): { confirm: string; notYet: string; waiting(time: string): string } {
  switch (kind) {
    case 'arrived':
      return {
        confirm: t('act.confirmArrive'),
        notYet: t('act.notYetArrived'),
        waiting: (time) => t('order.arrivalToConfirm', { time }),
      };
    case 'restored':
      return {
        confirm: t('act.confirmRestore'),
        notYet: t('act.notYetRestored'),
        waiting: (time) => t('order.restoreToConfirm', { time }),
      };
    case 'submitted':
      return {
        confirm: t('act.confirmSubmit'),
        notYet: t('act.notYetSubmitted'),
        waiting: (time) => t('order.submitToConfirm', { time }),
      };
  }
}

/** What is said when it has happened. Kinds this build does not know have a word, too. */
export function didWord(kind: string, data: Readonly<Record<string, unknown>>, t: CrewText): string {
  switch (kind) {
    case 'reported':
      return t('did.reported');
    case 'dispatched':
      return t('did.dispatched');
    case 'recalled':
      return t('did.recalled');
    case 'reassigned':
      return t('did.reassigned');
    case 'accepted':
      return t('did.accepted');
    case 'departed':
      return t('did.departed');
    case 'arrived':
      return t('did.arrived');
    case 'restored':
      return data['extent'] === 'part' ? t('did.restoredPart') : t('did.restored');
    case 'signed':
      return t('did.signed');
    case 'noted':
      return t('did.noted');
    case 'submitted':
      return t('did.submitted');
    case 'contacted':
      return data['reached'] === false ? t('did.notReached') : t('did.contacted');
    case 'diagnosed':
      return t('did.diagnosed');
    case 'explained':
      return t('did.explained');
    case 'suspended':
      return t('did.suspended');
    case 'resumed':
      return t('did.resumed');
    case 'materialsUsed':
      return t('did.materialsUsed');
    case 'returned':
      return t('did.returned');
    case 'etrSet':
      return t('did.etrSet');
    case 'urged':
      return t('did.urged');
    case 'urgeAnswered':
      return t('did.urgeAnswered');
    case 'shiftStarted':
      return t('did.shiftStarted');
    case 'closed':
      return t('did.closed');
    case 'alertRaised':
      return t('did.alertRaised');
    case 'alertAcknowledged':
      return t('did.alertAcknowledged');
    case 'alertWithdrawn':
      return t('did.alertWithdrawn');
    case 'timeAccepted':
      return t('did.timeAccepted');
    case 'amended':
      return t('did.amended');
    case 'merged':
      return t('did.merged');
    case 'unmerged':
      return t('did.unmerged');
    case 'cancelled':
      return t('did.cancelled');
    case 'reopened':
      return t('did.reopened');
    case 'alertClosedOut':
      return t('did.alertClosedOut');
    default:
      return t('did.other');
  }
}
