import { existsSync } from 'node:fs';
import { basename } from 'node:path';

import { err, ok } from '#shared/result.ts';

import { packRefusalText } from '../maps/check-pack.ts';
import { addPack, isPackName } from '../maps/map-folder.ts';
import { failed, readOptions, wrong, type Verb } from './verb.ts';
import { settings } from './with-store.ts';

export const mapAddVerb: Verb = {
  usage: 'FILE [--name NAME]',
  help: [
    'FILE    a PMTiles archive (version 3) with vector tiles of a street map, for example an extract of Protomaps',
    '--name  by which it is listed; without it the name of the file. An archive of the same name is replaced.',
    'The archive is checked first and copied into DATA_DIR/maps; the server needs no restart.',
  ],
  run: async (args, terminal) => {
    const options = readOptions(args, { name: { type: 'string' } });
    if (!options.ok) return options;
    const config = settings(terminal);
    if (!config.ok) return config;
    const { values, positionals } = options.value;
    const [file] = positionals;
    if (file === undefined) return err(wrong('FILE', 'say which archive'));
    if (!existsSync(file)) return err(failed('FILE', `${file}: there is no such file`));
    const name = values.name ?? basename(file).replace(/\.pmtiles$/, '');
    if (!isPackName(name)) return err(wrong('--name', `“${name}” does not do as the name of a file`));
    const added = await addPack(config.value.dataDir, file, name);
    if (!added.ok) return err(failed('FILE', `refused: ${packRefusalText(added.error)}`));
    const { bounds, minZoom, maxZoom, attribution } = added.value;
    await terminal.result({ name, ...added.value }, [
      `Map “${name}” accepted: zoom ${minZoom} to ${maxZoom}, ${bounds.map((one) => one.toFixed(3)).join(', ')}`,
      `Shown with it: ${attribution}`,
    ]);
    return ok(0);
  },
};
