import { useLayoutEffect } from 'preact/hooks';

import type { Desk } from './desk-state.ts';

/** Esc leads from a page back to the board, unless something that lies above has taken it. */
export function useWayBack({ place }: Desk): void {
  useLayoutEffect(() => {
    const leave = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented && !event.isComposing) place.value = 'board';
    };
    document.addEventListener('keydown', leave);
    return () => document.removeEventListener('keydown', leave);
  }, [place]);
}
