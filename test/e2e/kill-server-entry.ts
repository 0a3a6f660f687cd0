import { promises } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

import Sqlite, { type Database, type Statement } from 'better-sqlite3';
import { Client } from 'pg';

import type { Point } from './kill-server-points.ts';

/**
 * The server as it is, but the libraries under it end the process, as SIGKILL does, at the named passage of a point.
 * What the server itself does stays untouched.
 */
const wanted = process.env['DIES_AT'];
const PAGES_AT_ONCE = 500;
let left = Number(process.env['DIES_AT_PASSAGE'] ?? '1');

function pass(point: Point): void {
  if (point !== wanted) return;
  left -= 1;
  if (left > 0) return;
  process.kill(process.pid, 'SIGKILL');
  // Nothing of this thread happens between the signal and the end.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

const INSERTS: readonly (readonly [string, Point])[] = [
  ['insert into "event"', 'inserted'],
  ['insert into "raised"', 'raising'],
];

/** What the outermost transaction has written so far. */
const wrote = { event: false, raised: false, safe: false };

watchStatements();
watchTransactions();
watchStart();
watchBackups();
watchPostgres();

await import('../../server/main.ts');

function watchStatements(): void {
  const spare = new Sqlite(':memory:');
  const statements = Object.getPrototypeOf(spare.prepare('select 1')) as Statement;
  spare.close();
  // oxlint-disable-next-line typescript/unbound-method -- called with the statement it belongs to
  const honest = statements.run;
  statements.run = function run(this: Statement, ...values: unknown[]) {
    const result = honest.call(this, ...values);
    if (this.source.startsWith('insert into "event"')) {
      wrote.event = true;
      pass('inserted');
    } else if (this.source.startsWith('insert into "raised"')) {
      wrote.raised = true;
      pass('raising');
    } else if (this.source.startsWith('update "head" set "safe"')) {
      wrote.safe = true;
      pass('publishing');
    }
    return result;
  };
}

function watchTransactions(): void {
  // oxlint-disable-next-line typescript/unbound-method -- called with the database it belongs to
  const honest = Sqlite.prototype.transaction;
  Sqlite.prototype.transaction = function transaction(this: Database, work: (...args: unknown[]) => unknown) {
    let depth = 0;
    const watched = honest.call(this, (...args: unknown[]) => {
      const result = work(...args);
      if (depth === 1 && wrote.event) pass('committing');
      return result;
    });
    const whole =
      (kind: (...args: unknown[]) => unknown) =>
      (...args: unknown[]): unknown => {
        if (depth === 0) Object.assign(wrote, { event: false, raised: false, safe: false });
        depth += 1;
        try {
          const result = kind(...args);
          if (depth === 1 && wrote.event) pass('committed');
          if (depth === 1 && wrote.raised) pass('raised');
          if (depth === 1 && wrote.safe) pass('published');
          return result;
        } finally {
          depth -= 1;
        }
      };
    return Object.assign(whole(watched), {
      default: whole(watched),
      deferred: whole((...args) => watched.deferred(...args)),
      immediate: whole((...args) => watched.immediate(...args)),
      exclusive: whole((...args) => watched.exclusive(...args)),
    });
  } as typeof honest;
}

/** The same points where statements go to PostgreSQL; each connection has a transaction of its own. */
function watchPostgres(): void {
  // oxlint-disable-next-line typescript/unbound-method -- called with the client it belongs to
  const honest = Client.prototype.query as (this: Client, ...args: unknown[]) => unknown;
  const writes = new WeakMap<Client, Set<Point>>();
  Client.prototype.query = function query(this: Client, text: unknown, ...rest: unknown[]) {
    pass('starting');
    if (typeof text !== 'string') return honest.call(this, text, ...rest);
    const wroteHere = writes.get(this) ?? new Set();
    if (text.startsWith('begin')) wroteHere.clear();
    writes.set(this, wroteHere);
    if (text === 'commit' && wroteHere.has('inserted')) pass('committing');
    const asked = honest.call(this, text, ...rest);
    const point = INSERTS.find(([start]) => text.startsWith(start))?.[1];
    if ((text !== 'commit' && point === undefined) || !(asked instanceof Promise)) return asked;
    return asked.then((result: unknown) => {
      if (point) {
        wroteHere.add(point);
        pass(point);
      } else {
        if (wroteHere.has('inserted')) pass('committed');
        if (wroteHere.has('raising')) pass('raised');
      }
      return result;
    });
  } as typeof Client.prototype.query;
}

function watchStart(): void {
  // oxlint-disable-next-line typescript/unbound-method -- called with the database they belong to
  const { prepare, exec, pragma } = Sqlite.prototype;
  Sqlite.prototype.prepare = function prepared(this: Database, source: string) {
    pass('starting');
    return prepare.call(this, source);
  } as typeof prepare;
  Sqlite.prototype.exec = function executed(this: Database, source: string) {
    pass('starting');
    return exec.call(this, source);
  };
  Sqlite.prototype.pragma = function set(this: Database, source, options) {
    pass('starting');
    return pragma.call(this, source, options);
  };
}

function watchBackups(): void {
  // oxlint-disable-next-line typescript/unbound-method -- called with the database it belongs to
  const { backup } = Sqlite.prototype;
  Sqlite.prototype.backup = function copy(this: Database, file, options) {
    const progress: NonNullable<typeof options>['progress'] = (info) => {
      pass('copying');
      // Fewer pages at once than the server would take: more moments to die at.
      return Math.min(options?.progress?.(info) ?? PAGES_AT_ONCE, PAGES_AT_ONCE);
    };
    return backup.call(this, file, { ...options, progress });
  };
  const { rename } = promises;
  promises.rename = async (from, to) => {
    const isCopy = String(from).endsWith('.part');
    if (isCopy) pass('copied');
    await rename(from, to);
    if (isCopy) pass('named');
  };
  syncBuiltinESMExports();
}
