import type { ImportHead } from '#shared/api/import.ts';

import type { ImportEnd } from '../../read/imports.ts';
import { useWords } from '../desk-state.ts';

type Props = { readonly act: ImportHead['act']; readonly end: ImportEnd };

const SHOWN = 50;

/** How it ended, in figures and row by row. One that broke off says what that means. */
export function ImportResult({ act, end }: Props) {
  const { t } = useWords();
  switch (end.is) {
    case 'look':
      return null;
    case 'network':
      return <p role="alert">{t('import.network')}</p>;
    case 'brokenOff':
      return <p role="alert">{t(act === 'import' ? 'import.brokenOff' : 'import.network')}</p>;
    case 'refused':
      return (
        <div role="alert">
          <p>{t('import.refused')}</p>
          <ul>
            {end.reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </div>
      );
    case 'done': {
      const { read, created, unchanged, skipped, refusedCount, refused } = end.counts;
      return (
        <div role="status">
          <p>
            <b>{t(act === 'import' ? 'import.done' : 'import.checked')}</b>
          </p>
          <p class="tabular">{t('import.counts', { read, created, unchanged, skipped, refused: refusedCount })}</p>
          {refused.length > 0 && (
            <ol class="import-refused tabular">
              {refused.slice(0, SHOWN).map(({ line, column, reason }) => (
                <li key={`${String(line)} ${String(column)} ${reason}`}>
                  {line === null ? '' : t('import.line', { n: line })} {column} · {reason}
                </li>
              ))}
            </ol>
          )}
          {refusedCount > SHOWN && <p class="meta">{t('import.more', { n: refusedCount - SHOWN })}</p>}
        </div>
      );
    }
  }
}
