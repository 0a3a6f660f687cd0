import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';

import type { Envelope } from '#shared/event/envelope.ts';
import type { EventTime } from '#shared/time/event-time.ts';

import { slot, type Connection } from './connection.ts';
import { event } from './schema.ts';

/** An event with its place in the log, and the bytes it was hashed from. */
export type PlacedEvent = {
  readonly event: Envelope;
  readonly text: string;
  readonly hash: string;
  readonly time: EventTime;
  readonly q: number;
  readonly chain: string;
  readonly rcv: number;
  /** Number of the receipt that brought it, null for the server's own. */
  readonly receipt: number | null;
};

export type InsertEvent = (placed: PlacedEvent) => void;

export function prepareInsert({ prepared }: Connection): InsertEvent {
  return ({ event: made, text, hash, time, q, chain, rcv, receipt }) => {
    const { writer, n, subject, kind, v, by } = made;
    const given = time.given ?? null;
    const why = time.why ?? null;
    prepared(insertEvent).run({
      ...time,
      q,
      writer,
      n,
      subject,
      kind,
      v,
      by,
      text,
      hash,
      chain,
      rcv,
      given,
      why,
      receipt,
    });
  };
}

const insertEvent = (db: BetterSQLite3Database) =>
  db
    .insert(event)
    .values({
      q: slot('q'),
      writer: slot('writer'),
      n: slot('n'),
      subject: slot('subject'),
      kind: slot('kind'),
      v: slot('v'),
      by: slot('by'),
      // As SQL like the others, so that the bytes stay those that were hashed.
      body: slot('text'),
      hash: slot('hash'),
      chain: slot('chain'),
      rcv: slot('rcv'),
      lo: slot('lo'),
      hi: slot('hi'),
      est: slot('est'),
      e: slot('e'),
      grade: slot('grade'),
      given: slot('given'),
      why: slot('why'),
      receipt: slot('receipt'),
    })
    .prepare();
