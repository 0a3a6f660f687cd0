import { understood } from '#shared/event/catalog.ts';
import type { Recorded } from '#shared/event/envelope.ts';

import type { PageWords } from '../page-words.ts';
import { returnWord, suspendWord, urgeAnswerWord } from '../reason-words.ts';

/** What an event says besides that it happened, a line each. */
export function saidIn({ event }: Recorded, { t, p, f }: PageWords): readonly string[] {
  const draft = understood(event);
  switch (draft?.kind) {
    case 'noted':
      return [draft.data.text];
    case 'recalled':
    case 'reassigned':
      return [draft.data.reason];
    case 'diagnosed':
      return [
        draft.data.cause,
        ...(draft.data.etr === undefined ? [] : [t('order.etr', { time: f.clock(draft.data.etr) })]),
      ];
    case 'etrSet':
      return [t('order.etr', { time: f.clock(draft.data.etr) })];
    case 'explained':
      return [draft.data.why];
    case 'suspended':
      return [suspendWord(draft.data.reason, p), ...noteIn(draft.data)];
    case 'returned':
      return [returnWord(draft.data.reason, p), ...noteIn(draft.data)];
    case 'urged':
      return draft.data.words === undefined ? [] : [draft.data.words];
    case 'urgeAnswered':
      return [draft.data.note ?? urgeAnswerWord(draft.data.answer, p)];
    case 'materialsUsed':
      return draft.data.items.map(({ what, count, unit }) => `${what} ${count}${unit === undefined ? '' : ` ${unit}`}`);
    case 'signed':
      return draft.data.name === undefined ? [] : [draft.data.name];
    default:
      return [];
  }
}

const noteIn = ({ note }: { note?: string | undefined }): readonly string[] => (note === undefined ? [] : [note]);
