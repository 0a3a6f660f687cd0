import { useSignal } from '@preact/signals';

import type { EndedAtIntake } from '#shared/event/intake.ts';

import { Field } from '../../ui/field.tsx';
import { SegmentedChoice } from '../../ui/segmented-choice.tsx';
import { useWords } from '../desk-state.ts';
import { FormBox } from '../form-box.tsx';
import type { Judged } from '../judge.ts';
import { FormActions } from './form-actions.tsx';
import { useCommit } from './use-commit.ts';

const REASONS = ['arrears', 'customerSide', 'plannedOutage', 'notOurs', 'guided'] as const;

/** No crew is needed: the customer was told why, and the order ends here. */
export function EndForm({ one }: { readonly one: Judged }) {
  const { t } = useWords();
  const reason = useSignal<EndedAtIntake['reason'] | undefined>(undefined);
  const note = useSignal('');
  const { error, commit } = useCommit(one.order.id);
  const end = async (): Promise<void> => {
    if (reason.value === undefined) {
      error.value = t('refusal.reasonMissing');
      return;
    }
    const said = note.value.trim();
    const data = { reason: reason.value, ...(said === '' ? {} : { note: said }) };
    await commit({ kind: 'endedAtIntake', data }, t('answer.ended', { id: one.order.id }));
  };
  return (
    <FormBox onCommit={end} error={error.value}>
      <SegmentedChoice
        label={t('field.reason')}
        options={REASONS.map((value) => ({ value, label: t(`endIntake.${value}`) }))}
        value={reason.value}
        onChoose={(value) => (reason.value = value)}
      />
      <Field label={t('field.note')} name="note" value={note.value} onInput={(text) => (note.value = text)} />
      <FormActions label={t('act.endAtIntake')} />
    </FormBox>
  );
}
