import { useSignal } from '@preact/signals';

import type { EventId, OrderId } from '#shared/ids.ts';

import { ActionButton } from '../../ui/action-button.tsx';
import { Field } from '../../ui/field.tsx';
import { QuietButton } from '../../ui/quiet-button.tsx';
import { SegmentedChoice } from '../../ui/segmented-choice.tsx';
import { useDesk, useWords } from '../desk-state.ts';
import { FormBox } from '../form-box.tsx';
import { refusalWords } from '../order-words.ts';
import { isWellFormed } from '../well-formed.ts';

type AcknowledgeFormProps = {
  readonly order: OrderId;
  readonly alert: EventId;
  readonly how: 'claimed' | 'shelved';
};

const CHOICES = ['5', '10', '30'] as const;
const MINUTE = 60_000;

/** Claiming carries a name and a time to look again; shelving an end and a reason. */
export function AcknowledgeForm({ order, alert, how }: AcknowledgeFormProps) {
  const desk = useDesk();
  const { t, format } = useWords();
  const minutes = useSignal<(typeof CHOICES)[number]>('10');
  const reason = useSignal('');
  const error = useSignal<string | null>(null);
  const until = desk.client.now.value + Number(minutes.value) * MINUTE;

  const commit = async (): Promise<void> => {
    const why = reason.value.trim();
    if (how === 'shelved' && why === '') {
      error.value = t('refusal.reasonMissing');
      return;
    }
    const data = { alert, how, until: Math.round(until), ...(why === '' ? {} : { reason: why }) };
    const draft = { kind: 'alertAcknowledged', data } as const;
    if (!isWellFormed(draft)) {
      error.value = t('refusal.tooLong');
      return;
    }
    const form = desk.alertForm.peek();
    const done = await desk.client.submit(order, draft);
    if (!done.ok) {
      error.value = refusalWords(done.error, t);
      return;
    }
    // While it was being stored the next alert may have been taken up: that form is somebody's.
    if (desk.alertForm.peek() === form) {
      desk.alertForm.value = null;
      // The next key is for the next alert.
      desk.currentAlert.value = null;
    }
    desk.answer.value = t(how === 'claimed' ? 'answer.claimed' : 'answer.shelved', {
      id: order,
      time: format.clock(until),
    });
  };

  return (
    <FormBox onCommit={commit} error={error.value}>
      <SegmentedChoice
        label={t(how === 'claimed' ? 'alerts.lookAgain' : 'alerts.shelveUntil')}
        options={CHOICES.map((value) => ({ value, label: t('time.minutes', { n: value }) }))}
        value={minutes.value}
        onChoose={(value) => (minutes.value = value)}
      />
      {how === 'shelved' && (
        <Field label={t('field.reason')} name="reason" value={reason.value} onInput={(text) => (reason.value = text)} />
      )}
      <div class="form-actions">
        <ActionButton
          label={t(how === 'claimed' ? 'act.claim' : 'act.shelve')}
          keyHint="Ctrl+Enter"
          submits
          onTap={noop}
        />
        <QuietButton label={t('act.leave')} keyHint="Esc" onTap={() => (desk.alertForm.value = null)} />
      </div>
    </FormBox>
  );
}

// The form's own submit does the work, also for the keyboard.
const noop = (): void => undefined;
