import type { Envelope, LoggedEvent } from '#shared/event/envelope.ts';

import { loggedEvent, type LoggedRow } from './logged-event.ts';

/** An event as it lies in the log, `text` being the very text that was hashed. */
export type WrittenRow = Omit<LoggedRow, 'event'> & { readonly text: string };

/**
 * An event on its way into an answer. Its text goes there as it lies in the log: parsing it and writing it anew would cost
 * more than all else that is done for a page. It is parsed where somebody looks into it.
 */
export class WrittenEvent implements LoggedEvent {
  readonly #row: WrittenRow;

  constructor(row: WrittenRow) {
    this.#row = row;
  }

  get event(): Envelope {
    return this.toJSON().event;
  }

  get hash(): string {
    return this.#row.hash;
  }

  get q(): number {
    return this.#row.q;
  }

  get rcv(): number {
    return this.#row.rcv;
  }

  get time(): LoggedEvent['time'] {
    return this.toJSON().time;
  }

  toJSON(): LoggedEvent {
    // oxlint-disable-next-line typescript/consistent-type-assertions -- only events are written there
    return loggedEvent({ ...this.#row, event: JSON.parse(this.#row.text) as Envelope });
  }

  /** The same in JSON. Hashes, grades and reasons have nothing in them that would have to be escaped. */
  written(): string {
    const { text, hash, q, rcv, lo, hi, est, e, grade, given, why } = this.#row;
    const more = `${given ? `,"given":"${given}"` : ''}${why ? `,"why":"${why}"` : ''}`;
    const time = `{"lo":${lo},"hi":${hi},"est":${est},"e":${e},"grade":"${grade}"${more}}`;
    return `{"event":${text},"hash":"${hash}","q":${q},"rcv":${rcv},"time":${time}}`;
  }
}
