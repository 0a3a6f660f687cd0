import { RulePack } from '../event/rule-pack.ts';
import { err, ok, type Result } from '../result.ts';
import { packFaults, type PackFaultReason } from './check-pack.ts';

/**
 * What is wrong with a pack as somebody wrote it, and where (`rules.2.limitMin.urban`, `` for the whole); the words are
 * where it is shown. `outside`: smaller or
 * bigger than `bound`, which is allowed `itself` or not; `of` what kind it is.
 */
export type PackProblem = { readonly path: string } & (
  | { readonly reason: PackFaultReason | 'missing' | 'stranger' | 'badFormat' }
  | { readonly reason: 'notJson'; readonly says: string }
  | { readonly reason: 'notA'; readonly kind: string }
  | { readonly reason: 'notOneOf'; readonly choices: readonly string[] }
  | {
      readonly reason: 'outside';
      readonly side: 'small' | 'big';
      readonly itself: boolean;
      readonly bound: string;
      readonly of: string;
    }
  | { readonly reason: 'other'; readonly says: string }
);

/** The rule pack in a text, or everything that is wrong with it. A name that no pack has is wrong: it would be lost. */
export function readPack(text: string): Result<RulePack, readonly PackProblem[]> {
  const json = jsonOf(text);
  if (!json.ok) return err([{ path: '', reason: 'notJson', says: json.error }]);
  const parsed = RulePack.safeParse(json.value, { reportInput: true });
  if (!parsed.success) return err(parsed.error.issues.map(problemOf));
  const strangers = unknownNames(json.value, parsed.data).map((path) => ({ path, reason: 'stranger' as const }));
  const problems = [...strangers, ...packFaults(parsed.data)];
  return problems.length > 0 ? err(problems) : ok(parsed.data);
}

function jsonOf(text: string): Result<unknown, string> {
  try {
    return ok(JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text));
  } catch (error) {
    if (error instanceof SyntaxError) return err(error.message);
    throw error;
  }
}

type Issue = NonNullable<ReturnType<typeof RulePack.safeParse>['error']>['issues'][number];

function problemOf(issue: Issue): PackProblem {
  const path = issue.path.join('.');
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? { path, reason: 'missing' }
        : { path, reason: 'notA', kind: String(issue.expected) };
    case 'invalid_value':
      return { path, reason: 'notOneOf', choices: issue.values.map(String) };
    case 'too_small':
    case 'too_big': {
      const [side, bound] =
        issue.code === 'too_small' ? (['small', issue.minimum] as const) : (['big', issue.maximum] as const);
      return {
        path,
        reason: 'outside',
        side,
        itself: issue.inclusive === true,
        bound: String(bound),
        of: issue.origin,
      };
    }
    case 'invalid_format':
      return { path, reason: 'badFormat' };
    default:
      return { path, reason: 'other', says: issue.message };
  }
}

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
