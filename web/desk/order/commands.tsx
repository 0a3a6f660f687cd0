import { useSignal } from '@preact/signals';

import type { Refusal } from '#shared/order/decide.ts';
import { type DeskOperation, deskOperations } from '#shared/order/operations.ts';

import { ActionButton } from '../../ui/action-button.tsx';
import { QuietButton } from '../../ui/quiet-button.tsx';
import { useDesk, useWords } from '../desk-state.ts';
import type { Judged } from '../judge.ts';
import { OPERATION_KEYS, OPERATION_WORDS } from '../operation-words.ts';
import { refusalWords } from '../order-words.ts';
import { AmendForm } from './amend-form.tsx';
import { CloseForm } from './close-form.tsx';
import { ContactForm } from './contact-form.tsx';
import { CrewPicker } from './crew-picker.tsx';
import { EndForm } from './end-form.tsx';
import { EtrForm } from './etr-form.tsx';
import { MergeForm } from './merge-form.tsx';
import { NoteForm } from './note-form.tsx';
import { RadioForm } from './radio-form.tsx';
import { ReasonForm } from './reason-form.tsx';
import { RecallForm } from './recall-form.tsx';
import { UrgeForm } from './urge-form.tsx';

/** What is wanted less often. A way back is offered only where there is something to go back to. */
const MORE: ReadonlySet<DeskOperation> = new Set(['amend', 'endAtIntake', 'cancel', 'merge', 'unmerge', 'reopen']);
const NOTHING_TO_UNDO: readonly (Refusal | null)[] = ['notClosed', 'notMerged'];

/** Everything the desk can do with an order. What cannot be done says why, beside itself. */
export function Commands({ one }: { readonly one: Judged }) {
  const desk = useDesk();
  const { t } = useWords();
  const { order } = one;
  const open = useSignal(false);
  const role = desk.client.session.value?.person.role;
  if (role === undefined) return null;
  const operations = deskOperations(order, role).filter(({ refusal }) => !NOTHING_TO_UNDO.includes(refusal));
  // What has ended is taken up again, or nothing.
  const first = operations.filter(({ name }) => !MORE.has(name) || name === 'reopen' || name === 'unmerge');
  const shown = open.value ? [...first, ...operations.filter((one) => !first.includes(one))] : first;
  const form = desk.orderForm.value;
  const asked = typeof form === 'string' ? form : null;
  const allowed = asked !== null && operations.some(({ name, refusal }) => name === asked && refusal === null);
  const answer = desk.answer.value;
  return (
    <div class="order-does">
      <div class="order-commands" role="group" aria-label={t('sheet.commands')}>
        {shown.map(({ name, refusal }) => {
          const whyNot = refusal === null ? undefined : refusalWords(refusal, t);
          const toggle = (): void => {
            desk.orderForm.value = form === name ? null : name;
          };
          return name === 'dispatch' && refusal === null ? (
            <ActionButton key={name} label={t(OPERATION_WORDS[name])} keyHint={OPERATION_KEYS[name]} onTap={toggle} />
          ) : (
            <QuietButton
              key={name}
              label={t(OPERATION_WORDS[name])}
              keyHint={OPERATION_KEYS[name]}
              whyNot={whyNot}
              pressed={form === name}
              onTap={toggle}
            />
          );
        })}
        {shown.length < operations.length || open.value ? (
          <QuietButton label={t('act.more')} expanded={open.value} onTap={() => (open.value = !open.value)} />
        ) : null}
      </div>
      {answer !== null && (
        <p class="order-answer" role="status">
          {answer}
        </p>
      )}
      {allowed && (
        <div class="order-form" key={asked}>
          <Form form={asked} one={one} />
        </div>
      )}
    </div>
  );
}

function Form({ form, one }: { readonly form: DeskOperation; readonly one: Judged }) {
  switch (form) {
    case 'dispatch':
    case 'reassign':
      return <CrewPicker one={one} reassign={form === 'reassign'} />;
    case 'recall':
      return <RecallForm one={one} />;
    case 'reportByRadio':
      return <RadioForm one={one} />;
    case 'urge':
      return <UrgeForm one={one} />;
    case 'setEtr':
      return <EtrForm one={one} />;
    case 'contact':
      return <ContactForm one={one} />;
    case 'close':
      return <CloseForm one={one} />;
    case 'note':
      return <NoteForm one={one} />;
    case 'amend':
      return <AmendForm one={one} />;
    case 'endAtIntake':
      return <EndForm one={one} />;
    case 'merge':
      return <MergeForm one={one} />;
    case 'cancel':
      return <ReasonForm one={one} kind="cancelled" />;
    case 'unmerge':
      return <ReasonForm one={one} kind="unmerged" />;
    case 'reopen':
      return <ReasonForm one={one} kind="reopened" />;
  }
}
