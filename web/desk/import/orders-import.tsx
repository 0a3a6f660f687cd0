import { useSignal } from '@preact/signals';

import type { ImportHead } from '#shared/api/import.ts';
import { AREAS } from '#shared/event/parts.ts';

import { runImport } from '../../read/imports.ts';
import { Field } from '../../ui/field.tsx';
import { useDesk, useWords } from '../desk-state.ts';
import { isInUnit } from '../unit-tree.ts';
import { ColumnField } from './column-field.tsx';
import { COLUMN_FIELDS, type ColumnsOf, guessColumns, mappingText } from './guess-mapping.ts';
import { ImportFrame } from './import-frame.tsx';
import { ImportResult } from './import-result.tsx';
import { useFileImport } from './use-file-import.ts';

/** What of a file is sent to be looked at. */
const LOOK_BYTES = 256 * 1024;

/** Another system's orders: look, say which column is what, check, import. Nothing is written before the last. */
export function OrdersImport() {
  const desk = useDesk();
  const { t } = useWords();
  const { client } = desk;
  const session = client.session.value;
  const columns = useSignal<ColumnsOf>({});
  const system = useSignal('list');
  const zone = useSignal(new Intl.DateTimeFormat().resolvedOptions().timeZone);
  const area = useSignal('urban');
  const unit = useSignal<string>(session?.unit.id ?? '');
  const history = useSignal('live');
  /** Edited by hand: then the choices above say nothing any more. */
  const edited = useSignal<string | null>(null);
  const org = client.org.value;
  const units = [...org.units.values()].filter(({ id }) => session && isInUnit(id, session.unit.id, org));
  const role = session?.person.role;
  const barred = role === 'dispatcher' || role === 'admin' ? undefined : t('import.notAllowed');

  const mapping = (): string =>
    edited.value ?? mappingText({ columns: columns.value, system: system.value, zone: zone.value, area: area.value });
  const chosen = (): Omit<ImportHead, 'act'> => {
    const own = units.find(({ id }) => id === unit.value)?.id;
    return { history: history.value === 'history', mapping: mapping(), ...(own ? { unit: own } : {}) };
  };
  const way = useFileImport({
    ask: async (act, file, onRead) => {
      const end = await runImport(client, { head: { act, ...chosen() }, file }, onRead);
      if (act === 'import') client.syncNow();
      return end;
    },
    partOf: (file) => file.slice(0, LOOK_BYTES),
    onChoose: () => (edited.value = null),
    onLook: (look) => (columns.value = guessColumns(look.columns)),
    choices: () => JSON.stringify(chosen()),
  });

  return (
    <ImportFrame
      way={way}
      pick={t('import.choose')}
      accept=".csv,.tsv,.txt,text/csv"
      meaning={(name) => {
        const field = COLUMN_FIELDS.find((one) => columns.value[one] === name);
        return field ? t(`import.${field}`) : null;
      }}
      result={way.ended && <ImportResult act={way.ended.act} end={way.ended.end} />}
      steps={[t('import.stepFile'), t('import.stepColumns'), t('import.stepCheck'), t('import.stepImport')]}
      remark={t('import.stepTwice')}
      barred={barred}
      checked={way.ended?.end.is === 'done' && way.ended.end.counts.read > 0}
    >
      {COLUMN_FIELDS.map((field) => (
        <ColumnField
          key={field}
          label={t(`import.${field}`)}
          name={field}
          columns={way.seen?.columns ?? []}
          value={columns.value[field] ?? ''}
          onChoose={(name) => {
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
        value={mapping()}
        onInput={(text) => (edited.value = text)}
      />
    </ImportFrame>
  );
}
