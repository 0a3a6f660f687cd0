import { readFileSync } from 'node:fs';

import Sqlite from 'better-sqlite3';

import { chainNext } from '#shared/canonical.ts';
import { understood } from '#shared/event/catalog.ts';
import { envelopeHash, envelopeText, idOf } from '#shared/event/envelope.ts';
import { PushItem, SyncRequest } from '#shared/sync/protocol.ts';

/**
 * The least a server could do with the same pushes: `node raw-bound.ts PUSHES DATABASE` reads request bodies, one a line,
 * and for each parses the JSON, validates request, envelope and data by the product's schemas, checks every hash, chains
 * it, and inserts the events in one transaction into a table with the columns and the two indices of the log, WAL and
 * `synchronous=FULL`. No HTTP, no session, no rights, no fold, no projection, no alerts, no answers. Prints
 * `{events, transactions, cpuMs}`; `cpuMs`: user and system time of that work alone, in a process that has just started.
 */
const [pushes = '', file = ''] = process.argv.slice(2);
const bodies = readFileSync(pushes, 'utf8').trim().split('\n');
const db = new Sqlite(file);
db.pragma('journal_mode = WAL');
db.pragma('synchronous = FULL');
db.exec(`create table event (q integer primary key, writer text not null, n integer not null, subject text not null,
  kind text not null, v integer not null, by text, body text not null, hash text not null, chain text not null,
  rcv integer not null, lo integer not null, hi integer not null, est integer not null, e real not null, grade text not null);
  create unique index event_id on event (writer, n);
  create index event_subject on event (subject, q);`);
const insert = db.prepare('insert into event values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');

const before = process.cpuUsage();
let q = 0;
let chain = '';
const take = db.transaction((items: readonly unknown[]) => {
  for (const item of items) {
    const { event, hash } = PushItem.parse(item);
    const text = envelopeText(event);
    if (!understood(event) || envelopeHash(text) !== hash) throw new Error(`${idOf(event)} is not whole`);
    q += 1;
    chain = chainNext(chain, idOf(event), hash);
    const { writer, n, subject, kind, v, by } = event;
    const at = Math.round(event.clock.wall);
    insert.run(q, writer, n, subject, kind, v, by, text, hash, chain, at, at, at, at, 0, 'A');
  }
});
for (const body of bodies) take.immediate(SyncRequest.parse(JSON.parse(body)).push);
const { user, system } = process.cpuUsage(before);
db.close();
process.stdout.write(JSON.stringify({ events: q, transactions: bodies.length, cpuMs: (user + system) / 1_000 }));
