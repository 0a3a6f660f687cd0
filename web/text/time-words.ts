import type { EventTime } from '#shared/time/event-time.ts';

import type { Format } from './format.ts';

/** What a label says of a time: how sure it is, and why when asked. */
export const timeWords = (time: EventTime, format: Format, withSeconds = false) => ({
  label: format.eventTime(time, withSeconds),
  why: format.timeReason(time),
  unsure: time.grade === 'C' && !time.given,
});
