import { sql } from 'drizzle-orm';

import type { Envelope, LoggedEvent } from '#shared/event/envelope.ts';

import { timeOf, type LoggedRow } from './logged-event.ts';
import { event } from './schema.ts';

/**
 * An event on its way into an answer, in JSON. Its text goes there as it lies in the log: parsing it and writing it anew
 * would cost more than all else that is done for a page. It is parsed where somebody looks into it.
 */
export class WrittenEvent implements LoggedEvent {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  get event(): Envelope {
    return this.toJSON().event;
  }

  get hash(): string {
    return this.toJSON().hash;
  }

  get q(): number {
    return this.toJSON().q;
  }

  get rcv(): number {
    return this.toJSON().rcv;
  }

  get time(): LoggedEvent['time'] {
    return this.toJSON().time;
  }

  toJSON(): LoggedEvent {
    // oxlint-disable-next-line typescript/consistent-type-assertions -- only events are written there
    return JSON.parse(this.text) as LoggedEvent;
  }
}

/** What an event reads as in JSON, its body being the text that was hashed. */
export const writtenText = ({ body, hash, q, rcv, ...times }: Omit<LoggedRow, 'event'> & Body): string =>
  `{"event":${body},${JSON.stringify({ hash, q, rcv, time: timeOf(times) }).slice(1)}`;

type Body = { readonly body: string };

/** A doubt has all its digits, and none behind the point that says nothing. */
const DOUBT = sql`case when ${event.e} = cast(${event.e} as integer) then cast(${event.e} as integer)
  else printf('%!.17g', ${event.e}) end`;

/** The same, put together where it lies: one value is read in the place of eleven. Nothing beside the body has to be escaped. */
export const WRITTEN = sql<string>`concat('{"event":', ${event.body}, ',"hash":"', ${event.hash}, '","q":', ${event.q},
  ',"rcv":', ${event.rcv}, ',"time":{"lo":', ${event.lo}, ',"hi":', ${event.hi}, ',"est":', ${event.est},
  ',"e":', ${DOUBT}, ',"grade":"', ${event.grade}, '"', ',"given":"' || ${event.given} || '"',
  ',"why":"' || ${event.why} || '"', '}}')`;
