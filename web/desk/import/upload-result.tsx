import type { Refused } from '#shared/api/import-fault.ts';
import type { Act } from '#shared/api/upload.ts';

import type { UploadEnd } from '../../read/run-upload.ts';
import { useWords } from '../desk-state.ts';
import { RefusedFile, RefusedRows } from './refusals.tsx';

type CountsLike = { readonly refused: readonly Refused[]; readonly refusedCount: number };

type Props<Counts> = {
  readonly act: Act;
  readonly end: UploadEnd<Counts>;
  /** What it means that the centre was not reached, and that an import broke off. */
  readonly network: string;
  readonly brokenOff: string;
  /** What is done, if something was written, and in figures. */
  readonly done: (counts: Counts) => { readonly written: string | null; readonly figures: readonly string[] };
};

/** How it ended, in figures and row by row. */
export function UploadResult<Counts extends CountsLike>({ act, end, network, brokenOff, done }: Props<Counts>) {
  const { t } = useWords();
  switch (end.is) {
    case 'look':
      return null;
    case 'network':
      return <p role="alert">{network}</p>;
    case 'brokenOff':
      return <p role="alert">{act === 'import' ? brokenOff : network}</p>;
    case 'refused':
      return <RefusedFile reasons={end.reasons} />;
    case 'done': {
      const { written, figures } = done(end.counts);
      return (
        <div role="status">
          <p>
            <b>{written ?? t('import.checked')}</b>
          </p>
          {figures.map((line) => (
            <p key={line} class="tabular">
              {line}
            </p>
          ))}
          <RefusedRows rows={end.counts.refused} count={end.counts.refusedCount} />
        </div>
      );
    }
  }
}
