import { err, ok } from '#shared/result.ts';

import { makeTracker } from '../services/trackers.ts';
import { findNamed } from './find-named.ts';
import { needed, readOptions, wrong, type Verb } from './verb.ts';
import { withStore } from './with-store.ts';

export const trackerAddVerb: Verb = {
  usage: '--id NAME --crew NAME [--key KEY]',
  help: [
    '--id    by which the tracker names itself (its identifier in Traccar or OsmAnd)',
    '--crew  by name or id: the van it rides in',
    '--key   one that other trackers have already: for a Traccar server that forwards for all of them',
    'Says the key once. A tracker that is there is given to this crew, under a new key.',
  ],
  run: (args, terminal) => {
    const options = readOptions(args, { id: { type: 'string' }, crew: { type: 'string' }, key: { type: 'string' } });
    if (!options.ok) return Promise.resolve(options);
    const { values } = options.value;
    const id = needed('--id', values.id);
    if (!id.ok) return Promise.resolve(id);
    const crewName = needed('--crew', values.crew);
    if (!crewName.ok) return Promise.resolve(crewName);
    if (id.value.length > 80) return Promise.resolve(err(wrong('--id', 'longer than 80 characters')));
    if (values.key !== undefined && values.key.length < KEY_LETTERS)
      return Promise.resolve(err(wrong('--key', `shorter than ${KEY_LETTERS} characters`)));
    return withStore(terminal, async ({ roster, trackers }) => {
      const crew = findNamed(await roster.crews(), crewName.value, '--crew');
      if (!crew.ok) return crew;
      const { clock, random } = terminal;
      const asked = { id: id.value, crew: crew.value.id, key: values.key ?? null };
      const key = await makeTracker({ trackers, clock, random }, asked);
      await terminal.result({ id: id.value, crew: crew.value.id, key }, [
        `Tracker “${id.value}” rides with “${crew.value.name}”. Its key, shown only now: ${key}`,
        `OsmAnd, Traccar Client: /v1/positions/osmand?key=${key}&id=${encodeURIComponent(id.value)}&lat=…&lon=…`,
        `Traccar's forward (JSON): /v1/positions/traccar, header Authorization: Bearer ${key}`,
      ]);
      return ok(0);
    });
  },
};

const KEY_LETTERS = 16;
