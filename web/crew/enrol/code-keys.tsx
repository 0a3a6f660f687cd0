import { ID_ALPHABET } from '#shared/ids.ts';

import { usePageWords } from '../page-words.ts';

export type CodeKeysProps = { readonly onKey: (key: string) => void; readonly onErase: () => void };

/** Keys big enough for gloves, with only the letters a code can have: nothing covers half the screen. */
export function CodeKeys({ onKey, onErase }: CodeKeysProps) {
  const { p } = usePageWords();
  return (
    <div class="code-keys" role="group" aria-label={p('enrol.keys')}>
      {ID_ALPHABET.split('').map((key) => (
        <button key={key} type="button" class="code-key" onClick={() => onKey(key)}>
          {key}
        </button>
      ))}
      <button type="button" class="code-key is-erase" onClick={onErase}>
        {p('enrol.erase')}
      </button>
    </div>
  );
}
