import { useSignal } from '@preact/signals';

import { AREAS, CUSTOMER_CLASSES } from '#shared/event/parts.ts';

import { Field } from '../../ui/field.tsx';
import { SegmentedChoice } from '../../ui/segmented-choice.tsx';
import { useWords } from '../desk-state.ts';
import { FormBox } from '../form-box.tsx';
import type { Judged } from '../judge.ts';
import { FormActions } from './form-actions.tsx';
import { useCommit } from './use-commit.ts';

/** Corrects the report. Promises hang on area and customer class: with another of them the clocks begin anew. */
export function AmendForm({ one }: { readonly one: Judged }) {
  const { t } = useWords();
  const { order } = one;
  const { report } = order;
  const area = useSignal(report?.area ?? 'urban');
  const customerClass = useSignal(report?.customerClass ?? 'ordinary');
  const address = useSignal(report?.address ?? '');
  const reason = useSignal('');
  const { error, commit } = useCommit(order.id);
  const moved = area.value !== report?.area || customerClass.value !== (report?.customerClass ?? 'ordinary');
  const amend = async (): Promise<void> => {
    const [where, why] = [address.value.trim(), reason.value.trim()];
    const renamed = where !== '' && where !== report?.address;
    if (!moved && !renamed) {
      error.value = t('more.nothingChanged');
      return;
    }
    if (why === '') {
      error.value = t('refusal.reasonMissing');
      return;
    }
    const data = {
      ...(area.value === report?.area ? {} : { area: area.value }),
      ...(customerClass.value === (report?.customerClass ?? 'ordinary') ? {} : { customerClass: customerClass.value }),
      ...(renamed ? { address: where } : {}),
      reason: why,
    };
    await commit({ kind: 'amended', data }, t('answer.amended', { id: order.id }));
  };
  return (
    <FormBox onCommit={amend} error={error.value}>
      <SegmentedChoice
        label={t('field.area')}
        options={AREAS.map((value) => ({ value, label: t(`areaName.${value}`) }))}
        value={area.value}
        onChoose={(value) => (area.value = value)}
      />
      <SegmentedChoice
        label={t('more.class')}
        options={CUSTOMER_CLASSES.map((value) => ({ value, label: t(`class.${value}`) }))}
        value={customerClass.value}
        onChoose={(value) => (customerClass.value = value)}
      />
      <Field
        label={t('field.address')}
        name="address"
        value={address.value}
        onInput={(text) => (address.value = text)}
      />
      <Field
        label={t('field.reason')}
        hint={moved ? t('more.newEpoch') : undefined}
        name="reason"
        value={reason.value}
        onInput={(text) => (reason.value = text)}
      />
      <FormActions label={t('act.amend')} />
    </FormBox>
  );
}
