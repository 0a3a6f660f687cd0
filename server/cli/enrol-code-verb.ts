import { err, ok } from '#shared/result.ts';

import { terminalQr } from '../tls/terminal-qr.ts';
import { findNamed } from './find-named.ts';
import { openDoor } from './open-door.ts';
import { needed, readOptions, wrong, type Verb } from './verb.ts';
import { withStore } from './with-store.ts';

export const enrolCodeVerb: Verb = {
  usage: '--crew NAME --person NAME [--hours N] [--count N] [--qr]',
  help: [
    '--person  whose tablet it is, by name or id',
    '--hours   how long the code is good, default 24',
    '--count   so many codes, one for each tablet, default 1; with --json as a list under “codes”',
    '--qr      also as a QR code',
  ],
  run: (args, terminal) => {
    const options = readOptions(args, {
      crew: { type: 'string' },
      person: { type: 'string' },
      hours: { type: 'string', default: '24' },
      count: { type: 'string', default: '1' },
      qr: { type: 'boolean' },
    });
    if (!options.ok) return Promise.resolve(options);
    const { hours, count, qr = false, ...values } = options.value.values;
    const crewName = needed('--crew', values.crew);
    if (!crewName.ok) return Promise.resolve(crewName);
    const personName = needed('--person', values.person);
    if (!personName.ok) return Promise.resolve(personName);
    if (!/^\d{1,3}$/.test(hours) || Number(hours) === 0)
      return Promise.resolve(err(wrong('--hours', `“${hours}” is not a number of hours up to 999`)));
    if (!/^\d{1,3}$/.test(count) || Number(count) === 0)
      return Promise.resolve(err(wrong('--count', `“${count}” is not a number of codes up to 999`)));

    return withStore(terminal, async (store, { publicUrl, port }) => {
      const crew = findNamed(await store.roster.crews(), crewName.value, '--crew');
      if (!crew.ok) return crew;
      const person = findNamed(await store.roster.people(), personName.value, '--person');
      if (!person.ok) return person;
      const forMs = Number(hours) * HOUR;
      const endsAt = terminal.clock() + forMs;
      const door = openDoor(store, terminal);
      const codes: string[] = [];
      while (codes.length < Number(count))
        codes.push(await door.makeCode({ crew: crew.value.id, person: person.value.id, forMs }));
      const address = `${publicUrl ?? `http://localhost:${port}`}/crew`;
      const [code, ...more] = codes;
      const made = { ...(more.length > 0 ? { codes } : { code }), crew: crew.value.id, person: person.value.id };
      await terminal.result({ ...made, endsAt, address }, [
        ...codes.map(
          (one) =>
            `Code ${one} for ${crew.value.name}, ${person.value.name}; good once, until ${new Date(endsAt).toISOString()}.`,
        ),
        `Open ${address} on ${more.length > 0 ? 'each tablet and type one of them in' : 'the tablet and type it in'}.`,
        ...(qr ? codes.flatMap((one) => [...(more.length > 0 ? [one] : []), terminalQr(one)]) : []),
      ]);
      return ok(0);
    });
  },
};

const HOUR = 60 * 60_000;
