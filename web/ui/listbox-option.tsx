import './listbox-option.css';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

export type ListboxOptionProps = {
  /** What the line that is typed in names as its active descendant. */
  readonly id: string;
  /** The mark stands here; it is kept in sight. */
  readonly chosen: boolean;
  readonly onTake: () => void;
  /** It cannot be done now, and says why in itself; taking it is left to the owner. */
  readonly off?: boolean | undefined;
  /** The owner's class, for the columns in it. */
  readonly shape: string;
  readonly children: ComponentChildren;
};

/** One line of a list under a line to type in. The focus stays in that line, also when this is clicked. */
export function ListboxOption({ id, chosen, onTake, off = false, shape, children }: ListboxOptionProps) {
  const place = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (chosen) place.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    <button
      ref={place}
      id={id}
      type="button"
      tabIndex={-1}
      class={`listbox-option ${shape}${off ? ' is-off' : ''}`}
      role="option"
      aria-selected={chosen}
      aria-disabled={off ? 'true' : undefined}
      onPointerDown={(event) => event.preventDefault()}
      onClick={onTake}
    >
      {children}
    </button>
  );
}
