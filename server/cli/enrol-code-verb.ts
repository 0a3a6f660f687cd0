import { err, ok } from '#shared/result.ts';

import { terminalQr } from '../tls/terminal-qr.ts';
import { findNamed } from './find-named.ts';
import { openDoor } from './open-door.ts';
import { needed, readOptions, wrong, type Verb } from './verb.ts';
import { withStore } from './with-store.ts';

export const enrolCodeVerb: Verb = {
  usage: '--crew NAME --person NAME [--hours N] [--qr]',
  help: [
    '--person  whose tablet it is, by name or id',
    '--hours   how long the code is good, default 24',
    '--qr      also as a QR code',
  ],
  run: (args, terminal) => {
    const options = readOptions(args, {
      crew: { type: 'string' },
      person: { type: 'string' },
      hours: { type: 'string', default: '24' },
      qr: { type: 'boolean' },
    });
    if (!options.ok) return Promise.resolve(options);
    const { hours, qr = false, ...values } = options.value.values;
    const crewName = needed('--crew', values.crew);
    if (!crewName.ok) return Promise.resolve(crewName);
    const personName = needed('--person', values.person);
    if (!personName.ok) return Promise.resolve(personName);
    if (!/^\d{1,3}$/.test(hours) || Number(hours) === 0)
      return Promise.resolve(err(wrong('--hours', `“${hours}” is not a number of hours up to 999`)));

    return withStore(terminal, async (store, { publicUrl, port }) => {
      const crew = findNamed(await store.roster.crews(), crewName.value, '--crew');
      if (!crew.ok) return crew;
      const person = findNamed(await store.roster.people(), personName.value, '--person');
      if (!person.ok) return person;
      const forMs = Number(hours) * HOUR;
      const endsAt = terminal.clock() + forMs;
      const code = await openDoor(store, terminal).makeCode({ crew: crew.value.id, person: person.value.id, forMs });
      const address = `${publicUrl ?? `http://localhost:${port}`}/crew`;
      await terminal.result({ code, crew: crew.value.id, person: person.value.id, endsAt, address }, [
        `Code ${code} for ${crew.value.name}, ${person.value.name}; good once, until ${new Date(endsAt).toISOString()}.`,
        `Open ${address} on the tablet and type it in.`,
        ...(qr ? [terminalQr(code)] : []),
      ]);
      return ok(0);
    });
  },
};

const HOUR = 60 * 60_000;
