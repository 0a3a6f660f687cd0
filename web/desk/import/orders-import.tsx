import { useSignal } from '@preact/signals';

import type { ImportHead } from '#shared/api/import.ts';
import { AREAS } from '#shared/event/parts.ts';

import { type ImportEnd, runImport } from '../../read/imports.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Field } from '../../ui/field.tsx';
import { QuietButton } from '../../ui/quiet-button.tsx';
import { useDesk, useWords } from '../desk-state.ts';
import { FilePick } from '../file-pick.tsx';
import { isInUnit } from '../unit-tree.ts';
import { COLUMN_FIELDS, type ColumnsOf, guessColumns, mappingText } from './guess-mapping.ts';
import { ImportResult } from './import-result.tsx';
import { Preview } from './preview.tsx';

/** What of a file is sent to be looked at. */
const LOOK_BYTES = 256 * 1024;

/** Another system's orders: look, say which column is what, check, import. Nothing is written before the last. */
export function OrdersImport() {
  const desk = useDesk();
  const { t } = useWords();
  const { client } = desk;
  const session = client.session.value;
  const file = useSignal<File | null>(null);
  const seen = useSignal<Extract<ImportEnd, { is: 'look' }> | null>(null);
  const columns = useSignal<ColumnsOf>({});
  const system = useSignal('list');
  const zone = useSignal(new Intl.DateTimeFormat().resolvedOptions().timeZone);
  const area = useSignal('urban');
  const unit = useSignal<string>(session?.unit.id ?? '');
  const history = useSignal('live');
  /** Edited by hand: then the choices above say nothing any more. */
  const edited = useSignal<string | null>(null);
  const end = useSignal<{ readonly act: ImportHead['act']; readonly end: ImportEnd } | null>(null);
  const read = useSignal<number | null>(null);
  const mapping =
    edited.value ?? mappingText({ columns: columns.value, system: system.value, zone: zone.value, area: area.value });
  const org = client.org.value;
  const units = [...org.units.values()].filter(({ id }) => session && isInUnit(id, session.unit.id, org));
  const role = session?.person.role;
  const barred = role === 'dispatcher' || role === 'admin' ? undefined : t('import.notAllowed');

  const ask = async (act: ImportHead['act'], what: Blob): Promise<ImportEnd> => {
    read.value = 0;
    const own = units.find(({ id }) => id === unit.value)?.id;
    const head: ImportHead = { act, history: history.value === 'history', mapping, ...(own ? { unit: own } : {}) };
    const ended = await runImport(client, { head, file: what }, (rows) => (read.value = rows));
    read.value = null;
    return ended;
  };
  const choose = async (chosen: File | undefined): Promise<void> => {
    file.value = chosen ?? null;
    seen.value = null;
    end.value = null;
    edited.value = null;
    if (!chosen) return;
    const looked = await ask('look', chosen.slice(0, LOOK_BYTES));
    if (looked.is !== 'look') {
      end.value = { act: 'look', end: looked };
      return;
    }
    seen.value = looked;
    columns.value = guessColumns(looked.columns);
  };
  const run = async (act: 'check' | 'import'): Promise<void> => {
    if (!file.value || read.value !== null) return;
    end.value = null;
    end.value = { act, end: await ask(act, file.value) };
    if (act === 'import') client.syncNow();
  };
  const checked =
    end.value !== null && end.value.act !== 'look' && end.value.end.is === 'done' && end.value.end.counts.read > 0;

  const meaning = (name: string): string | null => {
    const field = COLUMN_FIELDS.find((one) => columns.value[one] === name);
    return field ? t(`import.${field}`) : null;
  };

  return (
    <div class="page-main">
      <section class="page-box import-file">
        <h2>{t('import.file')}</h2>
        <FilePick
          label={t('import.choose')}
          accept=".csv,.tsv,.txt,text/csv"
          name={file.value?.name ?? null}
          onPick={(chosen) => void choose(chosen)}
        />
        {seen.value && <Preview look={seen.value} meaning={meaning} />}
        {read.value !== null && <p role="status">{t('import.reading', { n: read.value })}</p>}
        {end.value && <ImportResult act={end.value.act} end={end.value.end} />}
      </section>
      {!seen.value && (
        <section class="page-box import-steps">
          <h2>{t('import.how')}</h2>
          <ol>
            <li>{t('import.stepFile')}</li>
            <li>{t('import.stepColumns')}</li>
            <li>{t('import.stepCheck')}</li>
            <li>{t('import.stepImport')}</li>
          </ol>
          <p class="meta">{t('import.stepTwice')}</p>
        </section>
      )}
      {seen.value && (
        <section class="page-box">
          <h2>{t('import.mapping')}</h2>
          {COLUMN_FIELDS.map((field) => (
            <Field
              key={field}
              kind="select"
              label={t(`import.${field}`)}
              name={`column-${field}`}
              options={['', ...(seen.value?.columns ?? [])].map((name) => ({ value: name, label: name || '–' }))}
              value={columns.value[field] ?? ''}
              onInput={(name) => {
                const { [field]: _, ...others } = columns.value;
                columns.value = name === '' ? others : { ...others, [field]: name };
                edited.value = null;
              }}
            />
          ))}
          <Field
            kind="select"
            label={t('field.area')}
            name="area"
            options={AREAS.map((value) => ({ value, label: t(`areaName.${value}`) }))}
            value={area.value}
            onInput={(value) => (area.value = value)}
          />
          <Field label={t('import.zone')} name="zone" value={zone.value} onInput={(text) => (zone.value = text)} />
          <Field
            label={t('import.system')}
            hint={t('import.systemHint')}
            name="system"
            value={system.value}
            onInput={(text) => (system.value = text)}
          />
          <Field
            kind="select"
            label={t('field.unit')}
            name="unit"
            options={[
              ...units.map(({ id, name }) => ({ value: id, label: name })),
              { value: '', label: t('import.unitByMapping') },
            ]}
            value={unit.value}
            onInput={(chosen) => (unit.value = chosen)}
          />
          <Field
            kind="select"
            label={t('import.which')}
            name="which"
            options={(['live', 'history'] as const).map((value) => ({ value, label: t(`import.${value}`) }))}
            value={history.value}
            onInput={(chosen) => (history.value = chosen)}
          />
          <Field
            kind="area"
            rows={10}
            label={t('import.text')}
            name="mapping"
            value={mapping}
            onInput={(text) => (edited.value = text)}
          />
          <div class="form-actions">
            <QuietButton label={t('act.check')} whyNot={barred} onTap={() => void run('check')} />
            <ActionButton
              label={t('act.import')}
              whyNot={barred ?? (checked ? undefined : t('import.checkFirst'))}
              onTap={() => void run('import')}
            />
          </div>
        </section>
      )}
    </div>
  );
}
