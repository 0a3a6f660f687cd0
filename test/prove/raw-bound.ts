import { hash as hashOf } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync, gzipSync } from 'node:zlib';

import Sqlite from 'better-sqlite3';

import { understood } from '#shared/event/catalog.ts';
import { envelopeText, idOf } from '#shared/event/envelope.ts';
import { PushItem, SyncRequest } from '#shared/sync/protocol.ts';

/**
 * The least a server could do with the same requests: `node raw-bound.ts DATABASE` is a bare Node server that reads a
 * request, unpacks and parses it, validates request, envelope and data by the product's schemas, checks every hash, chains
 * it, inserts the events in one transaction into a table with the columns and the two indices of the log (WAL,
 * `synchronous=FULL`), and answers with acknowledgements and a page, packed as asked for: a tablet gets what it has just
 * brought, a desk everything that came since its last page. Stored text goes into pages as it is. No session, no rights, no
 * duplicates, no times, no fold, no projection, no scope, no alerts, no hints. Says its port to its parent; told `begin`,
 * it counts processor time from there; asked with `used`, it says that of this work alone and of HTTP with it, ms.
 */
const [file = ''] = process.argv.slice(2);
const db = new Sqlite(file);
db.pragma('journal_mode = WAL');
db.pragma('synchronous = FULL');
db.exec(`create table event (q integer primary key, writer text not null, n integer not null, subject text not null,
  kind text not null, v integer not null, by text, body text not null, hash text not null, chain text not null,
  rcv integer not null, lo integer not null, hi integer not null, est integer not null, e real not null, grade text not null);
  create unique index event_id on event (writer, n);
  create index event_subject on event (subject, q);`);
const insert = db.prepare('insert into event values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
const written = db.prepare<[number], { body: string; hash: string; q: number; rcv: number }>(
  'select body, hash, q, rcv, lo, hi, est, e, grade from event where q > ?',
);

/** Up to where each desk has been told. */
const told = new Map<string, number>();
let q = 0;
let chain = '';
let insideMs = 0;
const sha256 = (text: string): string => hashOf('sha256', text, 'hex');

const take = db.transaction((items: readonly unknown[]) => {
  for (const item of items) {
    const { event, hash } = PushItem.parse(item);
    const text = envelopeText(event);
    if (!understood(event) || sha256(text) !== hash) throw new Error(`${idOf(event)} is not whole`);
    q += 1;
    chain = sha256(`${chain}|${idOf(event)}|${hash}`).slice(0, 16);
    const { writer, n, subject, kind, v, by } = event;
    const at = Math.round(event.clock.wall);
    insert.run(q, writer, n, subject, kind, v, by, text, hash, chain, at, at, at, at, 0, 'A');
  }
});

function answer(body: Buffer): string {
  const request = SyncRequest.parse(JSON.parse(body.toString('utf8')));
  const before = q;
  take.immediate(request.push);
  const acks = request.push.map((_, index) => ({ is: 'ok', n: index, q: before + 1 + index }));
  const isDesk = request.cursor?.scope.startsWith('desk:') ?? false;
  const from = (isDesk ? told.get(request.writer) : undefined) ?? before;
  if (isDesk) told.set(request.writer, q);
  const page = JSON.stringify({ from, to: q, h: chain });
  const events = written.all(from).map(({ body: text, ...row }) => `{"event":${text},${JSON.stringify(row).slice(1)}`);
  const head = JSON.stringify({ proto: 1, req: request.req, head: q, acks });
  return `${head.slice(0, -1)},"page":${page.slice(0, -1)},"events":[${events.join(',')}]}}`;
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const sent = Buffer.concat(chunks);
    const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(sent) : sent;
    const before = process.cpuUsage();
    const text = answer(body);
    const { user, system } = process.cpuUsage(before);
    insideMs += (user + system) / 1_000;
    const packs = (request.headers['accept-encoding'] ?? '').includes('gzip');
    response.writeHead(200, { 'content-type': 'application/json', ...(packs ? { 'content-encoding': 'gzip' } : {}) });
    response.end(packs ? gzipSync(text) : text);
  });
});

let begun = { cpu: process.cpuUsage(), q };
process.on('message', (said) => {
  if (said === 'begin') {
    begun = { cpu: process.cpuUsage(), q };
    insideMs = 0;
    process.send?.('begun');
    return;
  }
  const { user, system } = process.cpuUsage(begun.cpu);
  process.send?.({ events: q - begun.q, insideMs, cpuMs: (user + system) / 1_000 });
});
process.on('disconnect', () => process.exit());
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.send?.({ port });
});
