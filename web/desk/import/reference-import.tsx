import { useSignal } from '@preact/signals';

import type { ReferenceHead } from '#shared/api/reference.ts';

import { runReference } from '../../read/reference.ts';
import { Field } from '../../ui/field.tsx';
import { useDesk, useWords } from '../desk-state.ts';
import { ColumnField } from './column-field.tsx';
import { GridField } from './grid-field.tsx';
import { guessGrid, guessReference, REFERENCE_FIELDS } from './guess-reference.ts';
import { ImportFrame } from './import-frame.tsx';
import { ReferenceResult } from './reference-result.tsx';
import { useFileImport } from './use-file-import.ts';

const LOOK_BYTES = 256 * 1024;
const NO_COLUMNS = { feeder: '', x: '', y: '' };

/** Where transformers and switches stand and on which feeder: look, say which column is what, check, import. */
export function ReferenceImport() {
  const { client } = useDesk();
  const { t } = useWords();
  const columns = useSignal<ReferenceHead['columns']>(NO_COLUMNS);
  const grid = useSignal<ReferenceHead['grid']>('wgs84');
  const source = useSignal('');
  const chosen = () => ({
    source: source.value.trim().slice(0, 80) || 'file',
    grid: grid.value,
    columns: columns.value,
  });
  const way = useFileImport({
    ask: (act, file, onRead) => runReference(client, { head: { act, ...chosen() }, file }, onRead),
    // JSON can only be read whole.
    partOf: (file) => (/json$/i.test(file.name) ? file : file.slice(0, LOOK_BYTES)),
    onChoose: (file) => {
      columns.value = NO_COLUMNS;
      source.value = file?.name ?? '';
    },
    onLook: (look) => {
      columns.value = guessReference(look);
      grid.value = guessGrid(look, columns.value);
    },
    choices: () => JSON.stringify(chosen()),
  });
  const fields = way.seen?.geo ? (['feeder'] as const) : REFERENCE_FIELDS;
  const named = fields.every((field) => columns.value[field] !== '');

  return (
    <ImportFrame
      way={way}
      pick={t('reference.choose')}
      accept=".csv,.tsv,.txt,.json,.geojson,text/csv,application/geo+json"
      meaning={(name) => {
        const field = fields.find((one) => columns.value[one] === name);
        return field ? t(`reference.${field}`) : null;
      }}
      result={way.ended && <ReferenceResult act={way.ended.act} end={way.ended.end} />}
      steps={[t('reference.stepFile'), t('import.stepColumns'), t('import.stepCheck'), t('reference.stepImport')]}
      remark={t('reference.stepTwice')}
      barred={client.session.value?.person.role === 'admin' ? undefined : t('reference.notAllowed')}
      unready={named ? undefined : t('reference.sayColumns')}
      checked={way.ended?.end.is === 'done' && way.ended.end.counts.places > 0}
    >
      {fields.map((field) => (
        <ColumnField
          key={field}
          label={t(`reference.${field}`)}
          name={field}
          columns={way.seen?.columns ?? []}
          value={columns.value[field]}
          onChoose={(name) => (columns.value = { ...columns.value, [field]: name })}
        />
      ))}
      <GridField value={grid.value} onChoose={(to) => (grid.value = to)} />
      <Field
        label={t('reference.source')}
        hint={t('reference.sourceHint')}
        name="source"
        value={source.value}
        onInput={(text) => (source.value = text)}
      />
    </ImportFrame>
  );
}
