import type { LoggedEvent } from '#shared/event/envelope.ts';
import type { Page, SyncAnswer } from '#shared/sync/protocol.ts';

import { WrittenEvent } from '../store/written-event.ts';

/** An answer in JSON. The events of its page are most of it: they are put in as they lie in the log. */
export function answerText({ page, ...answer }: SyncAnswer): string {
  return withMember(answer, 'page', page === null ? 'null' : pageText(page));
}

function pageText({ subjects, ...page }: Page): string {
  const texts = subjects.map(({ events, ...subject }) => withMember(subject, 'events', listOf(events.map(eventText))));
  return withMember(page, 'subjects', listOf(texts));
}

const eventText = (logged: LoggedEvent): string =>
  logged instanceof WrittenEvent ? logged.text : JSON.stringify(logged);

/** An object that has members already, and one more, whose value is given in JSON. */
const withMember = (object: object, name: string, value: string): string =>
  `${JSON.stringify(object).slice(0, -1)},"${name}":${value}}`;

const listOf = (texts: readonly string[]): string => `[${texts.join(',')}]`;
