import type { Refused } from '#shared/api/import-fault.ts';

import { useWords } from '../desk-state.ts';
import { faultWords } from './fault-words.ts';

/** Why a whole file was not taken. */
export function RefusedFile({ reasons }: { readonly reasons: readonly Refused[] }) {
  const { t } = useWords();
  return (
    <div role="alert">
      <p>{t('import.refused')}</p>
      <Refusals all={reasons} />
    </div>
  );
}

type RefusedRowsProps = { readonly rows: readonly Refused[]; readonly count: number };

const SHOWN = 50;

/** Rows that were not taken, row by row, and how many more there are. `rows`: the first of `count`. */
export function RefusedRows({ rows, count }: RefusedRowsProps) {
  const { t } = useWords();
  return (
    <>
      {rows.length > 0 && <Refusals all={rows.slice(0, SHOWN)} />}
      {count > SHOWN && <p class="meta">{t('import.more', { n: count - SHOWN })}</p>}
    </>
  );
}

/** Line, column and reason, each below the other: an eye that looks for a line runs down one edge. */
function Refusals({ all }: { readonly all: readonly Refused[] }) {
  const { t } = useWords();
  return (
    <ul class="import-refused tabular">
      {all.map(({ line, column, why }, index) => (
        // A feature may be refused more than once for the same.
        <li key={`${String(line)} ${String(index)}`}>
          <b>{line === null ? '' : t('import.line', { n: line })}</b> <b>{column}</b> <span>{faultWords(why, t)}</span>
        </li>
      ))}
    </ul>
  );
}
