import './restore-form.css';
import type { Signal } from '@preact/signals';

import { SegmentedChoice } from '../ui/segmented-choice.tsx';
import type { RestoreAnswer } from './field-draft.ts';
import { useWords } from './shell.ts';

/** How much is back on, and three safety ticks. A tick that is missing is recorded as not confirmed, nothing more. */
export function RestoreForm({ answer }: { readonly answer: Signal<RestoreAnswer> }) {
  const { t } = useWords();
  const change = (part: Partial<RestoreAnswer>): void => {
    answer.value = { ...answer.value, ...part };
  };
  const tick = (key: 'earthsRemoved' | 'peopleClear' | 'customerTold', label: string) => (
    <label class="tick">
      <input
        type="checkbox"
        checked={answer.value[key]}
        onChange={(event) => change({ [key]: event.currentTarget.checked })}
      />
      <span>{label}</span>
    </label>
  );
  return (
    <div class="restore-form">
      <SegmentedChoice
        label={t('order.extent')}
        value={answer.value.extent}
        options={[
          { value: 'all', label: t('order.extentAll') },
          { value: 'part', label: t('order.extentPart') },
        ]}
        onChoose={(extent) => change({ extent })}
      />
      <fieldset class="ticks">
        <legend>{t('order.safety')}</legend>
        {tick('earthsRemoved', t('order.earthsRemoved'))}
        {tick('peopleClear', t('order.peopleClear'))}
        {tick('customerTold', t('order.customerTold'))}
      </fieldset>
      <p class="meta">{t('order.notConfirmed')}</p>
    </div>
  );
}
