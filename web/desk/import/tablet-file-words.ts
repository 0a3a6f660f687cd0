import type { HeldCode } from '#shared/sync/protocol.ts';

import type { TabletFileEnd } from '../../read/tablet-files.ts';
import type { DeskText } from '../../text/desk-text.ts';

type Word = Parameters<DeskText>[0];
type Refused = Extract<TabletFileEnd, { is: 'refused' }>;

/** Why something of a file waits for a person's look. */
export const HELD_WORDS = {
  unreadable: 'tabletFile.unreadable',
  tooLarge: 'tabletFile.unreadable',
  badData: 'tabletFile.unreadable',
  unknownKind: 'tabletFile.unknownKind',
  badHash: 'tabletFile.badHash',
  foreignWriter: 'tabletFile.foreignWriter',
  forked: 'tabletFile.forked',
  noSubject: 'tabletFile.noSubject',
  notAllowed: 'tabletFile.notAllowed',
} as const satisfies { readonly [C in HeldCode]: Word };

const FAULT_WORDS = {
  notOurs: 'tabletFile.notOurs',
  version: 'tabletFile.version',
  broken: 'tabletFile.broken',
  badLine: 'tabletFile.badLine',
  tooLarge: 'tabletFile.tooLarge',
  empty: 'tabletFile.empty',
  unknownTablet: 'tabletFile.unknownTablet',
  gathering: 'tabletFile.gathering',
  failed: 'tabletFile.failed',
} as const satisfies { readonly [W in Refused['why']]: Word };

/** What is wrong with a file, with the line and the member where there is one. */
export function faultWords({ why, line, field }: Refused, t: DeskText): string {
  const at = line === null ? [] : [t('import.line', { n: line })];
  return [t(FAULT_WORDS[why]), ...at, ...(field === null ? [] : [field])].join(' · ');
}
