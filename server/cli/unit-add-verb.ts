import type { UnitMade } from '#shared/event/organisation.ts';
import { err, ok } from '#shared/result.ts';

import { findNamed } from './find-named.ts';
import { made } from './made.ts';
import { nameOf, readOptions, wrong, type Verb } from './verb.ts';
import { withStore } from './with-store.ts';

const LEVELS = ['centre', 'district', 'station'] as const satisfies readonly UnitMade['level'][];

export const unitAddVerb: Verb = {
  usage: '--name NAME [--level centre|district|station] [--parent NAME]',
  help: ['--level   centre without --parent, else district', '--parent  the unit it belongs to, by name or id'],
  run: (args, terminal) => {
    const options = readOptions(args, {
      name: { type: 'string' },
      level: { type: 'string' },
      parent: { type: 'string' },
    });
    if (!options.ok) return Promise.resolve(options);
    const { values, positionals } = options.value;
    const name = nameOf(values.name ?? positionals[0]);
    if (!name.ok) return Promise.resolve(name);
    const asked = values.level ?? (values.parent === undefined ? 'centre' : 'district');
    const level = LEVELS.find((one) => one === asked);
    if (!level) return Promise.resolve(err(wrong('--level', `“${asked}” is none of ${LEVELS.join(', ')}`)));
    return withStore(terminal, async ({ roster, log }) => {
      const parent =
        values.parent === undefined ? ok(null) : findNamed(await roster.units(), values.parent, '--parent');
      if (!parent.ok) return parent;
      const data = { name: name.value, level, parent: parent.value?.id ?? null };
      const id = made(await log.record([{ subject: null, draft: { kind: 'unitMade', data }, by: null }]));
      await terminal.result({ id, name: name.value }, [`Unit “${name.value}” made: ${id}`]);
      return ok(0);
    });
  },
};
