import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** Listens to keys inside an element; those an input method holds never arrive. */
export function useKeydown(place: RefObject<HTMLElement | null>, act: (event: KeyboardEvent) => void): void {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    const here = place.current;
    const press = (event: KeyboardEvent): void => {
      if (!heldByInputMethod(event)) latest.current(event);
    };
    here?.addEventListener('keydown', press);
    return () => here?.removeEventListener('keydown', press);
  }, [place]);
}

/** Composing, or taken before composing began (browsers say so only by code 229). */
export const heldByInputMethod = (event: Pick<KeyboardEvent, 'isComposing' | 'keyCode'>): boolean =>
  // oxlint-disable-next-line typescript/no-deprecated -- nothing else tells a key that an input method took
  event.isComposing || event.keyCode === 229;
