import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';

import { subjectOf } from '#shared/ids.ts';

import { createAdministration } from '../../read/administration.ts';
import { Field } from '../../ui/field.tsx';
import { useDesk, useWords } from '../desk-state.ts';
import { useMake } from '../use-make.ts';
import { ActRow } from './act-row.tsx';
import { MakeForm } from './make-form.tsx';
import { LEVELS, onlyAdmin, ownUnits } from './own-units.ts';
import { RenameForm } from './rename.tsx';

export function Units() {
  const desk = useDesk();
  const { t } = useWords();
  const server = useMemo(() => createAdministration(desk.client), [desk]);
  const units = ownUnits(desk);
  const name = useSignal('');
  const parent = useSignal(units[0]?.id ?? '');
  const { error, done, make } = useMake();
  const { crews, units: all } = desk.client.org.value;
  const submit = async (): Promise<void> => {
    const above = units.find(({ id }) => id === parent.value);
    const called = name.value.trim();
    if (called === '' || !above) {
      error.value = t('admin.nameMissing');
      return;
    }
    const level = LEVELS[Math.min(LEVELS.indexOf(above.level) + 1, LEVELS.length - 1)] ?? 'station';
    const made = server.makeUnit({ name: called, level, parent: above.id });
    if (await make(made, t('admin.made', { name: called }))) name.value = '';
  };
  return (
    <>
      <section class="page-box">
        <h2>
          {t('admin.units')} {units.length}
        </h2>
        <table class="page-table">
          <thead>
            <tr>
              <th scope="col">{t('admin.name')}</th>
              <th scope="col">{t('admin.level')}</th>
              <th scope="col">{t('admin.parent')}</th>
              <th scope="col">{t('admin.crews')}</th>
              <th scope="col">{t('admin.acts')}</th>
            </tr>
          </thead>
          <tbody>
            {units.map((unit) => (
              <ActRow
                key={unit.id}
                columns={5}
                acts={[
                  {
                    label: t('act.rename'),
                    form: <RenameForm about={subjectOf('unit', unit.id)} kind="unitRenamed" name={unit.name} />,
                  },
                ]}
              >
                <th scope="row">{unit.name}</th>
                <td>{t(`level.${unit.level}`)}</td>
                <td>{unit.parent === null ? '' : (all.get(unit.parent)?.name ?? '')}</td>
                <td class="tabular">{[...crews.values()].filter((crew) => crew.unit === unit.id).length}</td>
              </ActRow>
            ))}
          </tbody>
        </table>
      </section>
      <MakeForm
        title={t('admin.newUnit')}
        act={t('act.make')}
        whyNot={onlyAdmin(desk)}
        error={error.value}
        done={done.value}
        onMake={submit}
      >
        <Field label={t('admin.name')} name="unit-name" value={name.value} onInput={(text) => (name.value = text)} />
        <Field
          label={t('admin.parent')}
          name="unit-parent"
          kind="select"
          options={units.map(({ id, name: label }) => ({ value: id, label }))}
          value={parent.value}
          onInput={(chosen) => (parent.value = chosen)}
        />
      </MakeForm>
    </>
  );
}
