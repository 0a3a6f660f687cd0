import { useSignal } from '@preact/signals';
import { createContext, type ComponentChildren } from 'preact';
import { useContext, useRef } from 'preact/hooks';

import { QuietButton } from '../../ui/quiet-button.tsx';
import { useDesk } from '../desk-state.ts';
import { heldByInputMethod } from '../use-keydown.ts';
import { onlyAdmin } from './own-units.ts';

/** Something that can be done with a row: the button's word, and its form, which `useRowEnd` closes when it is through. */
export type RowAct = {
  readonly label: string;
  readonly whyNot?: string | undefined;
  readonly form: ComponentChildren;
};

const RowEnd = createContext<() => void>(() => undefined);

/** Closes the form and puts the focus back on the button that opened it. */
export const useRowEnd = (): (() => void) => useContext(RowEnd);

type Props = {
  readonly acts: readonly RowAct[];
  /** How many columns the table has. */
  readonly columns: number;
  /** The cells of the row; the buttons stand in the last one. */
  readonly children: ComponentChildren;
};

/** A row that an administrator changes: one form at a time stands below it, and Escape closes it. */
export function ActRow({ acts, columns, children }: Props) {
  const desk = useDesk();
  const open = useSignal<number | null>(null);
  const cell = useRef<HTMLTableCellElement>(null);
  const close = (): void => {
    const was = open.value ?? 0;
    open.value = null;
    cell.current?.querySelectorAll('button')[was]?.focus();
  };
  const act = open.value === null ? undefined : acts[open.value];
  return (
    <>
      <tr>
        {children}
        <td ref={cell}>
          <div class="device-acts">
            {acts.map(({ label, whyNot }, index) => (
              <QuietButton
                key={label}
                label={label}
                expanded={open.value === index}
                whyNot={onlyAdmin(desk) ?? whyNot}
                onTap={() => (open.value = open.value === index ? null : index)}
              />
            ))}
          </div>
        </td>
      </tr>
      {act && (
        <tr
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || heldByInputMethod(event)) return;
            event.stopPropagation();
            close();
          }}
        >
          <td colSpan={columns}>
            <RowEnd.Provider value={close}>{act.form}</RowEnd.Provider>
          </td>
        </tr>
      )}
    </>
  );
}
