import type { ComponentChildren } from 'preact';

import { ActionButton } from '../../ui/action-button.tsx';
import { QuietButton } from '../../ui/quiet-button.tsx';
import { useWords } from '../desk-state.ts';
import { FilePick } from '../file-pick.tsx';
import { Preview } from './preview.tsx';
import type { FileImport } from './use-file-import.ts';

type Props<Counts> = {
  readonly way: FileImport<Counts>;
  readonly pick: string;
  readonly accept: string;
  /** As what a column is read; null: it is not. */
  readonly meaning: (column: string) => string | null;
  readonly result: ComponentChildren;
  /** What will be done, before a file is chosen; the last is a remark. */
  readonly steps: readonly string[];
  readonly remark: string;
  /** Why this person may not. */
  readonly barred: string | undefined;
  /** Why it cannot be checked yet. */
  readonly unready?: string | undefined;
  /** A check found something that can be imported. */
  readonly checked: boolean;
  /** What is chosen for the file. */
  readonly children: ComponentChildren;
};

/** A file on the left, with what was found in it; on the right what is chosen, and the two buttons. */
export function ImportFrame<Counts>({
  way,
  pick,
  accept,
  meaning,
  result,
  steps,
  remark,
  barred,
  ...rest
}: Props<Counts>) {
  const { t } = useWords();
  const { unready, checked, children } = rest;
  return (
    <div class="page-main">
      <section class="page-box import-file">
        <h2>{t('import.file')}</h2>
        <FilePick label={pick} accept={accept} name={way.name} onPick={(chosen) => void way.choose(chosen)} />
        {barred !== undefined && <p class="meta">{barred}</p>}
        {way.seen && <Preview look={way.seen} meaning={meaning} />}
        {way.read !== null && <p role="status">{t('import.reading', { n: way.read })}</p>}
        {result}
      </section>
      {way.seen === null ? (
        <section class="page-box import-steps">
          <h2>{t('import.how')}</h2>
          <ol>
            {steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
          <p class="meta">{remark}</p>
        </section>
      ) : (
        <section class="page-box">
          <h2>{t('import.mapping')}</h2>
          {children}
          <div class="form-actions">
            <QuietButton label={t('act.check')} whyNot={barred ?? unready} onTap={() => void way.run('check')} />
            <ActionButton
              label={t('act.import')}
              whyNot={barred ?? (checked ? undefined : t('import.checkFirst'))}
              onTap={() => void way.run('import')}
            />
          </div>
        </section>
      )}
    </div>
  );
}
