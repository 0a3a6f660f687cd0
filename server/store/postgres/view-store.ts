import { CHAIN_START } from '#shared/canonical.ts';
import type { DeviceId, Subject } from '#shared/ids.ts';
import { LIMITS } from '#shared/sync/limits.ts';
import type { Cursor, Drop, Heads, Page } from '#shared/sync/protocol.ts';
import { addHash, emptySum, sumText } from '#shared/sync/scope-sum.ts';

import { everOf, isOwn, type Grant, type Viewer } from '../grants.ts';
import { groupBy } from '../group-by.ts';
import type { scope } from '../schema.ts';
import { mayHold, subjectDelta, subjectView, type SubjectDelta } from '../subject-view.ts';
import { ordersAfter, type PageLimits, type Repair, type ViewStore } from '../view-store.ts';
import type { WrittenEvent } from '../written-event.ts';
import type { Ask, Postgres } from './connection.ts';
import { grantsOf } from './grants.ts';
import { headOf } from './log-store.ts';
import { eventOf, LOGGED, writtenEventOf, type StoredEvent } from './stored-event.ts';

type Range = { readonly f: number; readonly t: number };

export const createViewStore = ({ read }: Postgres): ViewStore => ({
  delta: (viewer, cursor, limits = LIMITS) => read((ask) => delta(ask, viewer, { cursor, limits })),
  check: (viewer, q) =>
    read(async (ask) => {
      const sum = emptySum();
      let events = 0;
      for (const { hashes } of await subjectsIn(ask, viewer, q)) {
        events += hashes.length;
        for (const hash of hashes) addHash(sum, hash);
      }
      return { events, sum: sumText(sum) };
    }),
  repair: (viewer, cursor, heads) => read((ask) => repair(ask, viewer, { cursor, heads })),
});

async function delta(
  ask: Ask,
  viewer: Viewer,
  { cursor, limits }: { cursor: Cursor | null; limits: PageLimits },
): Promise<Page> {
  const head = await headOf(ask);
  const valid = cursor !== null && (await fits(ask, viewer, { cursor, head })) ? cursor : null;
  const range = { f: valid?.q ?? 0, t: valid?.towards?.q ?? head.q };
  const h = await chainAt(ask, range.t);
  const place = { from: range.f, to: range.t, h, epoch: head.epoch, scope: viewer.scope };
  // Most who ask have all there is: between a position and itself lies nothing.
  if (valid && range.f === range.t) return { ...place, reset: false, subjects: [], drops: [], more: null };
  const grants = await grantsOf(ask, viewer, range.t);
  const after = valid?.towards?.after ?? '';
  const subjects = [...(await candidates(ask, grants, range))].filter((subject) => subject > after).toSorted(byText);

  const page: Pick<Page, 'subjects' | 'drops' | 'more'> = { subjects: [], drops: [], more: null };
  const size = { events: 0, bytes: 0 };
  let last: Subject | null = null;
  // So many at a time: a page's worth is read, not all that ever changed.
  for (let from = 0; from < subjects.length && !page.more; from += AT_ONCE) {
    const some = { subjects: subjects.slice(from, from + AT_ONCE), range };
    const changes = await withEvents(ask, await deltasOf(ask, grants, some));
    for (const { subject, change, events } of changes) {
      size.events += events.length;
      size.bytes += bytesOf(events);
      if (last && (size.events > limits.pageEvents || size.bytes > limits.pageBytes)) {
        page.more = { after: last, left: ordersAfter(subjects, last) };
        break;
      }
      if (change.drop?.why !== 'archived') page.subjects.push({ subject, events });
      if (change.drop) page.drops.push(change.drop);
      last = subject;
    }
  }
  return {
    ...place,
    reset: valid === null,
    ...page,
    ...(page.more ? {} : await erasedSince(ask, viewer, range)),
  };
}

/** What was redacted in between and the viewer's browser may hold; its own events it may hold in any case. */
async function erasedSince(ask: Ask, viewer: Viewer, range: Range): Promise<Pick<Page, 'erased'>> {
  const rows = await ask<StoredEvent & { subject: Subject; at: number; device: DeviceId | null }>(
    `select r.subject, r.at, w.device, ${LOGGED.split(', ')
      .map((name) => `e.${name}`)
      .join(', ')} from redaction r
      join event e on e.q = r.at left join writer w on w.writer = e.writer
      where r.q > $1 and r.q <= $2 order by r.q, r.at`,
    range.f,
    range.t,
  );
  if (rows.length === 0) return {};
  const grants: Grant[] = [];
  for (const one of everOf(viewer)) grants.push(...(await grantsOf(ask, one, range.t)));
  const views = await ask<typeof scope.$inferSelect>(
    'select * from scope where subject = any($1) order by id',
    rows.map(({ subject }) => subject),
  );
  const bySubject = groupBy(views, (row) => row.subject);
  const erased = rows.filter(
    ({ subject, at, device }) =>
      isOwn(viewer, device) || mayHold(subjectView(bySubject.get(subject) ?? [], grants), at, range),
  );
  return erased.length > 0 ? { erased: erased.map(eventOf) } : {};
}

const AT_ONCE = 50;

type InView = Change & { readonly hashes: readonly string[] };

/** Each subject of `view(q)` with the hashes of its events. */
async function subjectsIn(ask: Ask, viewer: Viewer, q: number): Promise<InView[]> {
  const range = { f: 0, t: q };
  const grants = await grantsOf(ask, viewer, q);
  const subjects = [...(await candidates(ask, grants, range))];
  const changes = (await deltasOf(ask, grants, { subjects, range })).filter(({ change }) => change.upTo > 0);
  const rows = await ask<{ subject: Subject; hashes: string[] }>(
    `select e.subject, array_agg(e.hash) as hashes from event e
      join unnest($1::text[], $2::bigint[]) as wanted (subject, up_to)
      on e.subject = wanted.subject and e.q <= wanted.up_to group by e.subject`,
    changes.map(({ subject }) => subject),
    changes.map(({ change }) => change.upTo),
  );
  const hashes = new Map(rows.map((row) => [row.subject, row.hashes]));
  return changes.map((one) => ({ ...one, hashes: hashes.get(one.subject) ?? [] }));
}

async function repair(
  ask: Ask,
  viewer: Viewer,
  { cursor, heads }: { cursor: Cursor; heads: Heads },
): Promise<Repair | null> {
  const head = await headOf(ask);
  if (cursor.towards || !(await fits(ask, viewer, { cursor, head }))) return null;
  const held = new Map(heads.held.map(([subject, events, sum]) => [subject, `${events} ${sum}`]));
  const differing: InView[] = [];
  for (const one of await subjectsIn(ask, viewer, cursor.q)) {
    if (one.subject <= heads.after || (heads.upTo !== null && one.subject > heads.upTo)) continue;
    const sum = emptySum();
    for (const hash of one.hashes) addHash(sum, hash);
    if (held.get(one.subject) !== `${one.hashes.length} ${sumText(sum)}`) differing.push(one);
    held.delete(one.subject);
  }
  const subjects: Repair['subjects'] = [];
  const drops: Drop[] = [];
  let bytes = 0;
  for (const one of differing) {
    const [found] = await withEvents(ask, [one]);
    const events = found?.events ?? [];
    bytes += bytesOf(events);
    if (subjects.length > 0 && bytes > LIMITS.pageBytes) break;
    subjects.push({ subject: one.subject, events });
    if (one.change.drop) drops.push(one.change.drop);
  }
  return { subjects, gone: [...held.keys()], drops };
}

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

async function deltasOf(
  ask: Ask,
  grants: readonly Grant[],
  { subjects, range }: { subjects: readonly Subject[]; range: Range },
): Promise<Change[]> {
  const rows = await ask<typeof scope.$inferSelect>(
    'select * from scope where subject = any($1) order by id',
    subjects,
  );
  const bySubject = groupBy(rows, (row) => row.subject);
  return subjects.flatMap((subject): Change[] => {
    const change = subjectDelta(subject, subjectView(bySubject.get(subject) ?? [], grants), range);
    return change ? [{ subject, change }] : [];
  });
}

async function withEvents(ask: Ask, changes: readonly Change[]) {
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
    events: (eventsBy.get(one.subject) ?? []).map(writtenEventOf),
  }));
}

async function chainAt(ask: Ask, q: number): Promise<string> {
  const [row] = await ask<{ chain: string }>('select chain from event where q = $1', q);
  return row?.chain ?? CHAIN_START;
}

const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

const bytesOf = (events: readonly WrittenEvent[]): number => events.reduce((sum, event) => sum + event.text.length, 0);
