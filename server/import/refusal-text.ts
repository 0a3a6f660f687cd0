import type { ImportFault, Refused } from '#shared/api/import-fault.ts';

/** A refusal in English, for the command line and logs: where, and why. */
export function refusalText({ line, column, why }: Refused): string {
  const where = line === null ? column : column === null ? `line ${line}` : `line ${line}, column ${column}`;
  return where === null ? reasonText(why) : `${where}: ${reasonText(why)}`;
}

/** Why, without where. Desks have their own words, in the language of whoever reads them. */
export function reasonText(fault: ImportFault): string {
  switch (fault.code) {
    case 'fileEmpty':
      return 'the file is empty';
    case 'xlsx':
      return `a zip archive, most likely an Excel workbook (.xlsx) with another name, not CSV; ${SAVE_AS}`;
    case 'xls':
      return `an old Excel workbook (.xls), not CSV; ${SAVE_AS}`;
    case 'wideUtf':
      return `text in UTF-16, not UTF-8; ${SAVE_AS}`;
    case 'gzip':
      return 'compressed with gzip; unpack it first';
    case 'pdf':
      return 'a PDF document, not CSV';
    case 'binary':
      return `not text in UTF-8: it holds NUL bytes (UTF-16 or a binary file); ${SAVE_AS}`;
    case 'noHeader':
      return 'the file has no header line';
    case 'noFeatures':
      return 'this is no GeoJSON: it has no features';
    case 'notJson':
      return `this is no JSON: ${fault.says}`;
    case 'columnsMissing':
      return columnsText(fault);
    case 'columnTwice':
      return `the header has the column “${fault.value}” twice`;
    case 'fileTooLarge':
      return `larger than ${fault.mib} MiB: ${ON_MACHINE}`;
    case 'tooManyPlaces':
      return `more than ${fault.most} places: ${ON_MACHINE}`;
    case 'notTaken':
      return `the request was refused: ${fault.problem}`;
    case 'unitNotThere':
      return 'this unit is not there';
    case 'noUnitNamed':
      return 'the mapping names no unit: say whose orders these are';
    case 'columnsNotNamed':
      return 'say which columns are account and address';
    case 'unknown':
      return 'for a reason this version does not know';
    case 'mappingNotJson':
      return `the mapping is not JSON: ${fault.says}`;
    case 'mappingMissing':
      return 'is missing';
    case 'mappingStranger':
      return 'no mapping has this';
    case 'mappingEmpty':
      return 'is empty';
    case 'mappingNotPattern':
      return 'not a regular expression';
    case 'mappingNotZone':
      return 'not a time zone such as Asia/Taipei, UTC or +08:00';
    case 'mappingNotA':
      return `should be: ${fault.kind}`;
    case 'mappingNotOneOf':
      return `should be one of ${fault.choices.join(', ')}`;
    case 'mappingAtLeast':
      return `should be at least ${fault.bound}`;
    case 'mappingAtMost':
      return `should be at most ${fault.bound}`;
    case 'mappingOther':
      return fault.says;
    case 'lineTooLong':
      return `longer than ${fault.kib} KiB: not a row of a table`;
    case 'quoteOpen':
      return 'opens a quote that is never closed';
    case 'textAfterQuote':
      return `has text behind the closing quote of its value ${fault.nth}`;
    case 'encoding':
      return fault.looksLike.length === 0
        ? 'is not UTF-8: damaged bytes'
        : `is not UTF-8: looks like ${fault.looksLike.map((name) => ENCODINGS[name]).join(' or ')}; ${SAVE_AS}`;
    case 'width':
      return `has ${fault.values} values where the header has ${fault.header}`;
    case 'keyEmpty':
      return 'the key is empty';
    case 'accountEmpty':
      return 'the account is empty';
    case 'addressEmpty':
      return 'the address is empty';
    case 'reportEmpty':
      return 'the time of the report is empty';
    case 'feederEmpty':
      return 'names no feeder';
    case 'keyTwice':
      return `“${fault.value}” stands on line ${fault.line} already`;
    case 'tooLong':
    case 'mappingTooLong':
      return `longer than ${fault.most} characters`;
    case 'holdsNul':
      return 'holds a NUL character';
    case 'noneOf':
      return `“${fault.value}” is none of ${fault.words.join(', ')}`;
    case 'noRule':
      return `no rule of the mapping fits “${fault.value}”`;
    case 'noSuchUnit':
      return `unit “${fault.value}” is not there`;
    case 'twoUnits':
      return `there are two units “${fault.value}”`;
    case 'notCount':
      return `“${fault.value}” is not a number of customers`;
    case 'notTime':
      return `“${fault.value}” is not a time such as 2025-07-08 17:46:22 or 2025-07-08T17:46:22+08:00`;
    case 'noSuchTime':
      return `“${fault.value}” is no day or hour there is`;
    case 'earlyYear':
      return `“${fault.value}”: the year ${fault.year} is not of this calendar`;
    case 'noZone':
      return `“${fault.value}” names no time zone: say one as “zone” in the mapping`;
    case 'skippedTime':
      return `“${fault.value}” does not exist: the clock was put forward over it`;
    case 'inFuture':
      return 'lies in the future';
    case 'halfPosition':
      return 'is empty while the other half of the position is not';
    case 'notDegrees':
      return `“${fault.value}” is not a number of degrees`;
    case 'notNumber':
      return `“${fault.value}” is not a number`;
    case 'outsideDegrees':
      return `${fault.value} is outside −${fault.most} … ${fault.most} degrees${CAUSES[fault.likely ?? 'none']}`;
    case 'zeroPosition':
      return '0, 0 lies in the sea: leave an unknown position empty';
    case 'noCoordinates':
      return 'has no coordinates';
    case 'sayGrid':
      return `${fault.x}, ${fault.y} are no degrees: say in which grid they are measured`;
    case 'offGrid':
      return `${fault.x}, ${fault.y} are nowhere in this grid`;
    case 'noProperty':
      return `has no property ${fault.value}`;
  }
}

type Fault<Code extends ImportFault['code']> = Extract<ImportFault, { code: Code }>;

const SAVE_AS = 'save it as “CSV UTF-8” and import that';
const ON_MACHINE = 'relight reference import takes it on the server itself';
const ENCODINGS = { gb18030: 'GBK/GB18030', big5: 'Big5' } as const;
const CAUSES = {
  metres: ' (metres of a map grid such as TWD67 or TWD97? convert to WGS-84 first)',
  swapped: ' (latitude and longitude the wrong way round?)',
  none: '',
} as const;

function columnsText({ missing, present, count }: Fault<'columnsMissing'>): string {
  const lost = missing.map(({ field, column }) => `“${column}” (${field})`).join(', ');
  const more = count > present.length ? ` … (${count} columns)` : '';
  return `the file does not have ${lost}; it has ${present.join(', ')}${more}`;
}
