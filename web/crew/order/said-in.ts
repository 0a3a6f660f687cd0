import { understood } from '#shared/event/catalog.ts';
import type { Recorded } from '#shared/event/envelope.ts';

import { returnWord, suspendWord, urgeAnswerWord } from '../reason-words.ts';
import type { Words } from '../shell.ts';

/** What an event says besides that it happened, a line each. */
export function saidIn({ event }: Recorded, { t, f }: Words): readonly string[] {
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
      return [suspendWord(draft.data.reason, t), ...noteIn(draft.data)];
    case 'returned':
      return [returnWord(draft.data.reason, t), ...noteIn(draft.data)];
    case 'urged':
      return draft.data.words === undefined ? [] : [draft.data.words];
    case 'urgeAnswered':
      return [draft.data.note ?? urgeAnswerWord(draft.data.answer, t)];
    case 'materialsUsed':
      return draft.data.items.map(({ what, count, unit }) => `${what} ${count}${unit === undefined ? '' : ` ${unit}`}`);
    case 'signed':
      return draft.data.name === undefined ? [] : [draft.data.name];
    default:
      return [];
  }
}

const noteIn = ({ note }: { note?: string | undefined }): readonly string[] => (note === undefined ? [] : [note]);
