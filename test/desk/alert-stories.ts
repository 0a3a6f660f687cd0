import type { AlertLevel } from '#shared/event/alert.ts';
import { foldAll } from '#shared/order/fold.ts';

import type { OrderView } from '../../web/read/client-context.ts';
import { at } from '../builders.ts';
import type { OrderStory } from '../crew/orders.ts';

export const viewOf = ({ id, events }: OrderStory): OrderView => ({
  order: foldAll(id, events),
  events: [],
  drop: null,
  unread: false,
});

/** An alert about the arrival, whose limit is 14:45. */
export function raisedOn(story: OrderStory, level: AlertLevel, clock: string, quiet?: true): OrderStory {
  const because = level === 'soon' ? 'due' : level === 'missed' ? 'over' : 'silent';
  const known = { heard: at('14:00'), devices: [] };
  const limit = at('14:45');
  const data = { rule: 'arrival', level, epoch: 1, limit, because, known, ...(quiet ? { quiet } : {}) } as const;
  story.record('alertRaised', clock, data, { by: null });
  return story;
}
