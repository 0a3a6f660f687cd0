import { Field } from '../../ui/field.tsx';
import { useDesk, useWords } from '../desk-state.ts';
import { isInUnit } from '../unit-tree.ts';
import type { Intake } from './intake-draft.ts';

type UnitFieldProps = { readonly value: Intake; readonly put: (change: Partial<Intake>) => void };

/** Only where there is a choice. */
export function UnitField({ value, put }: UnitFieldProps) {
  const { client } = useDesk();
  const { t } = useWords();
  const org = client.org.value;
  const top = client.session.value?.unit.id;
  const below = [...org.units.values()].filter(({ id }) => top !== undefined && isInUnit(id, top, org));
  if (below.length < 2) return null;
  return (
    <Field
      label={t('field.unit')}
      name="unit"
      kind="select"
      options={below.map(({ id, name }) => ({ value: id, label: name }))}
      value={value.unit}
      onInput={(chosen) => put({ unit: below.find(({ id }) => id === chosen)?.id ?? value.unit })}
    />
  );
}
