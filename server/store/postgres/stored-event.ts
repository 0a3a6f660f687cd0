import type { Envelope, LoggedEvent } from '#shared/event/envelope.ts';

import { loggedEvent, type LoggedRow } from '../logged-event.ts';
import { WrittenEvent, writtenText } from '../written-event.ts';
import { parsed } from './parsed.ts';

/** The columns of an event as everybody else sees it. */
export const LOGGED = 'body, hash, q, rcv, lo, hi, est, e, grade, given, why';

export type StoredEvent = Omit<LoggedRow, 'event'> & { readonly body: string };

export const eventOf = ({ body, ...row }: StoredEvent): LoggedEvent =>
  loggedEvent({ ...row, event: parsed<Envelope>(body) });

/** The same on its way into an answer. */
export const writtenEventOf = (row: StoredEvent): WrittenEvent => new WrittenEvent(writtenText(row));
