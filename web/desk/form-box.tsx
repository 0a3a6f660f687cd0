import './form-box.css';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

import { useKeydown } from './use-keydown.ts';

export type FormBoxProps = {
  readonly onCommit: () => Promise<void>;
  /** What is wrong, in a line; what was typed stays. */
  readonly error: string | null;
  /** False: it stands beside another form that does. */
  readonly takesFocus?: boolean | undefined;
  readonly children: ComponentChildren;
};

/** A form in its place. Ctrl+Enter commits it from anywhere inside; its first field takes the focus. */
export function FormBox({ onCommit, error, takesFocus = true, children }: FormBoxProps) {
  const form = useRef<HTMLFormElement>(null);
  const going = useRef(false);
  // A second Enter while the first is being stored must not record it twice.
  const commit = async (): Promise<void> => {
    if (going.current) return;
    going.current = true;
    try {
      await onCommit();
    } finally {
      going.current = false;
    }
  };
  useEffect(() => {
    if (!takesFocus) return;
    const first = form.current?.querySelector<HTMLElement>('input, select, textarea, button');
    // Of a few to choose from the one that is chosen; where nothing is, the first.
    const chosen = first?.closest('fieldset')?.querySelector<HTMLElement>('input:checked');
    // Ctrl+Enter is no key to a browser that decides whether a ring is wanted.
    (chosen ?? first)?.focus({ focusVisible: true });
  }, [takesFocus]);
  useKeydown(form, (event) => {
    // A key that is held down says it once: the next form may ask for more.
    if (event.key !== 'Enter' || event.repeat || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void commit();
  });
  return (
    <form
      ref={form}
      class="form-box"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void commit();
      }}
    >
      {children}
      {error !== null && (
        <p ref={inSight} class="form-error" role="alert">
          {error}
        </p>
      )}
    </form>
  );
}

/** What is wrong must not lie below the edge of a long form. */
const inSight = (line: HTMLElement | null): void => line?.scrollIntoView({ block: 'nearest' });
