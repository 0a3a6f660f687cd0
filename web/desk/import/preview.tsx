import { useWords } from '../desk-state.ts';

type PreviewProps = {
  readonly look: { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] };
  /** As what a column is read; null: it is not. */
  readonly meaning: (column: string) => string | null;
};

/** The first rows as they stand there; a column that is read says as what. */
export function Preview({ look, meaning }: PreviewProps) {
  const { t } = useWords();
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what is scrolled sideways is scrolled by keys too
    <div class="import-preview" tabIndex={0} role="region" aria-label={t('import.preview')}>
      <table class="page-table">
        <thead>
          <tr>
            {look.columns.map((name) => (
              <th key={name} scope="col">
                {name}
                <br />
                <b>{meaning(name) ?? '–'}</b>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {look.rows.slice(0, 8).map((row, index) => (
            // Rows of a file have no name but their place.
            <tr key={`row ${String(index)}`}>
              {row.map((value, at) => (
                <td key={look.columns[at] ?? String(at)}>{value}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
