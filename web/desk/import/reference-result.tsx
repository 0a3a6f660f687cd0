import type { ReferenceCounts } from '#shared/api/reference.ts';
import type { Act } from '#shared/api/upload.ts';

import type { UploadEnd } from '../../read/run-upload.ts';
import { useWords } from '../desk-state.ts';
import { UploadResult } from './upload-result.tsx';

/** What became of a list of equipment. It is written as a whole or not at all. */
export function ReferenceResult({ act, end }: { readonly act: Act; readonly end: UploadEnd<ReferenceCounts> }) {
  const { t } = useWords();
  return (
    <UploadResult
      act={act}
      end={end}
      network={t('reference.network')}
      brokenOff={t('reference.network')}
      done={(counts) => {
        const written = act === 'import' && counts.places > 0;
        const figures = { ...counts, refused: counts.refusedCount };
        return {
          written: written ? t('reference.done') : null,
          figures: [t(written ? 'reference.counts' : 'reference.would', figures)],
        };
      }}
    />
  );
}
