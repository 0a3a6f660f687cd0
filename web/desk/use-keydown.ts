import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** Listens to keys inside an element from the moment it can be seen; those an input method holds never arrive. */
export function useKeydown(place: RefObject<HTMLElement | null>, act: (event: KeyboardEvent) => void): void {
  const latest = useRef(act);
  latest.current = act;
  useLayoutEffect(() => {
    const here = place.current;
    const press = (event: KeyboardEvent): void => {
      if (!heldByInputMethod(event)) latest.current(event);
    };
    here?.addEventListener('keydown', press);
    return () => here?.removeEventListener('keydown', press);
  }, [place]);
}

/** Of a key event what tells whether an input method has it. Code 229 is the only sign of one taken before composing. */
export type MaybeHeld = { readonly isComposing: boolean; readonly keyCode: number };

export const heldByInputMethod = ({ isComposing, keyCode }: MaybeHeld): boolean => isComposing || keyCode === 229;
