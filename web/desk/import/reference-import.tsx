import { useSignal } from '@preact/signals';

import { GRIDS, type ReferenceHead } from '#shared/api/reference.ts';

import { type ReferenceEnd, runReference } from '../../read/reference.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Field } from '../../ui/field.tsx';
import { QuietButton } from '../../ui/quiet-button.tsx';
import { useDesk, useWords } from '../desk-state.ts';
import { FilePick } from '../file-pick.tsx';
import { guessGrid, guessReference, REFERENCE_FIELDS } from './guess-reference.ts';
import { Preview } from './preview.tsx';
import { ReferenceResult } from './reference-result.tsx';

const LOOK_BYTES = 256 * 1024;
const NO_COLUMNS = { feeder: '', x: '', y: '' };

const GRID_WORDS = {
  wgs84: 'reference.degrees',
  twd67: 'reference.gridOld',
  twd97: 'reference.gridNow',
} as const satisfies Record<ReferenceHead['grid'], string>;

type Look = Extract<ReferenceEnd, { is: 'look' }>;

/** Where transformers and switches stand and on which feeder: look, say which column is what, check, import. */
export function ReferenceImport() {
  const { client } = useDesk();
  const { t } = useWords();
  const file = useSignal<File | null>(null);
  const seen = useSignal<Look | null>(null);
  const columns = useSignal<ReferenceHead['columns']>(NO_COLUMNS);
  const grid = useSignal<ReferenceHead['grid']>('wgs84');
  const source = useSignal('');
  const end = useSignal<{ readonly act: ReferenceHead['act']; readonly end: ReferenceEnd } | null>(null);
  const read = useSignal<number | null>(null);
  const admin = client.session.value?.person.role === 'admin';
  const barred = admin ? undefined : t('reference.notAllowed');

  const ask = async (act: ReferenceHead['act'], what: Blob): Promise<ReferenceEnd> => {
    read.value = 0;
    const head = { act, source: source.value.trim().slice(0, 80) || 'file', grid: grid.value, columns: columns.value };
    const ended = await runReference(client, { head, file: what }, (rows) => (read.value = rows));
    read.value = null;
    return ended;
  };
  const choose = async (chosen: File | undefined): Promise<void> => {
    file.value = chosen ?? null;
    seen.value = null;
    end.value = null;
    columns.value = NO_COLUMNS;
    if (!chosen) return;
    source.value = chosen.name;
    // JSON can only be read whole.
    const looked = await ask('look', /json$/i.test(chosen.name) ? chosen : chosen.slice(0, LOOK_BYTES));
    if (looked.is !== 'look') {
      end.value = { act: 'look', end: looked };
      return;
    }
    seen.value = looked;
    columns.value = guessReference(looked);
    grid.value = guessGrid(looked, columns.value);
  };
  const run = async (act: 'check' | 'import'): Promise<void> => {
    if (!file.value || read.value !== null) return;
    end.value = null;
    end.value = { act, end: await ask(act, file.value) };
  };
  const fields = seen.value?.geo ? (['feeder'] as const) : REFERENCE_FIELDS;
  const named = fields.every((field) => columns.value[field] !== '');
  const done = end.value?.end.is === 'done' && end.value.end.counts.places > 0;
  const changed = (): void => void (end.value = null);

  return (
    <div class="page-main">
      <section class="page-box import-file">
        <h2>{t('import.file')}</h2>
        <FilePick
          label={t('reference.choose')}
          accept=".csv,.tsv,.txt,.json,.geojson,text/csv,application/geo+json"
          name={file.value?.name ?? null}
          onPick={(chosen) => void choose(chosen)}
        />
        {barred !== undefined && <p class="meta">{barred}</p>}
        {seen.value && (
          <Preview
            look={seen.value}
            meaning={(name) => {
              const field = fields.find((one) => columns.value[one] === name);
              return field ? t(`reference.${field}`) : null;
            }}
          />
        )}
        {read.value !== null && <p role="status">{t('import.reading', { n: read.value })}</p>}
        {end.value && <ReferenceResult act={end.value.act} end={end.value.end} />}
      </section>
      {seen.value === null ? (
        <section class="page-box import-steps">
          <h2>{t('import.how')}</h2>
          <ol>
            <li>{t('reference.stepFile')}</li>
            <li>{t('import.stepColumns')}</li>
            <li>{t('import.stepCheck')}</li>
            <li>{t('reference.stepImport')}</li>
          </ol>
          <p class="meta">{t('reference.stepTwice')}</p>
        </section>
      ) : (
        <section class="page-box">
          <h2>{t('import.mapping')}</h2>
          {fields.map((field) => (
            <Field
              key={field}
              kind="select"
              label={t(`reference.${field}`)}
              name={`column-${field}`}
              options={['', ...(seen.value?.columns ?? [])].map((name) => ({ value: name, label: name || '–' }))}
              value={columns.value[field]}
              onInput={(name) => {
                columns.value = { ...columns.value, [field]: name };
                changed();
              }}
            />
          ))}
          <Field
            kind="select"
            label={t('reference.grid')}
            name="grid"
            options={GRIDS.map((value) => ({ value, label: t(GRID_WORDS[value]) }))}
            value={grid.value}
            onInput={(chosen) => {
              grid.value = GRIDS.find((one) => one === chosen) ?? 'wgs84';
              changed();
            }}
          />
          <Field
            label={t('reference.source')}
            hint={t('reference.sourceHint')}
            name="source"
            value={source.value}
            onInput={(text) => {
              source.value = text;
              changed();
            }}
          />
          <div class="form-actions">
            <QuietButton
              label={t('act.check')}
              whyNot={barred ?? (named ? undefined : t('reference.sayColumns'))}
              onTap={() => void run('check')}
            />
            <ActionButton
              label={t('act.import')}
              whyNot={barred ?? (done ? undefined : t('import.checkFirst'))}
              onTap={() => void run('import')}
            />
          </div>
        </section>
      )}
    </div>
  );
}
