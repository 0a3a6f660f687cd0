import './erase-texts.css';
import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';

import { REDACTION_REASONS, type Redacted } from '#shared/event/redaction.ts';
import type { EventId } from '#shared/ids.ts';
import { erased } from '#shared/order/erase.ts';
import { reachOf } from '#shared/order/rights.ts';

import { createAdministration } from '../../read/administration.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Field } from '../../ui/field.tsx';
import { QuietButton } from '../../ui/quiet-button.tsx';
import { askArchived } from '../archived-log.ts';
import { useDesk, useWords } from '../desk-state.ts';
import { FormBox } from '../form-box.tsx';
import type { Judged } from '../judge.ts';
import { useMake } from '../use-make.ts';
import { traceWords } from './trace-words.ts';

/**
 * Erases what people typed or signed, of one event or of all, for whoever has the right; also of an archived order. There is no
 * way back, so it is asked twice, and the second time it says how much would go.
 */
export function EraseTexts({ one, archived }: { readonly one: Judged; readonly archived: boolean }) {
  const desk = useDesk();
  const words = useWords();
  const { t, format } = words;
  const server = useMemo(() => createAdministration(desk.client), [desk]);
  const step = useSignal<'closed' | 'choosing' | 'asking'>('closed');
  const which = useSignal('');
  const why = useSignal('');
  const { error, done, make } = useMake();
  const role = desk.client.session.value?.person.role;
  if (role === undefined || reachOf(role, 'redacted') === null) return null;
  const { order, view, at } = one;
  const around = { org: desk.client.org.value, order, now: at };
  // Only what the centre has; what is still on its way can be erased when it is there.
  const told = view.events.filter(({ recorded }) => recorded.q !== null && erased(recorded.event) !== null);
  const wanted: readonly EventId[] = told.map(({ id }) => id).filter((id) => which.value === '' || id === which.value);
  const reason = REDACTION_REASONS.find((known) => known === why.value);

  const next = async (): Promise<void> => {
    if (reason === undefined) error.value = t('erase.whyMissing');
    else if (step.value === 'choosing') {
      error.value = null;
      step.value = 'asking';
    } else await erase(reason);
  };
  const erase = async (because: Redacted['reason']): Promise<void> => {
    const events = which.value === '' ? null : [...wanted];
    const asking = server.redact({ order: order.id, events, reason: because });
    const answer = await make(asking, t('answer.erased', { id: order.id, n: wanted.length }));
    if (answer === null) return;
    step.value = 'closed';
    which.value = '';
    why.value = '';
    if (!archived) return;
    const again = await askArchived(desk, order.id);
    if (again.ok && desk.archived.peek()?.id === order.id) desk.archived.value = again.value;
  };
  const leave = (): void => {
    step.value = 'closed';
    error.value = null;
  };

  return (
    <div class="erase-texts">
      <QuietButton
        label={t('act.erase')}
        expanded={step.value !== 'closed'}
        whyNot={told.length === 0 && step.value === 'closed' ? t('erase.nothing') : undefined}
        onTap={() => (step.value === 'closed' ? (step.value = 'choosing') : leave())}
      />
      {done.value !== null && <p role="status">{done.value}</p>}
      {step.value !== 'closed' && (
        <div class="order-form">
          <FormBox key={step.value} onCommit={next} error={error.value}>
            {step.value === 'choosing' ? (
              <>
                <Field
                  kind="select"
                  label={t('erase.what')}
                  hint={t('erase.means')}
                  name="erase-what"
                  options={[
                    { value: '', label: t('erase.all', { n: told.length }) },
                    ...told.map(({ id, recorded }) => ({
                      value: id,
                      label: `${format.when(recorded.time.est, at)} · ${traceWords(recorded, around, words)}`,
                    })),
                  ]}
                  value={which.value}
                  onInput={(chosen) => (which.value = chosen)}
                />
                <Field
                  kind="select"
                  label={t('erase.why')}
                  name="erase-why"
                  options={[
                    { value: '', label: t('erase.choose') },
                    ...REDACTION_REASONS.map((known) => ({ value: known, label: t(`eraseFor.${known}`) })),
                  ]}
                  value={why.value}
                  onInput={(chosen) => (why.value = chosen)}
                />
              </>
            ) : (
              <p role="alert">{t('erase.sure', { n: wanted.length })}</p>
            )}
            <div class="form-actions">
              {/* The second time the focus is where nothing happens. */}
              {step.value === 'asking' && <QuietButton label={t('act.leave')} onTap={leave} />}
              <ActionButton
                label={t(step.value === 'choosing' ? 'erase.next' : 'erase.do')}
                keyHint="Ctrl+Enter"
                submits
                onTap={noop}
              />
              {step.value === 'choosing' && <QuietButton label={t('act.leave')} onTap={leave} />}
            </div>
          </FormBox>
        </div>
      )}
    </div>
  );
}

// The form's own submit does the work, also for the keyboard.
const noop = (): void => undefined;
