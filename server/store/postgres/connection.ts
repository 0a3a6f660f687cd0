import { setTimeout as pause } from 'node:timers/promises';

import { Pool, TypeOverrides, types, type PoolClient } from 'pg';

import { rowOf } from './row-names.ts';
import { Unavailable } from './unavailable.ts';

/** Asks one question inside a transaction. Rows come with the names our code uses (`last_q` as `lastQ`). */
export type Ask = <Row>(text: string, ...values: readonly Value[]) => Promise<Row[]>;

export type Value = string | number | boolean | null | readonly (string | number | null)[];

/** A database that several server processes work on. Both kinds of work may be done anew from their start. */
export type Postgres = {
  /** One write transaction; back from here means it is on disk. */
  readonly write: <T>(work: (ask: Ask) => Promise<T>) => Promise<T>;
  /** Work on one snapshot. */
  readonly read: <T>(work: (ask: Ask) => Promise<T>) => Promise<T>;
  readonly url: string;
  readonly close: () => Promise<void>;
};

/**
 * A server process that was stopped inside a transaction holds everybody up for no longer than this. Whose transaction was
 * ended only for being slow begins it anew.
 */
const IDLE_MS = 1_000;
/** Longer than several stopped processes one after the other, so that whoever waits for them gets its turn. */
const LOCK_MS = 12_000;
const STATEMENT_MS = 30_000;
const CONNECT_MS = 5_000;
const READERS = 10;
/** All writers wait for the head anyhow. Further ones of a process that is stopped would each hold the others up in turn. */
const WRITERS = 1;

/** Each is whole or not at all, so that its settings hold whatever the database's own are. */
const SETTINGS = [
  // I8: an answer is given only after the commit is on disk.
  'synchronous_commit=on',
  `idle_in_transaction_session_timeout=${IDLE_MS}`,
  `lock_timeout=${LOCK_MS}`,
  `statement_timeout=${STATEMENT_MS}`,
  // A process that died while it waited for a lock must not get it first.
  'client_connection_check_interval=1000',
]
  .map((one) => `-c ${one}`)
  .join(' ');

export const clientSettings = (url: string) => ({
  connectionString: url,
  options: SETTINGS,
  // PGAPPNAME may name a process.
  fallback_application_name: 'relight',
  connectionTimeoutMillis: CONNECT_MS,
  keepAlive: true,
  types: numbers(),
});

/** Positions and times are whole numbers far below 2^53; the driver would give them as text. */
function numbers(): TypeOverrides {
  const overrides = new TypeOverrides();
  overrides.setTypeParser(types.builtins.INT8, Number);
  return overrides;
}

export function openPool(url: string): Postgres {
  const pool = (max: number, waitMs: number): Pool => {
    const settings = { ...clientSettings(url), connectionTimeoutMillis: waitMs };
    const made = new Pool({ ...settings, max, query_timeout: STATEMENT_MS + CONNECT_MS });
    // A connection that breaks while nobody uses it is simply gone.
    made.on('error', () => {});
    return made;
  };
  const [writers, readers] = [pool(WRITERS, LOCK_MS), pool(READERS, CONNECT_MS)];
  return {
    url,
    write: (work) => patiently(writers, 'begin isolation level read committed', work),
    read: (work) => patiently(readers, 'begin isolation level repeatable read read only', work),
    close: async () => void (await Promise.all([writers.end(), readers.end()])),
  };
}

const ATTEMPTS = 5;
const APART_MS = 50;

/** Serialization failures, deadlocks and lost connections begin the whole transaction again; a lost commit never. */
async function patiently<T>(pool: Pool, begin: string, work: (ask: Ask) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once(pool, begin, work);
    } catch (error) {
      if (!mayBeRepeated(error) || attempt === ATTEMPTS) throw isOutage(error) ? new Unavailable(error) : error;
      await pause(APART_MS * 2 ** (attempt - 1) * (0.5 + Math.random()));
    }
  }
}

async function once<T>(pool: Pool, begin: string, work: (ask: Ask) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  // Without somebody to hear it, a connection that breaks between two questions would end the process.
  const onError = (error: Error): void => {
    broken = error;
  };
  client.on('error', onError);
  try {
    await client.query(begin);
    const result = await work(asking(client));
    await commit(client);
    return result;
  } catch (error) {
    if (isOutage(error) || error instanceof Unavailable) broken ??= error instanceof Error ? error : new Error('lost');
    else
      await client.query('rollback').catch((failed: unknown) => {
        broken = failed instanceof Error ? failed : new Error('rollback failed');
      });
    throw error;
  } finally {
    client.off('error', onError);
    client.release(broken);
  }
}

/** Nobody knows what became of a commit without an answer: whoever asked has to ask again, and is told what is true then. */
async function commit(client: PoolClient): Promise<void> {
  try {
    await client.query('commit');
  } catch (error) {
    throw new Unavailable(error);
  }
}

const asking =
  (client: PoolClient): Ask =>
  async <Row>(text: string, ...values: readonly Value[]): Promise<Row[]> => {
    const result = await client.query<Record<string, unknown>>(text, values.map(storable));
    // Of several statements in one text nobody asks what they say.
    return Array.isArray(result) ? [] : result.rows.map((row) => rowOf<Row>(row));
  };

/** PostgreSQL takes neither a zero character nor half a surrogate pair in a text. */
const storable = (value: Value): unknown => {
  if (typeof value === 'string') return storableText(value);
  return Array.isArray(value)
    ? value.map((one: unknown) => (typeof one === 'string' ? storableText(one) : one))
    : value;
};

export const storableText = (text: string): string => text.replaceAll(/[\0\p{Surrogate}]/gu, '\uFFFD');

const REPEATABLE: ReadonlySet<string> = new Set(['40001', '40P01']);

const mayBeRepeated = (error: unknown): boolean =>
  !(error instanceof Unavailable) && (REPEATABLE.has(codeOf(error)) || isLost(error));

/** Too long a wait for somebody else, or no database at all. */
const isOutage = (error: unknown): boolean => isLost(error) || ['55P03', '57014', '53300'].includes(codeOf(error));

/** The connection is gone, and with it the transaction. */
function isLost(error: unknown): boolean {
  const code = codeOf(error);
  if (/^(?:08|57P0|25P03)/.test(code) || /^E(?!RR_)/.test(code)) return true;
  return (
    error instanceof Error &&
    code === '' &&
    /^(?:Connection terminated|Client has encountered|Query read timeout|timeout exceeded)/.test(error.message)
  );
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
