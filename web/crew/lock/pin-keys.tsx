import './lock.css';
import type { Signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';

import { PIN_LENGTH } from '../../read/pin-lock.ts';
import { usePageWords } from '../page-words.ts';

export type PinKeysProps = {
  /** What is typed so far. */
  readonly pin: Signal<string>;
  /** The place beside the nought. */
  readonly corner?: ComponentChildren;
  /** What is to be typed, or what was wrong. */
  readonly children: ComponentChildren;
};

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

/** Dots for what is typed and keys for a thumb in a glove; a keyboard works as well. */
export function PinKeys({ pin, corner, children }: PinKeysProps) {
  const { p } = usePageWords();
  const add = (key: string): void => void (pin.value = (pin.value + key).slice(0, PIN_LENGTH.most));
  const erase = (): void => void (pin.value = pin.value.slice(0, -1));
  useEffect(() => {
    const typed = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): void => {
      if (ctrlKey || metaKey || altKey) return;
      if (/^\d$/.test(key)) add(key);
      else if (key === 'Backspace') erase();
    };
    addEventListener('keydown', typed);
    return () => removeEventListener('keydown', typed);
  });
  const key = (digit: string) => (
    <button key={digit} type="button" class="pin-key tabular" onClick={() => add(digit)}>
      {digit}
    </button>
  );
  return (
    <div class="pin" role="group" aria-label={p('pin.keys')}>
      <div class="pin-said" role="status">
        {children}
      </div>
      <p class="pin-dots">
        <span class="visually-hidden">{p('pin.typed', { n: pin.value.length })}</span>
        {Array.from({ length: PIN_LENGTH.most }, (_, at) => (
          <span key={at} class={at < pin.value.length ? 'pin-dot is-on' : 'pin-dot'} aria-hidden="true" />
        ))}
      </p>
      <div class="pin-keys">
        {KEYS.map(key)}
        {corner ?? <span />}
        {key('0')}
        <button type="button" class="pin-key is-word" onClick={erase}>
          {p('enrol.erase')}
        </button>
      </div>
    </div>
  );
}
