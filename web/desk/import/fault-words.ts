import type { ImportFault } from '#shared/api/import-fault.ts';

import type { DeskText } from '../../text/desk-text.ts';

/** Why a file, a row or a value is not imported, for whoever looks into the file. */
export function faultWords(fault: ImportFault, t: DeskText): string {
  switch (fault.code) {
    case 'columnsMissing':
      return t('fault.columnsMissing', columnsOf(fault));
    case 'columnTwice':
    case 'noRule':
    case 'noSuchUnit':
    case 'twoUnits':
    case 'notCount':
    case 'notTime':
    case 'noSuchTime':
    case 'noZone':
    case 'skippedTime':
    case 'notDegrees':
    case 'notNumber':
    case 'noProperty':
      return t(`fault.${fault.code}`, { value: fault.value });
    case 'noneOf':
      return t('fault.noneOf', { value: fault.value, words: fault.words.join(', ') });
    case 'earlyYear':
      return t('fault.earlyYear', { value: fault.value, year: fault.year });
    case 'keyTwice':
      return t('fault.keyTwice', { value: fault.value, line: fault.line });
    case 'outsideDegrees':
      return t(`fault.${fault.likely ?? 'outsideDegrees'}`, { value: fault.value, most: fault.most });
    case 'sayGrid':
    case 'offGrid':
      return t(`fault.${fault.code}`, { x: fault.x, y: fault.y });
    case 'tooLong':
    case 'tooManyPlaces':
      return t(`fault.${fault.code}`, { most: fault.most });
    case 'lineTooLong':
      return t('fault.lineTooLong', { kib: fault.kib });
    case 'fileTooLarge':
      return t('fault.fileTooLarge', { mib: fault.mib });
    case 'textAfterQuote':
      return t('fault.textAfterQuote', { nth: fault.nth });
    case 'width':
      return t('fault.width', { values: fault.values, header: fault.header });
    case 'encoding':
      return fault.looksLike.length === 0
        ? t('fault.damaged')
        : t('fault.encoding', { names: fault.looksLike.map((name) => ENCODINGS[name]).join(', ') });
    case 'notJson':
      return t('pack.notJson', { says: fault.says });
    case 'mappingNotJson':
      return t('fault.mappingNotJson', { says: fault.says });
    case 'mappingOther':
      return t('fault.mappingSays', { says: fault.says });
    case 'mappingNotA':
      return t('fault.mappingSays', { says: t('pack.notA', { kind: fault.kind }) });
    case 'mappingNotOneOf':
      return t('fault.mappingSays', { says: t('pack.notOneOf', { choices: fault.choices.join(', ') }) });
    case 'mappingAtLeast':
      return t('fault.mappingSays', { says: t('pack.atLeast', { bound: fault.bound }) });
    case 'mappingTooLong':
      return t('fault.mappingSays', { says: t('fault.tooLong', { most: fault.most }) });
    case 'mappingAtMost':
      return t('fault.mappingSays', { says: t('pack.atMost', { bound: fault.bound }) });
    case 'columnsNotNamed':
      return t('customers.sayColumns');
    case 'notTaken':
      return problemWords(fault.problem, t);
    default:
      return t(`fault.${fault.code}`);
  }
}

function problemWords(problem: string, t: DeskText): string {
  switch (problem) {
    case 'tooLarge':
      return t('tabletFile.tooLarge');
    case 'signInNeeded':
      return t('desk.signInNeeded');
    case 'notAllowed':
      return t('refusal.notAllowed');
    default:
      return t('fault.notTaken', { problem });
  }
}

const ENCODINGS = { gb18030: 'GBK/GB18030', big5: 'Big5' } as const;

function columnsOf({ missing, present, count }: Extract<ImportFault, { code: 'columnsMissing' }>) {
  return {
    missing: missing.map(({ field, column }) => `“${column}” (${field})`).join(', '),
    present: `${present.join(', ')}${count > present.length ? ` … (${count})` : ''}`,
  };
}
