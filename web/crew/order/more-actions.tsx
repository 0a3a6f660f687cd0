import './more-actions.css';
import { useSignal } from '@preact/signals';

import type { CrewId } from '#shared/ids.ts';
import { crewOperations } from '#shared/order/operations.ts';

import { type OrderView, useClient } from '../../read/client-context.ts';
import { Field } from '../../ui/field.tsx';
import { QuietButton } from '../../ui/quiet-button.tsx';
import { refusalWords } from '../refusal-words.ts';
import { useWords } from '../shell.ts';
import { stepVerb } from '../steps.ts';
import type { StepModel } from '../use-step.ts';

/** Everything else that can be recorded; what cannot be done now says why. */
export function MoreActions({
  view,
  crew,
  model,
}: {
  readonly view: OrderView;
  readonly crew: CrewId;
  readonly model: StepModel;
}) {
  const { t } = useWords();
  const open = useSignal(false);
  const noting = useSignal(false);
  // What may be done to the very end is offered; what is done needs no button.
  const rest = crewOperations(view.order, crew).filter(
    ({ name, refusal }) => name !== model.next && name !== 'noted' && refusal !== 'alreadyDone',
  );
  const mayNote = crewOperations(view.order, crew).some(({ name, refusal }) => name === 'noted' && refusal === null);
  return (
    <div class="more-actions">
      <div class="more-row">
        {mayNote && (
          <QuietButton label={t('act.note')} expanded={noting.value} onTap={() => (noting.value = !noting.value)} />
        )}
        {rest.length > 0 && (
          <QuietButton label={t('act.more')} expanded={open.value} onTap={() => (open.value = !open.value)} />
        )}
      </div>
      {noting.value && <NoteForm view={view} crew={crew} onKept={() => (noting.value = false)} />}
      {open.value && (
        <div class="more-row">
          {rest.map(({ name, refusal }) => (
            <QuietButton
              key={name}
              label={stepVerb(name, t)}
              whyNot={refusal ? refusalWords(refusal, t) : undefined}
              onTap={() => model.tap(name)}
            />
          ))}
        </div>
      )}
    </div>
  );
}

/** What is typed stays in the field until it is stored. */
function NoteForm({
  view,
  crew,
  onKept,
}: {
  readonly view: OrderView;
  readonly crew: CrewId;
  readonly onKept: () => void;
}) {
  const { t } = useWords();
  const client = useClient();
  const text = useSignal('');
  const busy = useSignal(false);
  const keep = async (): Promise<void> => {
    if (busy.value) return;
    busy.value = true;
    const draft = { kind: 'noted', data: { crew, text: text.value.trim().slice(0, NOTE_MAX) } } as const;
    const stored = await client.submit(view.order.id, draft);
    busy.value = false;
    if (stored.ok) onKept();
  };
  return (
    <form
      class="note-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.value.trim() !== '') void keep();
      }}
    >
      <Field
        kind="area"
        label={t('order.whatToNote')}
        name="note"
        value={text.value}
        onInput={(value) => (text.value = value)}
      />
      <QuietButton
        label={t('order.keepNote')}
        whyNot={text.value.trim() === '' ? t('whyNot.empty') : undefined}
        onTap={() => void keep()}
      />
    </form>
  );
}

const NOTE_MAX = 2_000;
