import type { Draft } from '#shared/event/catalog.ts';
import type { Given } from '#shared/event/parts.ts';
import type { UnitId } from '#shared/ids.ts';

import type { ImportedOrder } from './read-row.ts';

/** An order's report as another system states it. */
export function reportedDraft(order: ImportedOrder, system: string, unit: UnitId): Draft<'reported'> {
  return {
    kind: 'reported',
    data: {
      unit,
      address: order.address,
      ...(order.point ? { point: order.point } : {}),
      area: order.area,
      channel: 'import',
      ...(order.customers === null ? {} : { customers: order.customers }),
      ...(order.words === null ? {} : { words: order.words }),
      at: order.times.reported,
      source: { system, key: order.key },
    },
  };
}

/** When an order ended, or null while it needs somebody: power back on without a closing time ends it too. */
export const endOf = ({ times }: ImportedOrder): Given | null => times.closed ?? times.restored ?? null;

/** What happened to an order that has ended, in the order of the work: whose crew is not known. */
export function historyDrafts(order: ImportedOrder): readonly Draft[] {
  const { dispatched, departed, arrived, restored } = order.times;
  const end = endOf(order);
  if (!end) throw new Error('only an order that has ended has a history');
  const drafts: Draft[] = [];
  if (dispatched) drafts.push({ kind: 'dispatched', data: { crew: null, at: dispatched } });
  if (departed) drafts.push({ kind: 'departed', data: { crew: null, at: departed } });
  if (arrived) drafts.push({ kind: 'arrived', data: { crew: null, at: arrived } });
  if (restored) drafts.push({ kind: 'restored', data: { crew: null, extent: 'all', at: restored } });
  drafts.push({ kind: 'closed', data: { outcome: order.outcome, at: end } });
  drafts.push({ kind: 'archived', data: {} });
  return drafts;
}
