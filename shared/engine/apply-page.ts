import { CHAIN_START } from '../canonical.ts';
import type { LoggedEvent } from '../event/envelope.ts';
import { type Subject, subjectType } from '../ids.ts';
import type { Cursor, Drop, Page } from '../sync/protocol.ts';
import type { CachePatch, SubjectRecord } from './ports.ts';

/** What the cache holds when a page comes. `unsent(subject)`: work about it that exists only here (I14). */
export type CacheState = {
  readonly cursor: Cursor | null;
  readonly staging: boolean;
  readonly shown?: string | null;
  readonly records: ReadonlyMap<Subject, SubjectRecord>;
  readonly staged: ReadonlyMap<Subject, SubjectRecord>;
  unsent(subject: Subject): boolean;
};

/**
 * The one cache step a page makes, cursor included (I6). A page that starts from nothing while something is shown is
 * gathered aside and takes its place with its last part, so a screen never empties halfway.
 */
export function applyPage(page: Page, state: CacheState): CachePatch {
  const patch = stepOf(page, state);
  return page.erased ? withErased(page.erased, patch, state.records) : patch;
}

function stepOf(page: Page, state: CacheState): CachePatch {
  const fresh = page.reset || state.cursor === null;
  const aside = fresh ? state.records.size > 0 : state.staging;
  const cursor = cursorAfter(page, fresh ? null : state.cursor);
  if (!aside) return { ...changes(page, state.records, state), clear: false, staged: null, meta: { cursor } };

  const before: ReadonlyMap<Subject, SubjectRecord> = fresh ? new Map() : state.staged;
  const gathered = changes(page, before, state).put;
  if (page.more) {
    const staged = { clear: fresh, put: gathered };
    const shown = state.staging ? (state.shown ?? null) : (state.cursor?.epoch ?? null);
    return { clear: false, put: [], remove: [], staged, meta: { cursor, staging: true, shown } };
  }
  const whole = new Map([...before, ...gathered.map((record) => [record.subject, record] as const)]);
  const kept = [...state.records.values()].filter(({ subject }) => !whole.has(subject) && state.unsent(subject));
  return {
    clear: true,
    put: [...whole.values(), ...kept.map(ended)],
    remove: [],
    staged: { clear: true, put: [] },
    meta: { cursor, staging: false },
  };
}

function changes(
  page: Page,
  records: ReadonlyMap<Subject, SubjectRecord>,
  state: Pick<CacheState, 'unsent'>,
): Pick<CachePatch, 'put' | 'remove'> {
  const touched = new Map<Subject, SubjectRecord>();
  const current = (subject: Subject): SubjectRecord =>
    touched.get(subject) ?? living(records.get(subject)) ?? { subject, events: [], drop: null };
  for (const { subject, events } of page.subjects)
    touched.set(subject, { subject, events: union(current(subject).events, events), drop: null });
  const remove: Subject[] = [];
  for (const drop of page.drops) {
    touched.set(drop.subject, { ...current(drop.subject), drop });
    if (drop.why !== 'archived' || state.unsent(drop.subject)) continue;
    touched.delete(drop.subject);
    remove.push(drop.subject);
  }
  return { put: [...touched.values()], remove };
}

/** Of events that were redacted, what is left takes the place of what is held, and why an order was taken away is not told. */
function withErased(
  erased: readonly LoggedEvent[],
  patch: CachePatch,
  records: ReadonlyMap<Subject, SubjectRecord>,
): CachePatch {
  // What was kept only for its unsent work may be of another history: its positions say nothing here.
  const left = new Map(erased.map((one) => [one.hash, one]));
  const put = new Map(patch.put.map((record) => [record.subject, record]));
  const touched = new Set(erased.map(({ event }) => event.subject));
  for (const subject of touched) {
    const held = put.get(subject) ?? (patch.clear || patch.remove.includes(subject) ? undefined : records.get(subject));
    if (!held) continue;
    const { drop } = held;
    const events = held.events.map((one) => ({ ...one, ...left.get(one.hash), q: one.q }));
    const isTold = held.events.some(({ q, hash }) => q === drop?.q && left.has(hash));
    put.set(subject, { subject, events, drop: drop && isTold ? { ...drop, reason: null } : drop });
  }
  return { ...patch, put: [...put.values()], erased: [...touched] };
}

/** While a pull is under way the cursor stays where it was and says how far the way has gone. */
function cursorAfter(page: Page, before: Cursor | null): Cursor {
  const place = { epoch: page.epoch, scope: page.scope };
  if (!page.more) return { ...place, q: page.to, h: page.h };
  const start = before && !page.reset ? { q: before.q, h: before.h } : { q: 0, h: CHAIN_START };
  return { ...place, ...start, towards: { q: page.to, after: page.more.after } };
}

/** What was kept only for its unsent work may come from another history: nothing is added to it. */
const living = (record: SubjectRecord | undefined): SubjectRecord | undefined =>
  record?.drop?.why === 'archived' ? undefined : record;

function union(have: readonly LoggedEvent[], more: readonly LoggedEvent[]): readonly LoggedEvent[] {
  const last = have.at(-1)?.q ?? 0;
  if (more.every((event, index) => event.q > (more[index - 1]?.q ?? last))) return [...have, ...more];
  const byQ = new Map([...have, ...more].map((event) => [event.q, event]));
  return [...byQ.values()].toSorted((a, b) => a.q - b.q);
}

/**
 * Not in the new view, but with unsent work: readable until that is delivered, then erased like an archived one. No
 * redaction would find it here (I4): of an order the report stays, without the customer and his words.
 */
function ended({ subject, events, drop }: SubjectRecord): SubjectRecord {
  const gone: Drop = drop ?? { subject, q: events.at(-1)?.q ?? 0, why: 'archived', to: null, by: null, reason: null };
  const kept = events.flatMap((one) => {
    if (subjectType(subject) !== 'order') return one;
    const { customer: _customer, words: _words, ...data } = one.event.data;
    return one.event.kind === 'reported' ? { ...one, event: { ...one.event, data } } : [];
  });
  return { subject, events: kept, drop: { ...gone, why: 'archived', reason: null } };
}
