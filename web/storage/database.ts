/** A store's key: one field, several, or (null) a number the database gives out as `id`. */
export type StoreKey = string | readonly string[] | null;

/** What one transaction may do. `S`: the record type of each store. */
export type Access<S> = {
  get<K extends keyof S & string>(store: K, key: IDBValidKey): Promise<S[K] | undefined>;
  all<K extends keyof S & string>(store: K): Promise<S[K][]>;
  count(store: keyof S & string): Promise<number>;
  put<K extends keyof S & string>(store: K, record: S[K]): Promise<IDBValidKey>;
  /** Fails where the key is taken. */
  add<K extends keyof S & string>(store: K, record: S[K]): Promise<IDBValidKey>;
  remove(store: keyof S & string, key: IDBValidKey | IDBKeyRange): Promise<void>;
  clear(store: keyof S & string): Promise<void>;
};

export type Database<S> = {
  read<T>(stores: readonly (keyof S & string)[], work: (access: Access<S>) => Promise<T>): Promise<T>;
  /** Fulfilled when the strict commit has completed, and not before (I7). */
  write<T>(stores: readonly (keyof S & string)[], work: (access: Access<S>) => Promise<T>): Promise<T>;
  /** Forgets the connection; the next use opens another. */
  close(): void;
};

/**
 * IndexedDB with promises and nothing more. `work` may wait for its own requests only: a transaction that is left idle
 * commits by itself.
 */
export function createDatabase<S>(name: string, stores: { readonly [K in keyof S & string]: StoreKey }): Database<S> {
  let opened: Promise<IDBDatabase> | null = null;

  const open = (): Promise<IDBDatabase> => {
    opened ??= connect(name, stores).then((connection) => {
      const forget = (): void => {
        opened = null;
      };
      connection.addEventListener('close', forget);
      // Another page wants to delete or upgrade: let it.
      connection.addEventListener('versionchange', () => {
        connection.close();
        forget();
      });
      return connection;
    });
    opened.catch(() => {
      opened = null;
    });
    return opened;
  };

  const run = async <T>(
    mode: IDBTransactionMode,
    names: readonly string[],
    work: (access: Access<S>) => Promise<T>,
  ): Promise<T> => {
    const connection = await open();
    const transaction = connection.transaction(names, mode, { durability: 'strict' });
    const ended = endOf(transaction);
    ended.catch(() => undefined);
    try {
      const value = await work(accessTo<S>(transaction));
      await ended;
      return value;
    } catch (error) {
      abort(transaction);
      await ended.catch(() => undefined);
      // What ended the transaction says more than the request that died with it.
      throw transaction.error ?? error;
    }
  };

  return {
    read: (names, work) => run('readonly', names, work),
    write: (names, work) => run('readwrite', names, work),
    close() {
      void opened?.then((connection) => connection.close());
      opened = null;
    },
  };
}

function connect(name: string, stores: Readonly<Record<string, StoreKey>>): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1);
  request.addEventListener('upgradeneeded', () => {
    for (const [store, key] of Object.entries(stores))
      request.result.createObjectStore(
        store,
        key === null ? { keyPath: 'id', autoIncrement: true } : { keyPath: typeof key === 'string' ? key : [...key] },
      );
  });
  return ask(request);
}

const accessTo = <S>(transaction: IDBTransaction): Access<S> => ({
  get: (store, key) => ask(transaction.objectStore(store).get(key)),
  all: (store) => ask(transaction.objectStore(store).getAll()),
  count: (store) => ask(transaction.objectStore(store).count()),
  put: (store, record) => ask(transaction.objectStore(store).put(record)),
  add: (store, record) => ask(transaction.objectStore(store).add(record)),
  remove: (store, key) => ask(transaction.objectStore(store).delete(key)),
  clear: (store) => ask(transaction.objectStore(store).clear()),
});

/** Records were checked when they came in and only these rooms write them: what is stored is what was stored. */
const ask = <T>(request: IDBRequest): Promise<T> =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => {
      // oxlint-disable-next-line typescript/no-unsafe-argument -- IndexedDB types its results as any
      resolve(request.result);
    });
    request.addEventListener('error', () => reject(request.error ?? new Error('a request failed')));
  });

/** A quota error comes only here: the requests have all succeeded by then. */
const endOf = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve());
    transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('the transaction was given up')));
  });

function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort();
  } catch {
    // It has ended already.
  }
}
