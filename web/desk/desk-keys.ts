import { heldByInputMethod, type MaybeHeld } from './use-keydown.ts';

/** What a key asks the desk to do. Forms handle their own Ctrl+Enter. */
export type KeyCommand =
  | {
      readonly do:
        | 'next'
        | 'previous'
        | 'open'
        | 'peek'
        | 'closeTop'
        | 'intake'
        | 'search'
        | 'palette'
        | 'reports'
        | 'admin'
        | 'import'
        | 'keys'
        | 'find';
    }
  | { readonly do: 'focus'; readonly place: 'orders' | 'alerts' | 'map' | 'vans' }
  | { readonly do: 'filter'; readonly index: 0 | 1 | 2 | 3 | 4 | 5 }
  | {
      readonly do:
        | 'dispatch'
        | 'byRadio'
        | 'urge'
        | 'setEtr'
        | 'contact'
        | 'merge'
        | 'unmerge'
        | 'claim'
        | 'shelve'
        | 'previousUrgent'
        | 'nextUrgent';
    }
  | { readonly do: 'inputMethodInTheWay' };

type Pressed = MaybeHeld & Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** Where the key was pressed: in a field letters are text; on a control Enter and Space belong to it. */
export type KeyPlace = 'field' | 'control' | 'page';

/**
 * The command of a key, by physical key (`code`), or null. A key that an input method holds is never a command; outside
 * a field that is worth a word to the person, who sees nothing happen.
 */
export function keyCommand(event: Pressed, place: KeyPlace, lettersOn: boolean): KeyCommand | null {
  if (heldByInputMethod(event)) return place === 'field' ? null : { do: 'inputMethodInTheWay' };
  const chord = event.ctrlKey || event.metaKey;
  if (chord && event.code === 'KeyK') return { do: 'palette' };
  if (chord || event.altKey) return null;
  if (event.key === 'Escape') return { do: 'closeTop' };
  if (place === 'field') return null;
  if (event.key === '?') return { do: 'keys' };
  const plain = PLAIN[event.code];
  if (plain && !event.shiftKey)
    return place === 'control' && (plain.do === 'open' || plain.do === 'peek') ? null : plain;
  if (!lettersOn) return null;
  if (event.shiftKey) return event.code === 'KeyW' ? { do: 'unmerge' } : null;
  return LETTERS[event.code] ?? null;
}

const PLAIN: { readonly [code: string]: KeyCommand } = {
  ArrowDown: { do: 'next' },
  ArrowUp: { do: 'previous' },
  Enter: { do: 'open' },
  NumpadEnter: { do: 'open' },
  Space: { do: 'peek' },
};

const LETTERS: { readonly [code: string]: KeyCommand } = {
  KeyJ: { do: 'next' },
  KeyK: { do: 'previous' },
  KeyO: { do: 'focus', place: 'orders' },
  KeyA: { do: 'focus', place: 'alerts' },
  KeyM: { do: 'focus', place: 'map' },
  KeyV: { do: 'focus', place: 'vans' },
  Digit0: { do: 'filter', index: 0 },
  Digit1: { do: 'filter', index: 1 },
  Digit2: { do: 'filter', index: 2 },
  Digit3: { do: 'filter', index: 3 },
  Digit4: { do: 'filter', index: 4 },
  Digit5: { do: 'filter', index: 5 },
  KeyF: { do: 'find' },
  KeyN: { do: 'intake' },
  Slash: { do: 'search' },
  KeyB: { do: 'reports' },
  KeyG: { do: 'admin' },
  KeyI: { do: 'import' },
  KeyD: { do: 'dispatch' },
  KeyR: { do: 'byRadio' },
  KeyU: { do: 'urge' },
  KeyT: { do: 'setEtr' },
  KeyE: { do: 'contact' },
  KeyW: { do: 'merge' },
  KeyC: { do: 'claim' },
  KeyZ: { do: 'shelve' },
  BracketLeft: { do: 'previousUrgent' },
  BracketRight: { do: 'nextUrgent' },
};
