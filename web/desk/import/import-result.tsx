import type { ImportHead } from '#shared/api/import.ts';

import type { ImportEnd } from '../../read/imports.ts';
import { useWords } from '../desk-state.ts';
import { RefusedFile, RefusedRows } from './refusals.tsx';

type Props = { readonly act: ImportHead['act']; readonly end: ImportEnd };

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
      return <RefusedFile reasons={end.reasons} />;
    case 'done': {
      const { read, created, unchanged, skipped, refusedCount, refused } = end.counts;
      return (
        <div role="status">
          <p>
            <b>{t(act === 'import' ? 'import.done' : 'import.checked')}</b>
          </p>
          <p class="tabular">{t('import.counts', { read, created, unchanged, skipped, refused: refusedCount })}</p>
          <RefusedRows
            rows={refused.map(({ line, column, reason }) => ({
              where: `${line === null ? '' : t('import.line', { n: line })} ${column ?? ''}`.trimEnd(),
              reason,
            }))}
            count={refusedCount}
          />
        </div>
      );
    }
  }
}
