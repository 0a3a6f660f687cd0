import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';

import type { Draft } from '#shared/event/catalog.ts';
import type { Subject } from '#shared/ids.ts';

import { Field } from '../../ui/field.tsx';
import { QuietButton } from '../../ui/quiet-button.tsx';
import { useDesk, useWords } from '../desk-state.ts';
import { FormBox } from '../form-box.tsx';
import { refusalWords } from '../order-words.ts';
import { heldByInputMethod } from '../use-keydown.ts';
import { isWellFormed } from '../well-formed.ts';
import { onlyAdmin } from './own-units.ts';

type Props = {
  readonly about: Subject;
  readonly kind: Draft<'unitRenamed' | 'crewRenamed'>['kind'];
  readonly name: string;
  /** How many columns the table has. */
  readonly columns: number;
  /** The cells of the row; the button that opens the form is the last of them. */
  readonly children: ComponentChildren;
};

/** A row of a unit or a crew that can be called otherwise: the form stands below it, and Escape closes it. */
export function RenamableRow({ about, kind, name, columns, children }: Props) {
  const desk = useDesk();
  const { t } = useWords();
  const open = useSignal(false);
  const text = useSignal(name);
  const error = useSignal<string | null>(null);
  const cell = useRef<HTMLTableCellElement>(null);
  const close = (): void => {
    open.value = false;
    cell.current?.querySelector('button')?.focus();
  };
  const toggle = (): void => {
    text.value = name;
    error.value = null;
    open.value = !open.value;
  };
  const record = async (): Promise<void> => {
    const called = text.value.trim();
    const draft = { kind, data: { name: called } };
    if (called === name) return close();
    if (called === '' || !isWellFormed(draft)) {
      error.value = t('admin.nameWrong');
      return;
    }
    const told = await desk.client.submit(about, draft);
    error.value = told.ok ? null : refusalWords(told.error, t);
    if (told.ok) close();
  };
  return (
    <>
      <tr>
        {children}
        <td ref={cell}>
          <QuietButton label={t('act.rename')} expanded={open.value} whyNot={onlyAdmin(desk)} onTap={toggle} />
        </td>
      </tr>
      {open.value && (
        <tr
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || heldByInputMethod(event)) return;
            event.stopPropagation();
            close();
          }}
        >
          <td colSpan={columns}>
            <FormBox onCommit={record} error={error.value}>
              <Field
                label={t('admin.newName', { name })}
                name="new-name"
                value={text.value}
                onInput={(typed) => (text.value = typed)}
              />
              <QuietButton label={t('act.rename')} keyHint="Ctrl+Enter" onTap={() => void record()} />
            </FormBox>
          </td>
        </tr>
      )}
    </>
  );
}
