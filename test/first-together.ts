/** What is asked of the bundler about a module. */
type Modules = {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
};

type Group = {
  readonly debugName: string;
  readonly name: (id: string, modules: Modules) => string | null;
};

/**
 * Two files for what the first of two apps loads at once, instead of a dozen: what the other loads at once as well,
 * and the rest. Packed together they are smaller. What comes later stays where the bundler puts it.
 */
export function firstTogether(first: string, other: string): Group {
  const known = new Map<string, ReadonlySet<string>>();
  const reached = (entry: string, modules: Modules): ReadonlySet<string> => {
    const before = known.get(entry);
    if (before) return before;
    const found = new Set([entry]);
    for (const id of found) for (const next of modules.getModuleInfo(id)?.importedIds ?? []) found.add(next);
    known.set(entry, found);
    return found;
  };
  return {
    debugName: 'first-together',
    name: (id, modules) => {
      if (id === first || !reached(first, modules).has(id)) return null;
      return reached(other, modules).has(id) ? 'both' : 'first';
    },
  };
}
