import './suggest-field.css';
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useId, useRef } from 'preact/hooks';

import { ListboxOption } from '../../ui/listbox-option.tsx';
import { useKeydown } from '../use-keydown.ts';

export type Suggestion = { readonly id: string; readonly shown: ComponentChildren };

export type SuggestFieldProps = {
  readonly label: string;
  readonly name: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly inputMode?: 'text' | 'tel' | undefined;
  readonly tabular?: boolean | undefined;
  /** What may be meant by what is typed. None is taken unless somebody chooses it. */
  readonly suggestions: readonly Suggestion[];
  readonly onChoose: (id: string) => void;
  /** What the list is. */
  readonly meaning: string;
  /** Which keys do what in it. */
  readonly keys: string;
  /** Said to a screen reader, such as: 3 may be meant. */
  readonly found: string;
  /** Something else is to be looked for: what was typed, never letters an input method still holds. */
  readonly onLook: (text: string) => void;
};

/**
 * A line to type in with a list of what may be meant (the combobox of ARIA). Arrows walk, Enter takes the one that is
 * marked, Escape puts the list away, Tab goes on; without a mark each key does what it does in any other field.
 */
export function SuggestField(props: SuggestFieldProps) {
  const {
    label,
    name,
    value,
    inputMode = 'text',
    tabular,
    suggestions,
    onChoose,
    meaning,
    keys,
    found,
    onInput,
    onLook,
  } = props;
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const open = useSignal(false);
  const at = useSignal(-1);
  const listed = open.value && suggestions.length > 0;
  const marked = listed ? suggestions[at.value] : undefined;

  const take = (chosen: Suggestion): void => {
    open.value = false;
    at.value = -1;
    onChoose(chosen.id);
  };
  useKeydown(box, (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (suggestions.length === 0) return;
      at.value = stepped(listed ? at.value : -1, event.key === 'ArrowDown' ? 1 : -1, suggestions.length);
      open.value = true;
    } else if (event.key === 'Enter' && marked) take(marked);
    else if (event.key === 'Escape' && listed) open.value = false;
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  const look = (text: string): void => {
    at.value = -1;
    open.value = true;
    onLook(text);
  };
  return (
    <div ref={box} class="field suggest">
      <label for={id}>{label}</label>
      <input
        id={id}
        name={name}
        class={tabular === true ? 'field-control tabular' : 'field-control'}
        type="text"
        inputMode={inputMode}
        role="combobox"
        autoComplete="off"
        aria-autocomplete="list"
        aria-expanded={listed}
        aria-controls={`${id}-list`}
        aria-activedescendant={marked ? `${id}-${at.value}` : undefined}
        value={value}
        onInput={(event) => {
          onInput(event.currentTarget.value);
          if (!event.isComposing) look(event.currentTarget.value);
        }}
        onCompositionEnd={(event) => look(event.currentTarget.value)}
        onBlur={() => (open.value = false)}
      />
      <div class="suggest-list" hidden={!listed}>
        <div id={`${id}-list`} role="listbox" aria-label={meaning}>
          {listed &&
            suggestions.map((one, index) => (
              <ListboxOption
                key={one.id}
                id={`${id}-${index}`}
                chosen={index === at.value}
                onTake={() => take(one)}
                shape="suggest-option"
              >
                {one.shown}
              </ListboxOption>
            ))}
        </div>
        <p class="meta suggest-keys" aria-hidden="true">
          {keys}
        </p>
      </div>
      <span class="visually-hidden" role="status">
        {listed ? found : ''}
      </span>
    </div>
  );
}

/** Past either end comes no mark at all, the text as typed: -1. */
const stepped = (at: number, step: 1 | -1, length: number): number => ((at + 1 + step + length + 1) % (length + 1)) - 1;
