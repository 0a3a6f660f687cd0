import { useSignal } from '@preact/signals';

import { isLive } from '#shared/order/order.ts';

import { Field } from '../../ui/field.tsx';
import { SegmentedChoice } from '../../ui/segmented-choice.tsx';
import { useDesk, useWords } from '../desk-state.ts';
import { FormBox } from '../form-box.tsx';
import type { Judged } from '../judge.ts';
import { metresBetween } from '../typed-point.ts';
import { FormActions } from './form-actions.tsx';
import { useCommit } from './use-commit.ts';

const OFFERED = 4;

/** The same trouble as another order: it goes on there. The nearest live orders are offered; any other by its id. */
export function MergeForm({ one }: { readonly one: Judged }) {
  const desk = useDesk();
  const { t, format } = useWords();
  const { order } = one;
  const into = useSignal('');
  const reason = useSignal('');
  const { error, commit } = useCommit(order.id);
  const others = desk.judged.value.filter((other) => other.order.id !== order.id && isLive(other.order));
  const near = others
    .map((other) => ({ other, metres: metresTo(order, other.order) }))
    .sort((a, b) => a.metres - b.metres)
    .slice(0, OFFERED);
  const merge = async (): Promise<void> => {
    const typed = into.value.trim().toUpperCase();
    const target = others.find((other) => other.order.id === typed)?.order.id;
    const why = reason.value.trim();
    if (target === undefined) error.value = t('more.noSuchOrder');
    else if (why === '') error.value = t('refusal.reasonMissing');
    else
      await commit(
        { kind: 'merged', data: { into: target, reason: why } },
        t('answer.merged', { id: order.id, into: target }),
      );
  };
  return (
    <FormBox onCommit={merge} error={error.value}>
      {near.length > 0 && (
        <SegmentedChoice
          label={t('more.near')}
          options={near.map(({ other: { order: found }, metres }) => ({
            value: found.id,
            label: found.id,
            note: [found.report?.address, Number.isFinite(metres) ? format.distance(metres) : null]
              .filter(Boolean)
              .join(' · '),
          }))}
          value={near.find(({ other }) => other.order.id === into.value)?.other.order.id}
          onChoose={(value) => (into.value = value)}
        />
      )}
      <Field
        label={t('more.into')}
        hint={t('more.mergeMeans')}
        name="into"
        value={into.value}
        onInput={(text) => (into.value = text)}
      />
      <Field label={t('field.reason')} name="reason" value={reason.value} onInput={(text) => (reason.value = text)} />
      <FormActions label={t('act.merge')} />
    </FormBox>
  );
}

function metresTo(a: Judged['order'], b: Judged['order']): number {
  const [from, to] = [a.report?.point, b.report?.point];
  return from && to ? metresBetween(from, to) : Infinity;
}
