import { CrewId, type Subject } from '#shared/ids.ts';
import type { Drop } from '#shared/sync/protocol.ts';

import type { Grant } from './grants.ts';
import type { scope } from './schema.ts';

type ScopeRow = typeof scope.$inferSelect;

/** One time a viewer had a subject in scope: positions from ≤ q < to. */
type Span = { readonly from: number; readonly to: number | null; readonly end: Omit<Drop, 'subject' | 'q'> };

/** What of one subject a viewer sees, at any position. */
export type SubjectView = { readonly spans: readonly Span[]; readonly archivedQ: number | null };

/** Crosses a subject's scope rows with the viewer's grants. */
export function subjectView(rows: readonly ScopeRow[], grants: readonly Grant[]): SubjectView {
  const spans = rows.flatMap((row) =>
    grants.filter((grant) => grant.holders.includes(row.holder)).flatMap((grant) => spanOf(row, grant)),
  );
  return { spans, archivedQ: rows[0]?.archivedQ ?? null };
}

/** The last position of the subject's events inside view(q); 0: none of them. */
function viewEnd({ spans, archivedQ }: SubjectView, q: number): number {
  if (archivedQ !== null && archivedQ <= q) return 0;
  const begun = spans.filter((span) => span.from <= q);
  return Math.max(0, ...begun.map((span) => Math.min(span.to ?? q, q)));
}

/**
 * May the viewer at `f` hold what the subject's event at `at` said? Also where the subject has left the scope since, or was
 * archived with work that is not delivered. One that starts from nothing (0) holds what is in view(t) then.
 */
export function mayHold({ spans, archivedQ }: SubjectView, at: number, { f, t }: { f: number; t: number }): boolean {
  if (f === 0) return at <= viewEnd({ spans, archivedQ }, t);
  return at <= viewEnd({ spans, archivedQ: null }, f);
}

/** What a viewer at `f` has to be told at `t`: events over `over` up to `upTo`, a drop, that it is back; or nothing. */
export type SubjectDelta = { readonly over: number; readonly upTo: number; readonly drop: Drop | null };

export function subjectDelta(
  subject: Subject,
  view: SubjectView,
  { f, t }: { f: number; t: number },
): SubjectDelta | null {
  const over = viewEnd(view, f);
  const upTo = viewEnd(view, t);
  const { archivedQ } = view;
  if (archivedQ !== null && archivedQ <= t)
    return over > 0 ? { over: 0, upTo: 0, drop: { subject, q: archivedQ, ...ARCHIVED } } : null;
  const back = inScope(view, t) && !inScope(view, f);
  const gone = !inScope(view, t) && (inScope(view, f) || upTo > over);
  if (upTo === over && !back && !gone) return null;
  const last = view.spans.filter((span) => span.to !== null && span.to <= t).toSorted(byEnd)[0];
  return { over, upTo, drop: gone && last ? { subject, q: upTo, ...last.end } : null };
}

const ARCHIVED = { why: 'archived', to: null, by: null, reason: null } as const;

const inScope = ({ spans }: SubjectView, q: number): boolean =>
  spans.some((span) => span.from <= q && (span.to === null || span.to > q));

const byEnd = (a: Span, b: Span): number => (b.to ?? 0) - (a.to ?? 0);

function spanOf(row: ScopeRow, grant: Grant): Span[] {
  const from = Math.max(row.fromQ, grant.fromQ);
  const to = row.toQ === null || grant.toQ === null ? (row.toQ ?? grant.toQ) : Math.min(row.toQ, grant.toQ);
  if (to !== null && to <= from) return [];
  const byRow = row.toQ !== null && row.toQ === to;
  const end = byRow
    ? { why: row.why ?? 'recalled', to: row.toCrew, by: row.by, reason: row.reason }
    : { why: 'leftCrew' as const, to: crewOf(row.holder), by: grant.by, reason: null };
  return [{ from, to, end }];
}

/** Who still has what the viewer no longer sees. */
function crewOf(holder: string): CrewId | null {
  const crew = holder.startsWith('crew:') ? CrewId.safeParse(holder.slice('crew:'.length)) : null;
  return crew?.success ? crew.data : null;
}
