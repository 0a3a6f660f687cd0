import { readFile } from 'node:fs/promises';

import type { RulePack } from '#shared/event/rule-pack.ts';
import { err, type Result } from '#shared/result.ts';
import type { PackFaultReason } from '#shared/sla/check-pack.ts';
import { readPack, type PackProblem } from '#shared/sla/read-pack.ts';

/** What is wrong with a rule pack, and where: `rules.2.limitMin.urban`, `` for the whole. */
export type PackFault = { readonly path: string; readonly reason: string };

/** The rule pack in a file, or everything that is wrong with it. */
export async function readRules(file: string): Promise<Result<RulePack, readonly PackFault[]>> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return err([{ path: '', reason: `“${file}” cannot be read` }]);
  const pack = readPack(text);
  return pack.ok ? pack : err(pack.error.map((one) => ({ path: one.path, reason: reasonOf(one) })));
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

function reasonOf(problem: PackProblem): string {
  switch (problem.reason) {
    case 'notJson':
      return `not JSON: ${problem.says}`;
    case 'missing':
      return 'is missing';
    case 'stranger':
      return 'no rule pack has this';
    case 'badFormat':
      return 'should be letters and digits only, beginning with a small letter';
    case 'notA':
      return `should be ${article(problem.kind)}`;
    case 'notOneOf':
      return `should be one of ${problem.choices.join(', ')}`;
    case 'outside': {
      const { side, itself, bound, of } = problem;
      const than = side === 'small' ? (itself ? 'at least' : 'more than') : itself ? 'at most' : 'less than';
      return `should be ${than} ${bound}${unitOf(of)}`;
    }
    case 'other':
      return problem.says;
    default:
      return FAULT_TEXT[problem.reason];
  }
}

const article = (noun: string): string => `${/^[aeio]/.test(noun) ? 'an' : 'a'} ${noun}`;

const unitOf = (origin: string): string =>
  origin === 'string' ? ' characters long' : origin === 'array' ? ' entries long' : '';
