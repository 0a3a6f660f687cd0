import { readFile } from 'node:fs/promises';

import { RulePack } from '#shared/event/rule-pack.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { packFaults, type PackFaultReason } from '#shared/sla/check-pack.ts';

/** What is wrong with a rule pack, and where: `rules.2.limitMin.urban`, `` for the whole. */
export type PackFault = { readonly path: string; readonly reason: string };

/** The rule pack in a file, or everything that is wrong with it. A name that no pack has is a fault: it would be lost. */
export async function readRules(file: string): Promise<Result<RulePack, readonly PackFault[]>> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return err([{ path: '', reason: `“${file}” cannot be read` }]);
  const json = jsonOf(text);
  if (!json.ok) return err([{ path: '', reason: json.error }]);
  const parsed = RulePack.safeParse(json.value, { reportInput: true });
  if (!parsed.success) return err(parsed.error.issues.map(faultOf));
  const strangers = unknownNames(json.value, parsed.data);
  const faults = [
    ...strangers.map((path) => ({ path, reason: 'no rule pack has this' })),
    ...packFaults(parsed.data).map(({ path, reason }) => ({ path, reason: FAULT_TEXT[reason] })),
  ];
  return faults.length > 0 ? err(faults) : ok(parsed.data);
}

const FAULT_TEXT: Readonly<Record<PackFaultReason, string>> = {
  sameId: 'another rule has this name',
  noArea: 'names no area, so the rule would never run',
  sameAsOrigin: 'is also the origin',
  stopsBeforeItBegins: 'comes before the origin',
  shorterThanNearerArea: 'is shorter than that of a nearer area',
  longerThanOrdinary: 'is longer than that of ordinary customers',
  ceilingPauses: 'nothing pauses a ceiling',
  repeated: 'has the same reason twice',
  stepsDoNotGrow: 'should be more than that of the step before',
  nobodyTold: 'names nobody; leave the level out to switch it off',
  climbsFromNothing: 'climbs from levels.missed, which is switched off',
};

export const faultText = ({ path, reason }: PackFault): string => (path === '' ? reason : `${path}: ${reason}`);

function jsonOf(text: string): Result<unknown, string> {
  try {
    return ok(JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text));
  } catch (error) {
    if (error instanceof SyntaxError) return err(`not JSON: ${error.message}`);
    throw error;
  }
}

type Issue = NonNullable<ReturnType<typeof RulePack.safeParse>['error']>['issues'][number];

function faultOf(issue: Issue): PackFault {
  return { path: issue.path.join('.'), reason: reasonOf(issue) };
}

function reasonOf(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : `should be ${article(issue.expected)}`;
    case 'invalid_value':
      return `should be one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return `should be ${issue.inclusive ? 'at least' : 'more than'} ${String(issue.minimum)}${unitOf(issue.origin)}`;
    case 'too_big':
      return `should be ${issue.inclusive ? 'at most' : 'less than'} ${String(issue.maximum)}${unitOf(issue.origin)}`;
    case 'invalid_format':
      return 'should be letters and digits only, beginning with a small letter';
    default:
      return issue.message;
  }
}

const article = (noun: string): string => `${/^[aeio]/.test(noun) ? 'an' : 'a'} ${noun}`;

const unitOf = (origin: string): string =>
  origin === 'string' ? ' characters long' : origin === 'array' ? ' entries long' : '';

/** Names that were written and not understood: an optional one that is spelled wrongly would silently not hold. */
function unknownNames(written: unknown, understood: unknown, path = ''): readonly string[] {
  if (!isRecord(written) || !isRecord(understood)) return [];
  return Object.entries(written).flatMap(([name, value]) => {
    const here = path === '' ? name : `${path}.${name}`;
    return Object.hasOwn(understood, name) ? unknownNames(value, understood[name], here) : [here];
  });
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
