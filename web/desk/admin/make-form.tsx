import type { ComponentChildren } from 'preact';

import { ActionButton } from '../../ui/action-button.tsx';
import { FormBox } from '../form-box.tsx';

type Props = {
  readonly title: string;
  readonly act: string;
  readonly whyNot: string | undefined;
  readonly error: string | null;
  readonly done: string | null;
  /** False: another form of the page does. */
  readonly takesFocus?: boolean | undefined;
  readonly onMake: () => Promise<void>;
  readonly children: ComponentChildren;
};

/** A form that makes one thing; it stays open for the next. */
export function MakeForm({ title, act, whyNot, error, done, takesFocus, onMake, children }: Props) {
  const make = (): Promise<void> => (whyNot === undefined ? onMake() : Promise.resolve());
  return (
    <section class="page-box">
      <h2>{title}</h2>
      <FormBox onCommit={make} error={error} takesFocus={takesFocus}>
        {children}
        <ActionButton label={act} keyHint="Ctrl+Enter" submits whyNot={whyNot} onTap={noop} />
        {done !== null && <p role="status">{done}</p>}
      </FormBox>
    </section>
  );
}

// The form's own submit does the work, also for the keyboard.
const noop = (): void => undefined;
