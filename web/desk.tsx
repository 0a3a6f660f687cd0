import './ui/base.css';
import { effect, signal, type Signal } from '@preact/signals';
import { render } from 'preact';

import { createClient } from './client.ts';
import { DeskApp } from './desk/desk-app.tsx';
import type { DeskPlace, MapLayers, Preferences } from './desk/desk-state.ts';
import { followPath, showPath } from './device/address.ts';
import { preferences } from './device/preferences.ts';
import { watchWallScreen } from './device/wide-screen.ts';
import { ClientContext } from './read/client-context.ts';

const LAYERS = ['streets', 'online', 'feeders'] as const;
const kept = {
  lang: choice('lang', ['zh', 'en']),
  theme: choice('desk-theme', ['light', 'night']),
  tour: choice('desk-tour', ['none', 'offered', 'seen']),
  layers: signal(layersIn(preferences.read('desk-layers') ?? 'streets online')),
  letterKeys: signal(preferences.read('desk-letter-keys') !== 'off'),
  wall: signal(false),
} satisfies Preferences;
watchWallScreen((wall) => (kept.wall.value = wall));
effect(() => preferences.keep('desk-layers', LAYERS.filter((name) => kept.layers.value[name]).join(' ')));
effect(() => preferences.keep('desk-letter-keys', kept.letterKeys.value ? 'on' : 'off'));

const place = signal<DeskPlace>('board');
const PLACES = ['reports', 'admin', 'import'] as const satisfies readonly DeskPlace[];
followPath((path) => (place.value = PLACES.find((one) => path.endsWith(`/${one}`)) ?? 'board'));
effect(() => showPath(place.value === 'board' ? '/desk' : `/desk/${place.value}`));

const client = await createClient('desk');
const app = document.getElementById('app');
if (!app) throw new Error('the page has no place for the app');
render(
  <ClientContext.Provider value={client}>
    <DeskApp preferences={kept} place={place} />
  </ClientContext.Provider>,
  app,
);

/** The layers of the map by their names. */
function layersIn(names: string): MapLayers {
  const on = new Set(names.split(' '));
  return { streets: on.has('streets'), online: on.has('online'), feeders: on.has('feeders') };
}

/** A choice as it was last made on this computer; the first one if none was. */
function choice<Choice extends string>(name: string, among: readonly [Choice, ...Choice[]]): Signal<Choice> {
  const before = preferences.read(name);
  const made = signal(among.find((one) => one === before) ?? among[0]);
  effect(() => preferences.keep(name, made.value));
  return made;
}
