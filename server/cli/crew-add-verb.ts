import { ok } from '#shared/result.ts';

import { findNamed } from './find-named.ts';
import { made } from './made.ts';
import { nameOf, needed, readOptions, type Verb } from './verb.ts';
import { withStore } from './with-store.ts';

export const crewAddVerb: Verb = {
  usage: '--name NAME --unit NAME [--van TEXT] [--phone TEXT]',
  help: ['--unit  by name or id'],
  run: (args, terminal) => {
    const options = readOptions(args, {
      name: { type: 'string' },
      unit: { type: 'string' },
      van: { type: 'string' },
      phone: { type: 'string' },
    });
    if (!options.ok) return Promise.resolve(options);
    const { values, positionals } = options.value;
    const name = nameOf(values.name ?? positionals[0]);
    if (!name.ok) return Promise.resolve(name);
    const unitName = needed('--unit', values.unit);
    if (!unitName.ok) return Promise.resolve(unitName);
    const { van, phone } = values;
    return withStore(terminal, async ({ roster, log }) => {
      const unit = findNamed(await roster.units(), unitName.value, '--unit');
      if (!unit.ok) return unit;
      const data = { name: name.value, unit: unit.value.id, ...(van ? { van } : {}), ...(phone ? { phone } : {}) };
      const id = made(await log.record([{ subject: null, draft: { kind: 'crewMade', data }, by: null }]));
      await terminal.result({ id, name: name.value }, [`Crew “${name.value}” made: ${id}`]);
      return ok(0);
    });
  },
};
