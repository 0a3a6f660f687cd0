import { type Signal, useSignal } from '@preact/signals';

import type { Draft } from '#shared/event/catalog.ts';

import type { About } from '../../read/client-context.ts';
import { useDesk, useWords } from '../desk-state.ts';
import { refusalWords } from '../order-words.ts';
import { isWellFormed } from '../well-formed.ts';

/**
 * Records a draft and answers in one line: done, and the form closes; or why not, and everything typed stays.
 */
export function useCommit(about: About): {
  readonly error: Signal<string | null>;
  readonly commit: (draft: Draft, answer: string) => Promise<void>;
} {
  const desk = useDesk();
  const { t } = useWords();
  const error = useSignal<string | null>(null);
  const commit = async (draft: Draft, answer: string): Promise<void> => {
    if (!isWellFormed(draft)) {
      error.value = t('refusal.tooLong');
      return;
    }
    const [form, order] = [desk.orderForm.peek(), desk.selected.peek()];
    const done = await desk.client.submit(about, draft);
    error.value = done.ok ? null : refusalWords(done.error, t);
    if (!done.ok) return;
    // While it was being stored another form may have been opened: that one is somebody's.
    if (desk.orderForm.peek() === form && desk.selected.peek() === order) desk.orderForm.value = null;
    desk.answer.value = answer;
  };
  return { error, commit };
}
