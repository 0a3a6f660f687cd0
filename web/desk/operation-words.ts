import type { DeskOperation } from '#shared/order/operations.ts';

/** What each operation is called, wherever it is offered. */
export const OPERATION_WORDS = {
  dispatch: 'act.dispatch',
  recall: 'act.recall',
  reassign: 'act.reassign',
  reportByRadio: 'act.byRadio',
  urge: 'act.urge',
  setEtr: 'act.setEtr',
  contact: 'act.callCustomer',
  close: 'act.closeOrder',
  note: 'act.note',
  amend: 'act.amend',
  endAtIntake: 'act.endAtIntake',
  cancel: 'act.cancelOrder',
  merge: 'act.merge',
  unmerge: 'act.unmerge',
  reopen: 'act.reopen',
} as const satisfies { readonly [O in DeskOperation]: string };

/** The keys that open them. */
export const OPERATION_KEYS: { readonly [O in DeskOperation]?: string } = {
  dispatch: 'D',
  reassign: 'D',
  reportByRadio: 'R',
  urge: 'U',
  setEtr: 'T',
  contact: 'E',
  merge: 'W',
  unmerge: 'Shift+W',
};
