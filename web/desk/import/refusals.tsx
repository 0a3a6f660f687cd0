import { useWords } from '../desk-state.ts';

/** Why a whole file was not taken. */
export function RefusedFile({ reasons }: { readonly reasons: readonly string[] }) {
  const { t } = useWords();
  return (
    <div role="alert">
      <p>{t('import.refused')}</p>
      <ul>
        {reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
    </div>
  );
}

type RefusedRowsProps = {
  /** The first of them: where, and why. */
  readonly rows: readonly { readonly where: string; readonly reason: string }[];
  readonly count: number;
};

const SHOWN = 50;

/** Rows that were not taken, row by row, and how many more there are. */
export function RefusedRows({ rows, count }: RefusedRowsProps) {
  const { t } = useWords();
  return (
    <>
      {rows.length > 0 && (
        <ol class="import-refused tabular">
          {rows.slice(0, SHOWN).map(({ where, reason }) => (
            <li key={`${where} ${reason}`}>
              {where} · {reason}
            </li>
          ))}
        </ol>
      )}
      {count > SHOWN && <p class="meta">{t('import.more', { n: count - SHOWN })}</p>}
    </>
  );
}
