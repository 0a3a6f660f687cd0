import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';

import { subjectOf } from '#shared/ids.ts';

import { createAdministration } from '../../read/administration.ts';
import { Field } from '../../ui/field.tsx';
import { useDesk, useWords } from '../desk-state.ts';
import { useMake } from '../use-make.ts';
import { ActRow } from './act-row.tsx';
import { MakeForm } from './make-form.tsx';
import { MoveCrewForm } from './move-crew.tsx';
import { onlyAdmin, ownUnits } from './own-units.ts';
import { RenameForm } from './rename.tsx';

export function Crews() {
  const desk = useDesk();
  const { t } = useWords();
  const server = useMemo(() => createAdministration(desk.client), [desk]);
  const units = ownUnits(desk);
  const name = useSignal('');
  const van = useSignal('');
  const phone = useSignal('');
  const unit = useSignal(units[0]?.id ?? '');
  const { error, done, make } = useMake();
  const { crews, devices } = desk.client.org.value;
  const shown = [...crews.values()]
    .filter((crew) => units.some(({ id }) => id === crew.unit))
    .toSorted((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
  const submit = async (): Promise<void> => {
    const called = name.value.trim();
    const at = units.find(({ id }) => id === unit.value);
    if (called === '' || !at) {
      error.value = t('admin.nameMissing');
      return;
    }
    const [plate, number] = [van.value.trim(), phone.value.trim()];
    const what = { name: called, unit: at.id, ...(plate && { van: plate }), ...(number && { phone: number }) };
    if (!(await make(server.makeCrew(what), t('admin.made', { name: called })))) return;
    name.value = '';
    van.value = '';
    phone.value = '';
  };
  return (
    <>
      <section class="page-box">
        <h2>
          {t('admin.crews')} {shown.length}
        </h2>
        <table class="page-table">
          <thead>
            <tr>
              <th scope="col">{t('admin.name')}</th>
              <th scope="col">{t('field.unit')}</th>
              <th scope="col">{t('admin.van')}</th>
              <th scope="col">{t('field.phone')}</th>
              <th scope="col">{t('admin.devices')}</th>
              <th scope="col">{t('admin.acts')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((crew) => (
              <ActRow
                key={crew.id}
                columns={6}
                acts={[
                  {
                    label: t('act.rename'),
                    form: <RenameForm about={subjectOf('crew', crew.id)} kind="crewRenamed" name={crew.name} />,
                  },
                  {
                    label: t('act.moveCrew'),
                    whyNot: units.length > 1 ? undefined : t('admin.oneUnit'),
                    form: <MoveCrewForm crew={crew} />,
                  },
                ]}
              >
                <th scope="row">{crew.name}</th>
                <td>{units.find(({ id }) => id === crew.unit)?.name}</td>
                <td class="tabular">{crew.van}</td>
                <td class="tabular">{crew.phone}</td>
                <td class="tabular">
                  {[...devices.values()].filter((one) => one.crew === crew.id && !one.blocked && !one.lost).length}
                </td>
              </ActRow>
            ))}
          </tbody>
        </table>
      </section>
      <MakeForm
        title={t('admin.newCrew')}
        act={t('act.make')}
        whyNot={onlyAdmin(desk)}
        error={error.value}
        done={done.value}
        onMake={submit}
      >
        <Field label={t('admin.name')} name="crew-name" value={name.value} onInput={(text) => (name.value = text)} />
        <Field
          label={t('field.unit')}
          name="crew-unit"
          kind="select"
          options={units.map(({ id, name: label }) => ({ value: id, label }))}
          value={unit.value}
          onInput={(chosen) => (unit.value = chosen)}
        />
        <Field label={t('admin.van')} name="crew-van" value={van.value} onInput={(text) => (van.value = text)} />
        <Field
          label={t('field.phone')}
          name="crew-phone"
          kind="tel"
          value={phone.value}
          onInput={(text) => (phone.value = text)}
        />
      </MakeForm>
    </>
  );
}
