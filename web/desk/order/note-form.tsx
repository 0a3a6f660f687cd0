import { useSignal } from '@preact/signals';

import { Field } from '../../ui/field.tsx';
import { useWords } from '../desk-state.ts';
import { FormBox } from '../form-box.tsx';
import type { Judged } from '../judge.ts';
import { FormActions } from './form-actions.tsx';
import { useCommit } from './use-commit.ts';

export function NoteForm({ one }: { readonly one: Judged }) {
  const { t } = useWords();
  const { order } = one;
  const text = useSignal('');
  const { error, commit } = useCommit(order.id);
  const note = async (): Promise<void> => {
    const said = text.value.trim();
    if (said === '') {
      error.value = t('note.empty');
      return;
    }
    await commit({ kind: 'noted', data: { crew: order.crew, text: said } }, t('answer.noted', { id: order.id }));
  };
  return (
    <FormBox onCommit={note} error={error.value}>
      <Field
        kind="area"
        label={t('field.note')}
        name="note"
        value={text.value}
        onInput={(said) => (text.value = said)}
      />
      <FormActions label={t('act.note')} />
    </FormBox>
  );
}
