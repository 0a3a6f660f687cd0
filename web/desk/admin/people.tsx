import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';

import { ROLES, type Role } from '#shared/event/organisation.ts';

import { createAdministration } from '../../read/administration.ts';
import { Field } from '../../ui/field.tsx';
import { useDesk, useWords } from '../desk-state.ts';
import { useMake } from '../use-make.ts';
import { GivePassword } from './give-password.tsx';
import { MakeForm } from './make-form.tsx';
import { onlyAdmin, ownUnits } from './own-units.ts';

const SHORTEST = 8;
const MADE_HERE = ROLES.filter((role) => role !== 'integration');

export function People() {
  const desk = useDesk();
  const { t } = useWords();
  const server = useMemo(() => createAdministration(desk.client), [desk]);
  const units = ownUnits(desk);
  const name = useSignal('');
  const password = useSignal('');
  const role = useSignal<Role>('crew');
  const unit = useSignal(units[0]?.id ?? '');
  const { error, done, make } = useMake();
  const shown = [...desk.client.org.value.persons.values()]
    .filter((person) => units.some(({ id }) => id === person.unit))
    .toSorted((a, b) => ROLES.indexOf(b.role) - ROLES.indexOf(a.role) || a.name.localeCompare(b.name));
  const signsIn = role.value !== 'crew';
  const submit = async (): Promise<void> => {
    const called = name.value.trim();
    const at = units.find(({ id }) => id === unit.value);
    if (called === '' || !at) error.value = t('admin.nameMissing');
    else if (signsIn && password.value.length < SHORTEST) error.value = t('admin.passwordShort', { n: SHORTEST });
    else {
      const who = { name: called, unit: at.id, role: role.value };
      const what = signsIn ? { ...who, password: password.value } : who;
      if (!(await make(server.makePerson(what), t('admin.made', { name: called })))) return;
      name.value = '';
      password.value = '';
    }
  };
  return (
    <>
      <section class="page-box">
        <h2>
          {t('admin.people')} {shown.length}
        </h2>
        <table class="page-table">
          <thead>
            <tr>
              <th scope="col">{t('admin.name')}</th>
              <th scope="col">{t('admin.role')}</th>
              <th scope="col">{t('field.unit')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((person) => (
              <tr key={person.id}>
                <th scope="row">{person.name}</th>
                <td>{t(`role.${person.role}`)}</td>
                <td>{units.find(({ id }) => id === person.unit)?.name}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <div class="page-forms">
        <MakeForm
          title={t('admin.newPerson')}
          act={t('act.make')}
          whyNot={onlyAdmin(desk)}
          error={error.value}
          done={done.value}
          onMake={submit}
        >
          <Field
            label={t('admin.name')}
            name="person-name"
            value={name.value}
            onInput={(text) => (name.value = text)}
          />
          <Field
            label={t('admin.role')}
            name="person-role"
            kind="select"
            options={MADE_HERE.map((value) => ({ value, label: t(`role.${value}`) }))}
            value={role.value}
            onInput={(chosen) => (role.value = MADE_HERE.find((one) => one === chosen) ?? 'crew')}
          />
          <Field
            label={t('field.unit')}
            name="person-unit"
            kind="select"
            options={units.map(({ id, name: label }) => ({ value: id, label }))}
            value={unit.value}
            onInput={(chosen) => (unit.value = chosen)}
          />
          {signsIn ? (
            <Field
              label={t('signIn.password')}
              hint={t('admin.passwordHint', { n: SHORTEST })}
              name="person-password"
              kind="password"
              autoComplete="new-password"
              value={password.value}
              onInput={(text) => (password.value = text)}
            />
          ) : (
            <p class="meta">{t('admin.crewSignsIn')}</p>
          )}
        </MakeForm>
        <GivePassword people={shown} />
      </div>
    </>
  );
}
