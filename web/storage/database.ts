import { openDB, type IDBPDatabase, type IDBPTransaction } from 'idb';

/** A store's key: one field, several, or (null) a number the database gives out as `id`. */
export type StoreKey = string | readonly string[] | null;

/** What a transaction that reads may do. `S`: the record type of each store. */
export type Reading<S> = {
  get<K extends keyof S & string>(store: K, key: IDBValidKey): Promise<S[K] | undefined>;
  /** `after`, `most`: only those whose keys come behind it, and so many of them. */
  all<K extends keyof S & string>(store: K, after?: IDBValidKey, most?: number): Promise<S[K][]>;
  count(store: keyof S & string): Promise<number>;
  /** The `most` highest keys, the highest first. */
  lastKeys(store: keyof S & string, most: number): Promise<IDBValidKey[]>;
};

/** What a transaction that writes may do as well. */
export type Writing<S> = Reading<S> & {
  put<K extends keyof S & string>(store: K, record: S[K]): Promise<IDBValidKey>;
  /** Fails where the key is taken. */
  add<K extends keyof S & string>(store: K, record: S[K]): Promise<IDBValidKey>;
  remove(store: keyof S & string, key: IDBValidKey | IDBKeyRange): Promise<void>;
  clear(store: keyof S & string): Promise<void>;
};

export type Database<S> = {
  read<T>(stores: readonly (keyof S & string)[], work: (access: Reading<S>) => Promise<T>): Promise<T>;
  /** Fulfilled when the strict commit has completed, and not before (I7). */
  write<T>(stores: readonly (keyof S & string)[], work: (access: Writing<S>) => Promise<T>): Promise<T>;
  /** Forgets the connection; the next use opens another. */
  close(): void;
};

/**
 * A typed door to one database. `work` may wait for its own requests only: a transaction that is left idle commits by
 * itself. A higher `version` adds the stores that are not there yet.
 */
export function createDatabase<S>(
  name: string,
  stores: { readonly [K in keyof S & string]: StoreKey },
  version = 1,
): Database<S> {
  let opened: Promise<IDBPDatabase> | null = null;
  const forget = (): void => {
    opened = null;
  };

  const open = (): Promise<IDBPDatabase> => {
    if (opened) return opened;
    const connecting = openDB(name, version, {
      upgrade: (database) => makeStores(database, stores),
      // Another page wants to delete or upgrade: let it.
      blocking() {
        void connecting.then((connection) => connection.close());
        forget();
      },
      terminated: forget,
    });
    connecting.catch(forget);
    opened = connecting;
    return connecting;
  };

  return {
    async read(names: readonly string[], work) {
      const transaction = (await open()).transaction(names, 'readonly');
      return whole(transaction, () => work(readingIn(transaction)));
    },
    async write(names: readonly string[], work) {
      const transaction = (await open()).transaction(names, 'readwrite', { durability: 'strict' });
      return whole(transaction, () => work(writingIn(transaction)));
    },
    close() {
      void opened?.then((connection) => connection.close());
      forget();
    },
  };
}

function makeStores(database: IDBPDatabase, stores: Readonly<Record<string, StoreKey>>): void {
  for (const [store, key] of Object.entries(stores).filter(([one]) => !database.objectStoreNames.contains(one)))
    database.createObjectStore(
      store,
      key === null ? { keyPath: 'id', autoIncrement: true } : { keyPath: typeof key === 'string' ? key : [...key] },
    );
}

type Transaction<Mode extends IDBTransactionMode> = IDBPTransaction<unknown, readonly string[], Mode>;

type Outcome = Pick<IDBPTransaction, 'done' | 'error' | 'abort'>;

/** All of it or nothing: what `work` gave once the commit has completed, or why it was given up. */
async function whole<T>(transaction: Outcome, work: () => Promise<T>): Promise<T> {
  const { done } = transaction;
  done.catch(() => undefined);
  try {
    const value = await work();
    // A quota error may come only here: the requests have all succeeded by then.
    await done;
    return value;
  } catch (error) {
    abort(transaction);
    // What ended the transaction says more than the request that died with it.
    throw transaction.error ?? error;
  }
}

/** Records were checked when they came in and only this room writes them: what is stored is what was stored. */
function readingIn<S, Mode extends IDBTransactionMode>(transaction: Transaction<Mode>): Reading<S> {
  return {
    get: (store, key) => transaction.objectStore(store).get(key),
    all: (store, after, most) =>
      transaction
        .objectStore(store)
        .getAll(after === undefined ? undefined : IDBKeyRange.lowerBound(after, true), most),
    count: (store) => transaction.objectStore(store).count(),
    async lastKeys(store, most) {
      const keys: IDBValidKey[] = [];
      let cursor = await transaction.objectStore(store).openKeyCursor(null, 'prev');
      for (; cursor && keys.length < most; cursor = await cursor.continue()) keys.push(cursor.primaryKey);
      return keys;
    },
  };
}

const writingIn = <S>(transaction: Transaction<'readwrite'>): Writing<S> => ({
  ...readingIn(transaction),
  put: (store, record) => transaction.objectStore(store).put(record),
  add: (store, record) => transaction.objectStore(store).add(record),
  remove: (store, key) => transaction.objectStore(store).delete(key),
  clear: (store) => transaction.objectStore(store).clear(),
});

function abort(transaction: Outcome): void {
  try {
    transaction.abort();
  } catch {
    // It has ended already.
  }
}
