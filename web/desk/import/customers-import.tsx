import { useSignal } from '@preact/signals';

import {
  CUSTOMER_COLUMNS,
  type CustomerColumn,
  guessCustomerColumns,
  NEEDED_COLUMNS,
} from '#shared/api/customer-columns.ts';
import type { CustomersCounts, CustomersHead } from '#shared/api/customers.ts';

import { runCustomers } from '../../read/customers.ts';
import type { UploadEnd } from '../../read/run-upload.ts';
import { Field } from '../../ui/field.tsx';
import { useDesk, useWords } from '../desk-state.ts';
import { isInUnit } from '../unit-tree.ts';
import { ColumnField } from './column-field.tsx';
import { CustomersResult } from './customers-result.tsx';
import { GridField } from './grid-field.tsx';
import { guessGrid } from './guess-reference.ts';
import { ImportFrame } from './import-frame.tsx';
import { useFileImport } from './use-file-import.ts';

const LOOK_BYTES = 256 * 1024;
/** The same each month, whatever the file is called: so that the new list takes the place of the old. */
const SOURCE = 'customers';

const COLUMN_WORDS = {
  account: 'field.account',
  name: 'field.name',
  phone: 'field.phone',
  address: 'field.address',
  area: 'field.area',
  customerClass: 'more.class',
  x: 'reference.x',
  y: 'reference.y',
  transformer: 'field.transformer',
  feeder: 'field.feeder',
  unit: 'field.unit',
} as const satisfies Record<CustomerColumn, string>;

/** Who a unit's customers are, for whoever takes their calls: look, say which column is what, check, import. */
export function CustomersImport() {
  const { client } = useDesk();
  const { t } = useWords();
  const session = client.session.value;
  const columns = useSignal<CustomersHead['columns']>({});
  const grid = useSignal<CustomersHead['grid']>('wgs84');
  const source = useSignal(SOURCE);
  const unit = useSignal(session?.unit.id);
  const org = client.org.value;
  const units = [...org.units.values()].filter(({ id }) => session && isInUnit(id, session.unit.id, org));
  const chosen = (): Omit<CustomersHead, 'act' | 'unit'> => ({
    source: source.value.trim().slice(0, 80) || SOURCE,
    grid: grid.value,
    columns: columns.value,
  });
  const way = useFileImport({
    ask: (act, file, onRead): Promise<UploadEnd<CustomersCounts>> =>
      unit.value === undefined
        ? Promise.resolve({ is: 'network' })
        : runCustomers(client, { head: { act, unit: unit.value, ...chosen() }, file }, onRead),
    partOf: (file) => file.slice(0, LOOK_BYTES),
    onChoose: () => (columns.value = {}),
    onLook: (look) => {
      columns.value = guessCustomerColumns(look.columns);
      grid.value = guessGrid(look, columns.value);
    },
    choices: () => JSON.stringify([unit.value, chosen()]),
  });
  const said = (field: CustomerColumn): string => columns.value[field] ?? '';

  return (
    <ImportFrame
      way={way}
      pick={t('import.choose')}
      accept=".csv,.tsv,.txt,text/csv"
      meaning={(name) => {
        const field = CUSTOMER_COLUMNS.find((one) => said(one) === name);
        return field ? t(COLUMN_WORDS[field]) : null;
      }}
      result={way.ended && <CustomersResult act={way.ended.act} end={way.ended.end} />}
      steps={[t('customers.stepFile'), t('import.stepColumns'), t('import.stepCheck'), t('customers.stepImport')]}
      remark={t('customers.remark')}
      barred={session?.person.role === 'admin' ? undefined : t('customers.notAllowed')}
      unready={NEEDED_COLUMNS.every((field) => said(field) !== '') ? undefined : t('customers.sayColumns')}
      checked={way.ended?.end.is === 'done' && way.ended.end.counts.read > way.ended.end.counts.refusedCount}
    >
      {CUSTOMER_COLUMNS.map((field) => (
        <ColumnField
          key={field}
          label={t(COLUMN_WORDS[field])}
          name={field}
          columns={way.seen?.columns ?? []}
          value={said(field)}
          onChoose={(name) => (columns.value = { ...columns.value, [field]: name })}
        />
      ))}
      <GridField value={grid.value} onChoose={(to) => (grid.value = to)} />
      <Field
        kind="select"
        label={t('customers.whose')}
        hint={t('customers.whoseHint')}
        name="unit"
        options={units.map(({ id, name }) => ({ value: id, label: name }))}
        value={unit.value ?? ''}
        onInput={(to) => (unit.value = units.find(({ id }) => id === to)?.id)}
      />
      <Field
        label={t('reference.source')}
        hint={t('customers.sourceHint')}
        name="source"
        value={source.value}
        onInput={(text) => (source.value = text)}
      />
    </ImportFrame>
  );
}
