import { useSignal } from '@preact/signals';

import { Field } from '../../ui/field.tsx';
import { SegmentedChoice } from '../../ui/segmented-choice.tsx';
import { useDesk, useWords } from '../desk-state.ts';
import { FormBox } from '../form-box.tsx';
import type { Judged } from '../judge.ts';
import { typedAhead } from '../typed-ahead.ts';
import { FormActions } from './form-actions.tsx';
import { useCommit } from './use-commit.ts';

const DAYS = ['today', 'tomorrow', 'dayAfter'] as const;
const AHEAD = { today: 0, tomorrow: 1, dayAfter: 2 } as const;

/** The time customers are told. What the crew expects is its own, and stands in the trace. */
export function EtrForm({ one }: { readonly one: Judged }) {
  const desk = useDesk();
  const { t, format } = useWords();
  const { order } = one;
  const day = useSignal<(typeof DAYS)[number]>('today');
  const time = useSignal('');
  const reason = useSignal('');
  const { error, commit } = useCommit(order.id);
  const tell = async (): Promise<void> => {
    const now = desk.client.seconds.peek();
    const etr = typedAhead(time.value, AHEAD[day.value], now);
    if (etr === null) {
      error.value = t('etr.bad');
      return;
    }
    const why = reason.value.trim();
    const data = { etr, ...(why === '' ? {} : { reason: why }) };
    await commit({ kind: 'etrSet', data }, t('answer.etrSet', { id: order.id, time: format.when(etr, now) }));
  };
  return (
    <FormBox onCommit={tell} error={error.value}>
      <Field
        label={t('etr.time')}
        hint={t('etr.means')}
        name="etr"
        inputMode="numeric"
        tabular
        value={time.value}
        onInput={(text) => (time.value = text)}
      />
      <SegmentedChoice
        label={t('etr.day')}
        options={DAYS.map((value) => ({ value, label: t(`etr.${value}`) }))}
        value={day.value}
        onChoose={(value) => (day.value = value)}
      />
      <Field label={t('etr.reason')} name="reason" value={reason.value} onInput={(text) => (reason.value = text)} />
      <FormActions label={t('act.setEtr')} />
    </FormBox>
  );
}
