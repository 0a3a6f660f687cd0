import type { ReferenceHead } from '#shared/api/reference.ts';

import type { ReferenceEnd } from '../../read/reference.ts';
import { useWords } from '../desk-state.ts';
import { RefusedFile, RefusedRows } from './refusals.tsx';

type Props = { readonly act: ReferenceHead['act']; readonly end: ReferenceEnd };

/** How it ended, in figures and row by row. */
export function ReferenceResult({ act, end }: Props) {
  const { t } = useWords();
  switch (end.is) {
    case 'look':
      return null;
    case 'network':
      return <p role="alert">{t('reference.network')}</p>;
    case 'refused':
      return <RefusedFile reasons={end.reasons} />;
    case 'done': {
      const { places, feeders, before, refused, refusedCount } = end.counts;
      const written = act === 'import' && places > 0;
      return (
        <div role="status">
          <p>
            <b>{t(written ? 'reference.done' : 'import.checked')}</b>
          </p>
          <p class="tabular">
            {t(written ? 'reference.counts' : 'reference.would', { places, feeders, before, refused: refusedCount })}
          </p>
          <RefusedRows
            rows={refused.map(({ line, reason }) => ({ where: t('import.line', { n: line }), reason }))}
            count={refusedCount}
          />
        </div>
      );
    }
  }
}
