import type { Rule, RulePack } from '#shared/event/rule-pack.ts';

/** One rule beside what it was. `elsewhere`: something beside its limits differs. */
export type RuleChange = {
  readonly id: string;
  readonly was: Rule | null;
  readonly is: Rule | null;
  readonly change: 'new' | 'gone' | 'changed' | 'same';
  readonly elsewhere: boolean;
};

/** Every rule of either pack: those of the new one in its order, then what is left out. */
export function packChanges(before: RulePack, after: RulePack): readonly RuleChange[] {
  const found = (pack: RulePack, id: string): Rule | null => pack.rules.find((rule) => rule.id === id) ?? null;
  const ids = [...new Set([...after.rules, ...before.rules].map(({ id }) => id))];
  return ids.map((id) => {
    const [was, is] = [found(before, id), found(after, id)];
    if (was === null || is === null) return { id, was, is, change: was === null ? 'new' : 'gone', elsewhere: false };
    const same = text(was) === text(is);
    const elsewhere = text({ ...was, ...LIMITS }) !== text({ ...is, ...LIMITS });
    return { id, was, is, change: same ? 'same' : 'changed', elsewhere };
  });
}

const LIMITS = { limitMin: null, importantMin: null };

/** The same whatever the order in which it was written. */
function text(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
