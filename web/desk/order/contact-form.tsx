import { useSignal } from '@preact/signals';

import { Field } from '../../ui/field.tsx';
import { SegmentedChoice } from '../../ui/segmented-choice.tsx';
import { useDesk, useWords } from '../desk-state.ts';
import { FormBox } from '../form-box.tsx';
import type { Judged } from '../judge.ts';
import { typedTime } from '../typed-time.ts';
import { FormActions } from './form-actions.tsx';
import { useCommit } from './use-commit.ts';

const HOW = ['reached', 'notReached'] as const;

/** The customer was called from the desk. Nobody says for a person whether somebody answered. */
export function ContactForm({ one }: { readonly one: Judged }) {
  const desk = useDesk();
  const { t, format } = useWords();
  const { order } = one;
  const begun = useSignal(format.clock(desk.client.now.peek()));
  const clock = useSignal(begun.peek());
  const how = useSignal<(typeof HOW)[number] | undefined>(undefined);
  const { error, commit } = useCommit(order.id);
  const record = async (): Promise<void> => {
    if (how.value === undefined) {
      error.value = t('contact.choose');
      return;
    }
    const at = typedTime(clock.value, desk.client.seconds.peek());
    if (at === null) {
      error.value = t('radio.badTime');
      return;
    }
    const reached = how.value === 'reached';
    // A time that was typed is less sure than the moment it is recorded.
    const typed = clock.value === begun.value ? {} : { at: { at, source: 'typed' as const } };
    const answer = t(reached ? 'answer.contacted' : 'answer.notReached', { id: order.id });
    await commit({ kind: 'contacted', data: { crew: order.crew, reached, ...typed } }, answer);
  };
  return (
    <FormBox onCommit={record} error={error.value}>
      <SegmentedChoice
        label={t('contact.how')}
        options={HOW.map((value) => ({ value, label: t(`contact.${value}`) }))}
        value={how.value}
        onChoose={(value) => (how.value = value)}
      />
      <Field
        label={t('contact.time')}
        hint={t('contact.timeHint')}
        name="time"
        inputMode="numeric"
        tabular
        value={clock.value}
        onInput={(text) => (clock.value = text)}
      />
      <FormActions label={t('act.callCustomer')} />
    </FormBox>
  );
}
