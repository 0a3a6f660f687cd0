import type { CustomersCounts } from '#shared/api/customers.ts';
import type { Act } from '#shared/api/upload.ts';

import type { UploadEnd } from '../../read/run-upload.ts';
import { useWords } from '../desk-state.ts';
import { UploadResult } from './upload-result.tsx';

/** What became of a list of customers. */
export function CustomersResult({ act, end }: { readonly act: Act; readonly end: UploadEnd<CustomersCounts> }) {
  const { t } = useWords();
  return (
    <UploadResult
      act={act}
      end={end}
      network={t('import.network')}
      brokenOff={t('customers.brokenOff')}
      done={(counts) => ({
        written: act === 'import' ? t('import.done') : null,
        figures: [
          t('customers.counts', { ...counts, refused: counts.refusedCount }),
          ...(counts.gone > 0
            ? [t(act === 'import' ? 'customers.gone' : 'customers.wouldGo', { n: counts.gone })]
            : []),
        ],
      })}
    />
  );
}
