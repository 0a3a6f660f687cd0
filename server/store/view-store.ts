import { and, eq, gt, isNull, lt, lte, or, sql, type SQL } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';

import { CHAIN_START } from '#shared/canonical.ts';
import type { LoggedEvent } from '#shared/event/envelope.ts';
import { subjectType, type Subject } from '#shared/ids.ts';
import { LIMITS } from '#shared/sync/limits.ts';
import type { Cursor, Drop, Heads, Page, ScopeCheck, SyncAnswer } from '#shared/sync/protocol.ts';
import { addHash, emptySum, sumText } from '#shared/sync/scope-sum.ts';

import { slot, type Connection } from './connection.ts';
import { everOf, grantsOf, isOwn, type Grant, type Viewer } from './grants.ts';
import { groupBy } from './group-by.ts';
import { readHead } from './log-writer.ts';
import { LOGGED, loggedEvent } from './logged-event.ts';
import { redaction } from './schema-redaction.ts';
import { event, scope, writer } from './schema.ts';
import { mayHold, subjectDelta, subjectView, type SubjectDelta } from './subject-view.ts';
import { whole } from './whole.ts';
import { WRITTEN, WrittenEvent } from './written-event.ts';

export type ViewStore = {
  /** The next page of `view(head) − view(cursor)` (I5). A position of another history or scope starts from nothing. */
  readonly delta: (viewer: Viewer, cursor: Cursor | null, limits?: PageLimits) => Promise<Page>;
  /** How many events are in `view(q)`, and the XOR of the first 64 bits of their hashes (I13). */
  readonly check: (viewer: Viewer, q: number) => Promise<ScopeCheck>;
  /**
   * Of a slice of what a client holds at its position: the subjects that differ, whole as they are in `view(cursor)`, as
   * many as a page takes, and those that are in no view of it. Null: the position is not of this history and viewer.
   */
  readonly repair: (viewer: Viewer, cursor: Cursor, heads: Heads) => Promise<Repair | null>;
};
export type Repair = NonNullable<SyncAnswer['repair']>;

export type PageLimits = { readonly pageEvents: number; readonly pageBytes: number };
type Range = { readonly f: number; readonly t: number };

export function createViewStore(connection: Connection): ViewStore {
  return {
    delta: (viewer, cursor, limits = LIMITS) =>
      whole(() => connection.read(() => delta(connection, viewer, { cursor, limits }))),
    check: (viewer, q) =>
      whole(() =>
        connection.read(() => {
          const sum = emptySum();
          let events = 0;
          for (const { hashes } of subjectsIn(connection, viewer, q)) {
            events += hashes.length;
            for (const hash of hashes) addHash(sum, hash);
          }
          return { events, sum: sumText(sum) };
        }),
      ),
    repair: (viewer, cursor, heads) =>
      whole(() => connection.read(() => repair(connection, viewer, { cursor, heads }))),
  };
}

function delta(
  connection: Connection,
  viewer: Viewer,
  { cursor, limits }: { cursor: Cursor | null; limits: PageLimits },
): Page {
  const head = readHead(connection);
  const valid = cursor !== null && fits(connection, viewer, { cursor, head }) ? cursor : null;
  const range = { f: valid?.q ?? 0, t: valid?.towards?.q ?? head.q };
  const place = { from: range.f, to: range.t, h: chainAt(connection, range.t), epoch: head.epoch, scope: viewer.scope };
  // Most who ask have all there is: between a position and itself lies nothing.
  if (valid && range.f === range.t) return { ...place, reset: false, subjects: [], drops: [], more: null };
  const grants = grantsOf(connection, viewer, range.t);
  const after = valid?.towards?.after ?? '';
  const subjects = [...candidates(connection, grants, range)].filter((subject) => subject > after).toSorted(byText);

  const page: Pick<Page, 'subjects' | 'drops' | 'more'> = { subjects: [], drops: [], more: null };
  const size = { events: 0, bytes: 0 };
  let last: Subject | null = null;
  for (const subject of subjects) {
    const change = changeOf(connection, grants, { subject, range });
    if (!change) continue;
    const { events, bytes } = eventsBetween(connection, subject, change);
    size.events += events.length;
    size.bytes += bytes;
    if (last && (size.events > limits.pageEvents || size.bytes > limits.pageBytes)) {
      page.more = { after: last, left: ordersAfter(subjects, last) };
      break;
    }
    if (change.drop?.why !== 'archived') page.subjects.push({ subject, events });
    if (change.drop) page.drops.push(change.drop);
    last = subject;
  }
  return {
    ...place,
    reset: valid === null,
    ...page,
    ...(page.more ? {} : erasedSince(connection, viewer, range)),
  };
}

/** What was redacted in between and the viewer's browser may hold; its own events it may hold in any case. */
function erasedSince(connection: Connection, viewer: Viewer, range: Range): Pick<Page, 'erased'> {
  const rows = connection.prepared(redactedBetween).all({ f: range.f, t: range.t });
  if (rows.length === 0) return {};
  const grants = everOf(viewer).flatMap((one) => grantsOf(connection, one, range.t));
  const erased = rows.filter(({ subject, at, device }) => {
    if (isOwn(viewer, device)) return true;
    return mayHold(subjectView(connection.prepared(scopeOf).all({ subject }), grants), at ?? 0, range);
  });
  return erased.length > 0 ? { erased: erased.map(loggedEvent) } : {};
}

/** Of those that may come, in their order. */
export const ordersAfter = (subjects: readonly Subject[], last: Subject): number =>
  subjects.filter((subject) => subject > last && subjectType(subject) === 'order').length;

type InView = { readonly subject: Subject; readonly change: SubjectDelta; readonly hashes: readonly string[] };

/** Each subject of `view(q)` with the hashes of its events. */
function subjectsIn(connection: Connection, viewer: Viewer, q: number): readonly InView[] {
  const range = { f: 0, t: q };
  const grants = grantsOf(connection, viewer, q);
  const subjects = JSON.stringify([...candidates(connection, grants, range)]);
  const events = groupBy(connection.prepared(hashesOf).all({ subjects, upTo: q }), (row) => row.subject);
  const scopes = groupBy(connection.prepared(scopesOf).all({ subjects }), (row) => row.subject);
  return [...scopes].flatMap(([subject, rows]): InView[] => {
    const change = subjectDelta(subject, subjectView(rows, grants), range);
    if (!change || change.upTo === 0) return [];
    const inView = events.get(subject)?.filter((row) => row.q <= change.upTo) ?? [];
    return [{ subject, change, hashes: inView.map((row) => row.hash) }];
  });
}

function repair(
  connection: Connection,
  viewer: Viewer,
  { cursor, heads }: { cursor: Cursor; heads: Heads },
): Repair | null {
  const head = readHead(connection);
  if (cursor.towards || !fits(connection, viewer, { cursor, head })) return null;
  const held = new Map(heads.held.map(([subject, events, sum]) => [subject, `${events} ${sum}`]));
  const differing: InView[] = [];
  for (const one of subjectsIn(connection, viewer, cursor.q)) {
    if (one.subject <= heads.after || (heads.upTo !== null && one.subject > heads.upTo)) continue;
    const sum = emptySum();
    for (const hash of one.hashes) addHash(sum, hash);
    if (held.get(one.subject) !== `${one.hashes.length} ${sumText(sum)}`) differing.push(one);
    held.delete(one.subject);
  }
  const subjects: Repair['subjects'] = [];
  const drops: Drop[] = [];
  let bytes = 0;
  for (const { subject, change } of differing) {
    const { events, bytes: more } = eventsBetween(connection, subject, change);
    bytes += more;
    if (subjects.length > 0 && bytes > LIMITS.pageBytes) break;
    subjects.push({ subject, events });
    if (change.drop) drops.push(change.drop);
  }
  return { subjects, gone: [...held.keys()], drops };
}

/** Does the position belong to this history and this viewer (I12)? */
function fits(
  connection: Connection,
  viewer: Viewer,
  { cursor, head }: { cursor: Cursor; head: { q: number; epoch: string } },
): boolean {
  if (cursor.epoch !== head.epoch || cursor.scope !== viewer.scope) return false;
  const end = cursor.towards?.q ?? cursor.q;
  if (end < cursor.q || end > head.q) return false;
  return cursor.q === 0 || chainAt(connection, cursor.q) === cursor.h;
}

/** Every subject whose part of the view may differ between f and t; the cost follows what changed, not the log. */
function candidates(connection: Connection, grants: readonly Grant[], range: Range): Set<Subject> {
  const found = new Set<Subject>();
  const { f, t } = range;
  // Who starts from nothing need not be told what was archived before.
  const told = f === 0 ? t : f;
  for (const grant of grants) {
    const values = { holders: JSON.stringify(grant.holders), f, told, from: grant.fromQ, to: grant.toQ };
    for (const statement of lookups(grant, range))
      for (const row of connection.prepared(statement).all(values)) found.add(row.subject);
  }
  return found;
}

/** Each reads a range of one index of `scope`. */
function lookups(grant: Grant, { f, t }: Range): readonly Lookup[] {
  if (grant.fromQ > f) return [liveSinceJoining, archivedSinceJoining];
  if (grant.toQ === null || grant.toQ > t) return [changed, archived];
  return grant.toQ <= f ? [archivedReached] : [liveReached, endedReached, archivedReached];
}

/** The subjects that the holders (a JSON array) see through rows like these. */
const subjectsWhere = (db: BetterSQLite3Database, where: SQL | undefined) =>
  db
    .select({ subject: scope.subject })
    .from(scope)
    .where(and(sql`${scope.holder} in (select value from json_each(${slot('holders')}))`, where))
    .prepare();

type Lookup = (db: BetterSQLite3Database) => ReturnType<typeof subjectsWhere>;

const live = () => isNull(scope.archivedQ);
const archivedLater = () => gt(scope.archivedQ, slot('told'));
const overlaps = () => or(isNull(scope.toQ), gt(scope.toQ, slot('from')));
const reached = () => lt(scope.fromQ, slot('to'));

const liveSinceJoining: Lookup = (db) => subjectsWhere(db, and(live(), overlaps()));
const archivedSinceJoining: Lookup = (db) => subjectsWhere(db, and(archivedLater(), overlaps()));
const changed: Lookup = (db) => subjectsWhere(db, and(live(), gt(scope.changedQ, slot('f'))));
const archived: Lookup = (db) => subjectsWhere(db, archivedLater());
const liveReached: Lookup = (db) => subjectsWhere(db, and(live(), isNull(scope.toQ), reached()));
const endedReached: Lookup = (db) => subjectsWhere(db, and(live(), gt(scope.toQ, slot('f')), reached()));
const archivedReached: Lookup = (db) => subjectsWhere(db, and(archivedLater(), reached()));

function changeOf(
  connection: Connection,
  grants: readonly Grant[],
  { subject, range }: { subject: Subject; range: Range },
): SubjectDelta | null {
  const rows = connection.prepared(scopeOf).all({ subject });
  return subjectDelta(subject, subjectView(rows, grants), range);
}

/** `bytes`: about what they take in an answer. */
function eventsBetween(
  connection: Connection,
  subject: Subject,
  { over, upTo }: SubjectDelta,
): { readonly events: LoggedEvent[]; readonly bytes: number } {
  const rows = upTo <= over ? [] : connection.prepared(eventsOf).all({ subject, over, upTo });
  const bytes = rows.reduce((sum, row) => sum + row.text.length, 0);
  return { events: rows.map(({ text }) => new WrittenEvent(text)), bytes };
}

const chainAt = (connection: Connection, q: number): string =>
  connection.prepared(chainOf).get({ q })?.chain ?? CHAIN_START;

const redactedBetween = (db: BetterSQLite3Database) =>
  db
    .select({ ...LOGGED, subject: redaction.subject, at: redaction.at, device: writer.device })
    .from(redaction)
    .innerJoin(event, eq(event.q, redaction.at))
    .leftJoin(writer, eq(writer.writer, event.writer))
    .where(and(gt(redaction.q, slot('f')), lte(redaction.q, slot('t'))))
    .orderBy(redaction.q, redaction.at)
    .prepare();

const scopeOf = (db: BetterSQLite3Database) =>
  db
    .select()
    .from(scope)
    .where(eq(scope.subject, slot('subject')))
    .prepare();

/** One of `subjects`, a JSON array. */
const isOneOf = (column: typeof scope.subject | typeof event.subject): SQL =>
  sql`${column} in (select value from json_each(${slot('subjects')}))`;

const scopesOf = (db: BetterSQLite3Database) => db.select().from(scope).where(isOneOf(scope.subject)).prepare();

const eventsOf = (db: BetterSQLite3Database) =>
  db
    .select({ text: WRITTEN })
    .from(event)
    .where(and(eq(event.subject, slot('subject')), gt(event.q, slot('over')), lte(event.q, slot('upTo'))))
    .orderBy(event.q)
    .prepare();

const hashesOf = (db: BetterSQLite3Database) =>
  db
    .select({ subject: event.subject, q: event.q, hash: event.hash })
    .from(event)
    .where(and(isOneOf(event.subject), lte(event.q, slot('upTo'))))
    .prepare();

const chainOf = (db: BetterSQLite3Database) =>
  db
    .select({ chain: event.chain })
    .from(event)
    .where(eq(event.q, slot('q')))
    .prepare();

const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
