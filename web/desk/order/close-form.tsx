import { useSignal } from '@preact/signals';

import { stageRank } from '#shared/order/order.ts';

import { Field } from '../../ui/field.tsx';
import { SegmentedChoice } from '../../ui/segmented-choice.tsx';
import { useWords } from '../desk-state.ts';
import { FormBox } from '../form-box.tsx';
import type { Judged } from '../judge.ts';
import { FormActions } from './form-actions.tsx';
import { useCommit } from './use-commit.ts';

const OUTCOMES = ['restored', 'customerSide', 'noFault', 'duplicate', 'cancelled'] as const;
type Outcome = (typeof OUTCOMES)[number];

export function CloseForm({ one }: { readonly one: Judged }) {
  const { t } = useWords();
  const { order } = one;
  const restored = stageRank(order.stage) >= stageRank('restored');
  const outcome = useSignal<Outcome | undefined>(restored ? 'restored' : undefined);
  const note = useSignal('');
  const { error, commit } = useCommit(order.id);
  const close = async (): Promise<void> => {
    if (outcome.value === undefined) {
      error.value = t('close.outcomeMissing');
      return;
    }
    const said = note.value.trim();
    const data = { outcome: outcome.value, ...(said === '' ? {} : { note: said }) };
    await commit({ kind: 'closed', data }, t('answer.closed', { id: order.id }));
  };
  return (
    <FormBox onCommit={close} error={error.value}>
      <SegmentedChoice
        label={t('close.outcome')}
        options={OUTCOMES.map((value) => ({ value, label: t(`outcome.${value}`) }))}
        value={outcome.value}
        onChoose={(value) => (outcome.value = value)}
      />
      <Field label={t('field.note')} name="note" value={note.value} onInput={(text) => (note.value = text)} />
      <FormActions label={t('act.closeOrder')} />
    </FormBox>
  );
}
