import './drawer.css';
import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';

import { QuietButton } from './quiet-button.tsx';

export type DrawerProps = {
  /** One line naming what is open: id and verdict. */
  readonly title: ComponentChildren;
  readonly closeLabel: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
  /** False where the list keeps the focus and the drawer only follows it. */
  readonly takesFocus?: boolean | undefined;
};

/**
 * Lies over the list and blocks nothing. Esc closes it while the focus is inside; on closing the focus goes back to
 * where it came from, if that is still on the page.
 */
export function Drawer({ title, closeLabel, onClose, children, takesFocus = true }: DrawerProps) {
  const titleId = useId();
  const panel = useRef<HTMLElement>(null);

  // Before the first paint: a key pressed at once goes where the eye is, and focus is taken from nobody later.
  useLayoutEffect(() => {
    const before = document.activeElement;
    if (takesFocus) panel.current?.focus({ preventScroll: true });
    const here = panel.current;
    return () => {
      const lost = document.activeElement === document.body || here?.contains(document.activeElement) === true;
      if (lost && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, [takesFocus]);

  useLayoutEffect(() => {
    const here = panel.current;
    const closeOnEscape = (event: KeyboardEvent): void => {
      // While an input method is composing, Esc belongs to it.
      if (event.key !== 'Escape' || event.isComposing) return;
      event.stopPropagation();
      onClose();
    };
    here?.addEventListener('keydown', closeOnEscape);
    return () => here?.removeEventListener('keydown', closeOnEscape);
  }, [onClose]);

  return (
    <aside ref={panel} class="drawer" role="region" aria-labelledby={titleId} tabIndex={-1}>
      <header class="drawer-head">
        <h2 id={titleId} class="label">
          {title}
        </h2>
        <QuietButton label={closeLabel} keyHint="Esc" onTap={onClose} />
      </header>
      <div class="drawer-body">{children}</div>
    </aside>
  );
}
