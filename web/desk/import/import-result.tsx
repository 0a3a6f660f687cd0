import type { ImportCounts } from '#shared/api/import.ts';
import type { Act } from '#shared/api/upload.ts';

import type { UploadEnd } from '../../read/run-upload.ts';
import { useWords } from '../desk-state.ts';
import { UploadResult } from './upload-result.tsx';

/** What became of a list of orders. */
export function ImportResult({ act, end }: { readonly act: Act; readonly end: UploadEnd<ImportCounts> }) {
  const { t } = useWords();
  return (
    <UploadResult
      act={act}
      end={end}
      network={t('import.network')}
      brokenOff={t('import.brokenOff')}
      done={(counts) => ({
        written: act === 'import' ? t('import.done') : null,
        figures: [t('import.counts', { ...counts, refused: counts.refusedCount })],
      })}
    />
  );
}
