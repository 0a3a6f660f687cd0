import type { Ask } from './connection.ts';

/**
 * Rows by key, as far as a transaction knows them. Asked for one that it does not know, it says null and keeps in mind
 * what was asked for: the work is done again once that has been read (`write-log.ts`).
 */
export type Known<V> = {
  readonly get: (key: string) => V | null;
  readonly put: (key: string, value: V) => void;
  /** What has been put since the last `restart`, latest values, in the order of the first. */
  readonly changed: () => ReadonlyMap<string, V>;
  readonly restart: () => void;
  /** Reads what was asked for in vain; says whether there was anything. */
  readonly catchUp: (ask: Ask) => Promise<boolean>;
};

/** Whatever it holds, what is done between two attempts. */
export type Reread = Pick<Known<never>, 'restart' | 'catchUp'>;

/** Finds rows by their keys; may bring others as well. What is not found is not there. */
export type Find<V> = (ask: Ask, keys: readonly string[]) => Promise<Iterable<readonly [string, V]>>;

/** How to undo what was put, latest last. */
export type Journal = (() => void)[];

export function createKnown<V>(journal: Journal, find: Find<V>): Known<V> {
  const read = new Map<string, V | null>();
  const put = new Map<string, V>();
  const wanted = new Set<string>();
  return {
    get: (key) => {
      const value = put.get(key) ?? read.get(key);
      if (value === undefined) wanted.add(key);
      return value ?? null;
    },
    put: (key, value) => {
      const before = put.get(key);
      journal.push(() => void (before === undefined ? put.delete(key) : put.set(key, before)));
      put.set(key, value);
    },
    changed: () => put,
    restart: () => put.clear(),
    catchUp: async (ask) => {
      if (wanted.size === 0) return false;
      const keys = [...wanted];
      wanted.clear();
      for (const [key, value] of await find(ask, keys)) read.set(key, value);
      for (const key of keys) if (!read.has(key)) read.set(key, null);
      return true;
    },
  };
}

/** Several texts or numbers as one key, and back. */
export const keyOf = (...parts: readonly (string | number)[]): string => JSON.stringify(parts);

const partsOf = (key: string): readonly string[] => {
  const parts: unknown = JSON.parse(key);
  return Array.isArray(parts) ? parts.map(String) : [];
};

/** The parts at one place of many keys. */
export const column = (keys: readonly string[], place: number): readonly string[] =>
  keys.map((key) => partsOf(key)[place] ?? '');
