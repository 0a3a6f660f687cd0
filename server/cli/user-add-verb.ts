import { text as readAll } from 'node:stream/consumers';

import { ROLES } from '#shared/event/organisation.ts';
import { asPersonId } from '#shared/ids.ts';
import { err, ok, type Result } from '#shared/result.ts';

import { findNamed } from './find-named.ts';
import { made } from './made.ts';
import { openDoor } from './open-door.ts';
import type { Terminal } from './terminal.ts';
import { failed, nameOf, needed, readOptions, wrong, type Complaint, type Verb } from './verb.ts';
import { withStore } from './with-store.ts';

export const userAddVerb: Verb = {
  usage: '--name NAME --role ROLE --unit NAME [--password-stdin]',
  help: [
    `--role            ${ROLES.join(', ')}`,
    '--unit            by name or id',
    '--password-stdin  reads the password from standard input; the person signs in with name and password.',
    '                  Without it the person has no login: crews enrol their tablets by a code instead.',
  ],
  run: async (args, terminal) => {
    const options = readOptions(args, {
      name: { type: 'string' },
      role: { type: 'string' },
      unit: { type: 'string' },
      'password-stdin': { type: 'boolean' },
    });
    if (!options.ok) return options;
    const { values, positionals } = options.value;
    const name = nameOf(values.name ?? positionals[0]);
    if (!name.ok) return name;
    const role = ROLES.find((one) => one === values.role);
    if (!role) return err(wrong('--role', `“${values.role ?? ''}” is none of ${ROLES.join(', ')}`));
    const unitName = needed('--unit', values.unit);
    if (!unitName.ok) return unitName;
    const password = values['password-stdin'] ? await readPassword(terminal) : ok(null);
    if (!password.ok) return password;

    return withStore(terminal, async (store) => {
      const unit = findNamed(await store.roster.units(), unitName.value, '--unit');
      if (!unit.ok) return unit;
      if (password.value !== null && (await store.roster.people()).some((one) => one.name === name.value))
        return err(failed('--name', `somebody is called “${name.value}” already: a login needs a name of its own`));
      const data = { name: name.value, unit: unit.value.id, role };
      const id = made(await store.log.record([{ subject: null, draft: { kind: 'personMade', data }, by: null }]));
      if (password.value !== null) {
        const login = { person: asPersonId(id), name: name.value, password: password.value };
        const put = await openDoor(store, terminal).putLogin(login);
        if (!put.ok) return err(failed('--name', `${id} was made, but another login is spelled like “${name.value}”`));
      }
      const says = password.value === null ? 'without a login' : `signs in as “${name.value}”`;
      await terminal.result({ id, name: name.value, role, login: password.value !== null }, [
        `${role} “${name.value}” made: ${id}, ${says}.`,
      ]);
      return ok(0);
    });
  },
};

async function readPassword({ stdin }: Terminal): Promise<Result<string, Complaint>> {
  const password = (await readAll(stdin)).replace(/\r?\n$/, '');
  if (password.length < 8) return err(wrong('--password-stdin', 'the password has fewer than 8 characters'));
  return password.length > 200
    ? err(wrong('--password-stdin', 'the password has more than 200 characters'))
    : ok(password);
}
