import './file-pick.css';
import { useId } from 'preact/hooks';

import { useWords } from './desk-state.ts';

type Props = {
  readonly label: string;
  /** What it may end with, and its type. */
  readonly accept: string;
  /** What was chosen before; null: nothing. */
  readonly name: string | null;
  readonly onPick: (file: File | undefined) => void;
};

/** Chooses a file. The browser's own control speaks the browser's language, so only its work is used. */
export function FilePick({ label, accept, name, onPick }: Props) {
  const { t } = useWords();
  const id = useId();
  return (
    <div class="file-pick">
      <input
        id={id}
        class="visually-hidden"
        type="file"
        accept={accept}
        aria-label={label}
        aria-describedby={`${id}-name`}
        onChange={(event) => onPick(event.currentTarget.files?.[0])}
      />
      <label for={id} class="quiet-button">
        {label}
      </label>
      <span id={`${id}-name`} class={name === null ? 'meta' : undefined}>
        {name ?? t('page.noFile')}
      </span>
    </div>
  );
}
