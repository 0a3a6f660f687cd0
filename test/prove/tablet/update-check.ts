/** What went wrong with what was said to be saved, by a log of texts. */
export function updateProblems(saved: readonly string[], log: readonly string[]): readonly string[] {
  const times = new Map<string, number>();
  for (const text of log) times.set(text, (times.get(text) ?? 0) + 1);
  return saved.flatMap((text) => {
    const found = times.get(text) ?? 0;
    if (found === 1) return [];
    return [found === 0 ? `“${text}” was saved and is lost` : `“${text}” is in the log ${found} times`];
  });
}

/** What a page says of itself, asked before and after: one that was loaded anew has another mark, or none. */
export type Standing = { readonly mark: string | null; readonly build: number; readonly typed: string };

/** Why a page that had something begun is not as it was; null: it is. */
export function reloadProblem(before: Standing, after: Standing): string | null {
  if (before.mark !== after.mark) return `a page of build ${before.build} was loaded anew with something begun in it`;
  if (before.build !== after.build) return `a page of build ${before.build} runs code of ${after.build}`;
  return before.typed === after.typed ? null : `“${before.typed}” was typed and “${after.typed}” stands there`;
}
