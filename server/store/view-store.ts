import { and, eq, gt, inArray, isNull, lt, lte, or, type SQL } from 'drizzle-orm';

import { CHAIN_START } from '#shared/canonical.ts';
import type { LoggedEvent } from '#shared/event/envelope.ts';
import type { Subject } from '#shared/ids.ts';
import { LIMITS } from '#shared/sync/limits.ts';
import type { Cursor, Page } from '#shared/sync/protocol.ts';

import type { Connection } from './connection.ts';
import { grantsOf, type Grant, type Viewer } from './grants.ts';
import { readHead } from './log-writer.ts';
import { LOGGED, loggedEvent } from './logged-event.ts';
import { event, scope } from './schema.ts';
import { subjectDelta, subjectView, type SubjectDelta } from './subject-view.ts';
import { whole } from './whole.ts';

export type ViewStore = {
  /** The next page of `view(head) − view(cursor)` (I5). A position of another history or scope starts from nothing. */
  readonly delta: (viewer: Viewer, cursor: Cursor | null, limits?: PageLimits) => Promise<Page>;
};

type PageLimits = { readonly pageEvents: number; readonly pageBytes: number };
type Range = { readonly f: number; readonly t: number };

export function createViewStore(connection: Connection): ViewStore {
  return {
    delta: (viewer, cursor, limits = LIMITS) =>
      whole(() => connection.read(() => delta(connection, viewer, { cursor, limits }))),
  };
}

function delta(
  connection: Connection,
  viewer: Viewer,
  { cursor, limits }: { cursor: Cursor | null; limits: PageLimits },
): Page {
  const head = readHead(connection);
  const valid = cursor !== null && fits(connection, viewer, cursor) ? cursor : null;
  const range = { f: valid?.q ?? 0, t: valid?.towards?.q ?? head.q };
  const grants = grantsOf(connection, viewer, range.t);
  const after = valid?.towards?.after ?? '';
  const subjects = [...candidates(connection, grants, range)].filter((subject) => subject > after).toSorted(byText);

  const page: Pick<Page, 'subjects' | 'drops' | 'more'> = { subjects: [], drops: [], more: null };
  const size = { events: 0, bytes: 0 };
  let last: Subject | null = null;
  for (const subject of subjects) {
    const change = changeOf(connection, grants, { subject, range });
    if (!change) continue;
    const events = eventsBetween(connection, subject, change);
    size.events += events.length;
    size.bytes += JSON.stringify(events).length;
    if (last && (size.events > limits.pageEvents || size.bytes > limits.pageBytes)) {
      page.more = { after: last };
      break;
    }
    if (change.drop?.why !== 'archived') page.subjects.push({ subject, events });
    if (change.drop) page.drops.push(change.drop);
    last = subject;
  }
  return {
    from: range.f,
    to: range.t,
    h: chainAt(connection, range.t),
    epoch: head.epoch,
    scope: viewer.scope,
    reset: valid === null,
    ...page,
  };
}

/** Does the position belong to this history and this viewer (I12)? */
function fits(connection: Connection, viewer: Viewer, cursor: Cursor): boolean {
  const head = readHead(connection);
  if (cursor.epoch !== head.epoch || cursor.scope !== viewer.scope) return false;
  const end = cursor.towards?.q ?? cursor.q;
  if (end < cursor.q || end > head.q) return false;
  return cursor.q === 0 || chainAt(connection, cursor.q) === cursor.h;
}

/** Every subject whose part of the view may differ between f and t; the cost follows what changed, not the log. */
function candidates({ db }: Connection, grants: readonly Grant[], { f, t }: Range): Set<Subject> {
  const found = new Set<Subject>();
  for (const grant of grants) {
    for (const where of conditions(grant, { f, t }))
      for (const row of db
        .select({ subject: scope.subject })
        .from(scope)
        .where(and(inArray(scope.holder, [...grant.holders]), where))
        .all())
        found.add(row.subject);
  }
  return found;
}

/** Each is a range of one index of `scope`. */
function conditions(grant: Grant, { f, t }: Range): (SQL | undefined)[] {
  const live = isNull(scope.archivedQ);
  // Who starts from nothing need not be told what was archived before.
  const archivedLater = gt(scope.archivedQ, f === 0 ? t : f);
  if (grant.fromQ > f) {
    const overlaps = or(isNull(scope.toQ), gt(scope.toQ, grant.fromQ));
    return [and(live, overlaps), and(archivedLater, overlaps)];
  }
  if (grant.toQ === null || grant.toQ > t) return [and(live, gt(scope.changedQ, f)), archivedLater];
  const reached = lt(scope.fromQ, grant.toQ);
  if (grant.toQ <= f) return [and(archivedLater, reached)];
  return [and(live, isNull(scope.toQ), reached), and(live, gt(scope.toQ, f), reached), and(archivedLater, reached)];
}

function changeOf(
  { db }: Connection,
  grants: readonly Grant[],
  { subject, range }: { subject: Subject; range: Range },
): SubjectDelta | null {
  const rows = db.select().from(scope).where(eq(scope.subject, subject)).all();
  return subjectDelta(subject, subjectView(rows, grants), range);
}

const eventsBetween = ({ db }: Connection, subject: Subject, { over, upTo }: SubjectDelta): LoggedEvent[] =>
  upTo <= over
    ? []
    : db
        .select(LOGGED)
        .from(event)
        .where(and(eq(event.subject, subject), gt(event.q, over), lte(event.q, upTo)))
        .orderBy(event.q)
        .all()
        .map(loggedEvent);

const chainAt = ({ db }: Connection, q: number): string =>
  db.select({ chain: event.chain }).from(event).where(eq(event.q, q)).get()?.chain ?? CHAIN_START;

const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
