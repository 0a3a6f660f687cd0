import { CHAIN_START } from '#shared/canonical.ts';
import type { Subject } from '#shared/ids.ts';
import { LIMITS } from '#shared/sync/limits.ts';
import type { Cursor, Page } from '#shared/sync/protocol.ts';

import type { Grant, Viewer } from '../grants.ts';
import type { scope } from '../schema.ts';
import { subjectDelta, subjectView, type SubjectDelta } from '../subject-view.ts';
import type { PageLimits, ViewStore } from '../view-store.ts';
import type { Ask, Postgres } from './connection.ts';
import { grantsOf } from './grants.ts';
import { groupBy } from './group-by.ts';
import { headOf } from './log-store.ts';
import { eventOf, LOGGED, type StoredEvent } from './stored-event.ts';

type Range = { readonly f: number; readonly t: number };

export const createViewStore = ({ read }: Postgres): ViewStore => ({
  delta: (viewer, cursor, limits = LIMITS) => read((ask) => delta(ask, viewer, { cursor, limits })),
});

async function delta(
  ask: Ask,
  viewer: Viewer,
  { cursor, limits }: { cursor: Cursor | null; limits: PageLimits },
): Promise<Page> {
  const head = await headOf(ask);
  const valid = cursor !== null && (await fits(ask, viewer, { cursor, head })) ? cursor : null;
  const range = { f: valid?.q ?? 0, t: valid?.towards?.q ?? head.q };
  const grants = await grantsOf(ask, viewer, range.t);
  const after = valid?.towards?.after ?? '';
  const subjects = [...(await candidates(ask, grants, range))].filter((subject) => subject > after).toSorted(byText);

  const page: Pick<Page, 'subjects' | 'drops' | 'more'> = { subjects: [], drops: [], more: null };
  const size = { events: 0, bytes: 0 };
  let last: Subject | null = null;
  // So many at a time: a page's worth is read, not all that ever changed.
  for (let from = 0; from < subjects.length && !page.more; from += AT_ONCE) {
    const changes = await changesOf(ask, grants, { subjects: subjects.slice(from, from + AT_ONCE), range });
    for (const { subject, change, events } of changes) {
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
  }
  return {
    from: range.f,
    to: range.t,
    h: await chainAt(ask, range.t),
    epoch: head.epoch,
    scope: viewer.scope,
    reset: valid === null,
    ...page,
  };
}

const AT_ONCE = 50;

/** Does the position belong to this history and this viewer (I12)? */
async function fits(
  ask: Ask,
  viewer: Viewer,
  { cursor, head }: { cursor: Cursor; head: { q: number; epoch: string } },
): Promise<boolean> {
  if (cursor.epoch !== head.epoch || cursor.scope !== viewer.scope) return false;
  const end = cursor.towards?.q ?? cursor.q;
  if (end < cursor.q || end > head.q) return false;
  return cursor.q === 0 || (await chainAt(ask, cursor.q)) === cursor.h;
}

/** Every subject whose part of the view may differ between f and t; the cost follows what changed, not the log. */
async function candidates(ask: Ask, grants: readonly Grant[], range: Range): Promise<Set<Subject>> {
  const found = new Set<Subject>();
  for (const grant of grants)
    for (const row of await ask<{ subject: Subject }>(
      lookups(grant, range)
        .map((where) => `select subject from scope, given where holder = any(holders) and ${where}`)
        .join(' union ')
        .replace(/^/, GIVEN),
      grant.holders,
      range.f,
      // Who starts from nothing need not be told what was archived before.
      range.f === 0 ? range.t : range.f,
      grant.fromQ,
      grant.toQ,
    ))
      found.add(row.subject);
  return found;
}

/** Names for what a lookup is given; all of it, whichever parts a lookup needs. */
const GIVEN = `with given as (select $1::text[] as holders, $2::bigint as f, $3::bigint as told,
  $4::bigint as since, $5::bigint as until) `;
const LIVE = 'archived_q is null';
const ARCHIVED_LATER = 'archived_q > told';
const OVERLAPS = '(to_q is null or to_q > since)';
const REACHED = 'from_q < until';

function lookups(grant: Grant, { f, t }: Range): readonly string[] {
  if (grant.fromQ > f) return [`${LIVE} and ${OVERLAPS}`, `${ARCHIVED_LATER} and ${OVERLAPS}`];
  if (grant.toQ === null || grant.toQ > t) return [`${LIVE} and changed_q > f`, ARCHIVED_LATER];
  const archived = `${ARCHIVED_LATER} and ${REACHED}`;
  return grant.toQ <= f
    ? [archived]
    : [`${LIVE} and to_q is null and ${REACHED}`, `${LIVE} and to_q > f and ${REACHED}`, archived];
}

type Change = { readonly subject: Subject; readonly change: SubjectDelta };

async function changesOf(
  ask: Ask,
  grants: readonly Grant[],
  { subjects, range }: { subjects: readonly Subject[]; range: Range },
) {
  const rows = await ask<typeof scope.$inferSelect>(
    'select * from scope where subject = any($1) order by id',
    subjects,
  );
  const bySubject = groupBy(rows, (row) => row.subject);
  const changes = subjects.flatMap((subject): Change[] => {
    const change = subjectDelta(subject, subjectView(bySubject.get(subject) ?? [], grants), range);
    return change ? [{ subject, change }] : [];
  });
  const wanted = changes.filter(({ change }) => change.upTo > change.over);
  const events = await ask<StoredEvent & { subject: Subject }>(
    `select e.subject, ${LOGGED} from event e
      join unnest($1::text[], $2::bigint[], $3::bigint[]) as wanted (subject, over_q, up_to)
      on e.subject = wanted.subject and e.q > wanted.over_q and e.q <= wanted.up_to order by e.q`,
    wanted.map(({ subject }) => subject),
    wanted.map(({ change }) => change.over),
    wanted.map(({ change }) => change.upTo),
  );
  const eventsBy = groupBy(events, (row) => row.subject);
  return changes.map((one) => ({
    ...one,
    events: (eventsBy.get(one.subject) ?? []).map(eventOf),
  }));
}

async function chainAt(ask: Ask, q: number): Promise<string> {
  const [row] = await ask<{ chain: string }>('select chain from event where q = $1', q);
  return row?.chain ?? CHAIN_START;
}

const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
