import type { CrewId, UnitId } from '#shared/ids.ts';

import type { QueuedAlert } from './alert-queue.ts';

/** What a group has in common: a crew nobody hears, a unit, or that the limit only comes. */
export type AlertCause =
  | { readonly is: 'silent'; readonly crew: CrewId }
  | { readonly is: 'unit'; readonly unit: UnitId }
  | { readonly is: 'soon' };

/** One place of the list: an alert alone, or the worst of a group with all others of it. */
export type AlertRow = {
  readonly face: QueuedAlert;
  /** Null: it stands alone. */
  readonly cause: AlertCause | null;
  readonly others: readonly QueuedAlert[];
};

/** Fewer stay alone: what lies in a group is one step further away. */
const LEAST = 3;

/**
 * The list of a seat in a flood. What endangers a person is never inside a group, nor what was just withdrawn; a group
 * stands where its worst member stood.
 */
export function groupedAlerts(listed: readonly QueuedAlert[]): readonly AlertRow[] {
  const groups = new Map<string, QueuedAlert[]>();
  for (const one of listed) {
    const key = keyOf(one);
    if (key === null) continue;
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return listed.flatMap((one): readonly AlertRow[] => {
    const cause = causeOf(one);
    const group = groups.get(keyOf(one) ?? '') ?? [];
    if (cause === null || group.length < LEAST) return [alone(one)];
    return group[0] === one ? [{ face: one, cause, others: group.slice(1) }] : [];
  });
}

export const alone = (face: QueuedAlert): AlertRow => ({ face, cause: null, others: [] });

function causeOf({ alert, order, priority }: QueuedAlert): AlertCause | null {
  if (priority === 1 || alert.end !== null) return null;
  if (priority === 3) return { is: 'soon' };
  if (alert.because === 'silent' && order.crew !== null) return { is: 'silent', crew: order.crew };
  return order.report ? { is: 'unit', unit: order.report.unit } : null;
}

const keyOf = (one: QueuedAlert): string | null => {
  const cause = causeOf(one);
  return cause === null ? null : causeKey(cause);
};

export function causeKey(cause: AlertCause): string {
  if (cause.is === 'soon') return 'soon';
  return cause.is === 'silent' ? `silent ${cause.crew}` : `unit ${cause.unit}`;
}
