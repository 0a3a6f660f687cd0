import type { CustomersEnd } from '../../read/customers.ts';
import { useWords } from '../desk-state.ts';
import { RefusedFile, RefusedRows } from './refusals.tsx';
import type { Act } from './use-file-import.ts';

/** How it ended, in figures and row by row. One that broke off says what that means. */
export function CustomersResult({ act, end }: { readonly act: Act; readonly end: CustomersEnd }) {
  const { t } = useWords();
  switch (end.is) {
    case 'look':
      return null;
    case 'network':
      return <p role="alert">{t('import.network')}</p>;
    case 'brokenOff':
      return <p role="alert">{t(act === 'import' ? 'customers.brokenOff' : 'import.network')}</p>;
    case 'refused':
      return <RefusedFile reasons={end.reasons} />;
    case 'done': {
      const { refusedCount, refused, ...counts } = end.counts;
      return (
        <div role="status">
          <p>
            <b>{t(act === 'import' ? 'import.done' : 'import.checked')}</b>
          </p>
          <p class="tabular">{t('customers.counts', { ...counts, refused: refusedCount })}</p>
          {counts.gone > 0 && (
            <p class="tabular">{t(act === 'import' ? 'customers.gone' : 'customers.wouldGo', { n: counts.gone })}</p>
          )}
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
