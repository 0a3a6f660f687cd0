import { useSignal } from '@preact/signals';

import type { Draft } from '#shared/event/catalog.ts';
import type { Subject } from '#shared/ids.ts';

import { Field } from '../../ui/field.tsx';
import { QuietButton } from '../../ui/quiet-button.tsx';
import { useDesk, useWords } from '../desk-state.ts';
import { FormBox } from '../form-box.tsx';
import { refusalWords } from '../order-words.ts';
import { isWellFormed } from '../well-formed.ts';
import { useRowEnd } from './act-row.tsx';

type Props = {
  readonly about: Subject;
  readonly kind: Draft<'unitRenamed' | 'crewRenamed'>['kind'];
  readonly name: string;
};

/** A unit or a crew is called otherwise. */
export function RenameForm({ about, kind, name }: Props) {
  const desk = useDesk();
  const end = useRowEnd();
  const { t } = useWords();
  const text = useSignal(name);
  const error = useSignal<string | null>(null);
  const record = async (): Promise<void> => {
    const called = text.value.trim();
    const draft = { kind, data: { name: called } };
    if (called === name) return end();
    if (called === '' || !isWellFormed(draft)) {
      error.value = t('admin.nameWrong');
      return;
    }
    const told = await desk.client.submit(about, draft);
    error.value = told.ok ? null : refusalWords(told.error, t);
    if (told.ok) end();
  };
  return (
    <FormBox onCommit={record} error={error.value}>
      <Field
        label={t('admin.newName', { name })}
        name="new-name"
        value={text.value}
        onInput={(typed) => (text.value = typed)}
      />
      <div class="form-actions">
        <QuietButton label={t('act.rename')} keyHint="Ctrl+Enter" onTap={() => void record()} />
        <QuietButton label={t('act.leave')} keyHint="Esc" onTap={end} />
      </div>
    </FormBox>
  );
}
