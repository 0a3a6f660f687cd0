import type { ReferenceHead } from '#shared/api/reference.ts';

import type { ReferenceEnd } from '../../read/reference.ts';
import { useWords } from '../desk-state.ts';

type Props = { readonly act: ReferenceHead['act']; readonly end: ReferenceEnd };

const SHOWN = 50;

/** How it ended, in figures and row by row. */
export function ReferenceResult({ act, end }: Props) {
  const { t } = useWords();
  switch (end.is) {
    case 'look':
      return null;
    case 'network':
      return <p role="alert">{t('reference.network')}</p>;
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
          {refused.length > 0 && (
            <ol class="import-refused tabular">
              {refused.slice(0, SHOWN).map(({ line, reason }) => (
                <li key={`${String(line)} ${reason}`}>
                  {t('import.line', { n: line })} · {reason}
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
