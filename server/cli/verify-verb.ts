import { ok } from '#shared/result.ts';

import { readOptions, type Verb } from './verb.ts';
import { withStore } from './with-store.ts';

export const verifyVerb: Verb = {
  usage: '',
  help: ['Works on a copy of the moment, beside a live server. Exit code 1 if anything is not as it was written.'],
  run: (args, terminal) => {
    const options = readOptions(args, {});
    if (!options.ok) return Promise.resolve(options);
    return withStore(terminal, async ({ verify }) => {
      const found = await verify((q) => terminal.progress(() => `${q} events read and folded`));
      const { events, orders, damages, damage } = found;
      await terminal.result({ ok: damages === 0, ...found }, [
        `${events} events, ${orders} orders: ${damages === 0 ? 'all as they were written.' : `${damages} things are wrong.`}`,
        ...damage.map(({ q, what }) => `  ${q === null ? '' : `position ${q}: `}${what}`),
      ]);
      return ok(damages === 0 ? 0 : 1);
    });
  },
};
