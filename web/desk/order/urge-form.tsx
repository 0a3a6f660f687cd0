import { useSignal } from '@preact/signals';

import type { Urged } from '#shared/event/dispatch.ts';

import { Field } from '../../ui/field.tsx';
import { SegmentedChoice } from '../../ui/segmented-choice.tsx';
import { useWords } from '../desk-state.ts';
import { FormBox } from '../form-box.tsx';
import type { Judged } from '../judge.ts';
import { FormActions } from './form-actions.tsx';
import { useCommit } from './use-commit.ts';

const LEVELS = ['handler', 'leader', 'director'] as const satisfies readonly Urged['level'][];

/** A push along handler, leader, director. It moves no clock; the next level is offered first. */
export function UrgeForm({ one }: { readonly one: Judged }) {
  const { t } = useWords();
  const { order } = one;
  const before = order.facts.filter(({ kind }) => kind === 'urged').length;
  const level = useSignal<Urged['level']>(LEVELS[Math.min(before, LEVELS.length - 1)] ?? 'handler');
  const words = useSignal('');
  const { error, commit } = useCommit(order.id);
  const urge = async (): Promise<void> => {
    const said = words.value.trim();
    const data = { level: level.value, ...(said === '' ? {} : { words: said }) };
    await commit({ kind: 'urged', data }, t('answer.urged', { id: order.id, level: t(`urge.${level.value}`) }));
  };
  return (
    <FormBox onCommit={urge} error={error.value}>
      <SegmentedChoice
        label={t('urge.whom')}
        options={LEVELS.map((value) => ({ value, label: t(`urge.${value}`) }))}
        value={level.value}
        onChoose={(value) => (level.value = value)}
      />
      <Field
        label={t('urge.words')}
        hint={t('urge.means')}
        name="urge-words"
        value={words.value}
        onInput={(text) => (words.value = text)}
      />
      <FormActions label={t('act.urge')} />
    </FormBox>
  );
}
