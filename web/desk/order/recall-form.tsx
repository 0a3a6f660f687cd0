import { useSignal } from '@preact/signals';

import { Field } from '../../ui/field.tsx';
import { useWords } from '../desk-state.ts';
import { FormBox } from '../form-box.tsx';
import type { Judged } from '../judge.ts';
import { FormActions } from './form-actions.tsx';
import { useCommit } from './use-commit.ts';

/** Takes the order back. The crew reads the reason, so there must be one. */
export function RecallForm({ one }: { readonly one: Judged }) {
  const { t } = useWords();
  const { order } = one;
  const reason = useSignal('');
  const { error, commit } = useCommit(order.id);
  const recall = async (): Promise<void> => {
    const why = reason.value.trim();
    if (why === '' || order.crew === null) {
      error.value = t('refusal.reasonMissing');
      return;
    }
    await commit({ kind: 'recalled', data: { crew: order.crew, reason: why } }, t('answer.recalled', { id: order.id }));
  };
  return (
    <FormBox onCommit={recall} error={error.value}>
      <Field
        label={t('field.reason')}
        hint={t('recall.hint')}
        name="reason"
        value={reason.value}
        onInput={(text) => (reason.value = text)}
      />
      <FormActions label={t('act.recall')} />
    </FormBox>
  );
}
