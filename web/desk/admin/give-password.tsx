import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';

import { createAdministration } from '../../read/administration.ts';
import type { Organisation } from '../../read/client-context.ts';
import { Field } from '../../ui/field.tsx';
import { useDesk, useWords } from '../desk-state.ts';
import { useMake } from '../use-make.ts';
import { MakeForm } from './make-form.tsx';
import { onlyAdmin } from './own-units.ts';

type Person = Organisation['persons'] extends ReadonlyMap<infer _, infer P> ? P : never;

const SHORTEST = 8;

/** Another password for somebody who has forgotten theirs; what is open in their name is closed. */
export function GivePassword({ people }: { readonly people: readonly Person[] }) {
  const desk = useDesk();
  const { t } = useWords();
  const server = useMemo(() => createAdministration(desk.client), [desk]);
  const known = people.filter(({ role }) => role !== 'crew' && role !== 'integration');
  const who = useSignal('');
  const password = useSignal('');
  const { error, done, make } = useMake();
  const give = async (): Promise<void> => {
    const person = known.find(({ id }) => id === who.value);
    if (!person) error.value = t('password.whom');
    else if (password.value.length < SHORTEST) error.value = t('admin.passwordShort', { n: SHORTEST });
    else {
      const given = server.givePassword({ person: person.id, password: password.value });
      await make(given, t('password.given', { name: person.name }));
      if (error.peek() === null) password.value = '';
    }
  };
  return (
    <MakeForm
      title={t('password.title')}
      act={t('act.givePassword')}
      whyNot={onlyAdmin(desk)}
      error={error.value}
      done={done.value}
      takesFocus={false}
      onMake={give}
    >
      <Field
        kind="select"
        label={t('admin.name')}
        name="password-person"
        options={[
          { value: '', label: t('password.choose') },
          ...known.map(({ id, name, role }) => ({ value: id, label: `${name} · ${t(`role.${role}`)}` })),
        ]}
        value={who.value}
        onInput={(chosen) => (who.value = chosen)}
      />
      <Field
        kind="password"
        label={t('password.new')}
        hint={t('password.hint', { n: SHORTEST })}
        name="new-password"
        autoComplete="new-password"
        value={password.value}
        onInput={(text) => (password.value = text)}
      />
    </MakeForm>
  );
}
