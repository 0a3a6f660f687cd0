import { useSignal } from '@preact/signals';

import type { Draft } from '#shared/event/catalog.ts';

import { Field } from '../../ui/field.tsx';
import { useWords } from '../desk-state.ts';
import { FormBox } from '../form-box.tsx';
import type { Judged } from '../judge.ts';
import { FormActions } from './form-actions.tsx';
import { useCommit } from './use-commit.ts';

const WORDS = {
  cancelled: { act: 'act.cancelOrder', hint: 'more.cancelMeans', answer: 'answer.cancelled' },
  unmerged: { act: 'act.unmerge', hint: 'more.unmergeMeans', answer: 'answer.unmerged' },
  reopened: { act: 'act.reopen', hint: 'more.reopenMeans', answer: 'answer.reopened' },
} as const;

/** What needs nothing but a reason: take back, part again, take up again. The hint says what becomes of the clocks. */
export function ReasonForm({ one, kind }: { readonly one: Judged; readonly kind: keyof typeof WORDS }) {
  const { t } = useWords();
  const { order } = one;
  const reason = useSignal('');
  const { error, commit } = useCommit(order.id);
  const words = WORDS[kind];
  const record = async (): Promise<void> => {
    const why = reason.value.trim();
    if (why === '') {
      error.value = t('refusal.reasonMissing');
      return;
    }
    await commit(draftOf(kind, why), t(words.answer, { id: order.id }));
  };
  return (
    <FormBox onCommit={record} error={error.value}>
      <Field
        label={t('field.reason')}
        hint={t(words.hint)}
        name="reason"
        value={reason.value}
        onInput={(text) => (reason.value = text)}
      />
      <FormActions label={t(words.act)} />
    </FormBox>
  );
}

function draftOf(kind: keyof typeof WORDS, reason: string): Draft {
  switch (kind) {
    case 'cancelled':
      return { kind, data: { reason } };
    case 'unmerged':
      return { kind, data: { reason } };
    case 'reopened':
      return { kind, data: { reason } };
  }
}
