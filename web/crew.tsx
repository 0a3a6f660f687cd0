import './ui/base.css';
import { effect, signal, type Signal } from '@preact/signals';
import { render } from 'preact';

import { createClient } from './client.ts';
import { CrewApp } from './crew/crew-app.tsx';
import { fragmentOf, type Place, placeOf } from './crew/place.ts';
import { type Choices, createShell, type Drafts, type Said, ShellContext } from './crew/shell.ts';
import { goBack, goTo, watchAddress } from './device/address.ts';
import { afterPaint } from './device/after-paint.ts';
import { preferences } from './device/preferences.ts';
import { randomBytes } from './device/random.ts';
import { slowHash } from './device/slow-hash.ts';
import { watchTouches } from './device/touches.ts';
import { watchWideScreen } from './device/wide-screen.ts';
import { ClientContext } from './read/client-context.ts';
import { createPinLock } from './read/pin-lock.ts';
import { openDrafts } from './storage/drafts.ts';
import { createPinStore } from './storage/pin-store.ts';
import { loadCrewWords } from './text/crew-text.ts';

// Whoever comes for the first time needs the page that lets them in: there is no list to draw before it.
if (preferences.read('lang') === null) import('./crew/later-screens.ts').catch(() => undefined);

const choices: Choices = {
  lang: kept('lang', ['zh', 'en']),
  theme: kept('theme', ['light', 'night', 'sun']),
  glove: kept('glove', ['standard', 'thick']),
  hand: kept('hand', ['right', 'left']),
  reach: kept('reach', ['two', 'one']),
  tour: kept('crew-tour', ['none', 'offered', 'seen']),
};

// Before anything else is painted: a night screen does not flash.
effect(() => {
  const { dataset } = document.documentElement;
  dataset['theme'] = choices.theme.value;
  dataset['glove'] = choices.glove.value;
});

const place = signal(placeOf(''));
const wide = signal(false);
let going = 0;
watchAddress((fragment) => {
  // While a tap's address is not written yet, the one that is there says where we were.
  if (going === 0) showAt(fragment);
});
watchWideScreen((is) => (wide.value = is));

// Half-filled pages are needed by the pages that come later, not by the list.
const drafts = opening(openDrafts('relight-drafts'));
const pins = createPinStore('relight-pin');
const [client, first, pin] = await Promise.all([createClient('crew'), loadSaid(), pins.read()]);
const lock = createPinLock({
  store: pins,
  kept: pin,
  act: (person) => void client.actAs(person),
  session: client.session,
  hash: slowHash,
  salt: randomBytes,
  now: () => Date.now(),
});
watchTouches(lock.touched, lock.look);
const said = signal(first);
effect(() => {
  if (choices.lang.value === said.peek().lang) return;
  // Not to be had just now: what is shown stays readable.
  void loadSaid().then(
    (next) => (said.value = next),
    () => undefined,
  );
});
const shell = createShell({ choices, drafts, place, wide, lock, go, back: () => afterPaint(goBack) }, said);

effect(() => {
  const page = document.documentElement;
  page.lang = said.value.lang === 'zh' ? 'zh-CN' : 'en';
  document.title = shell.words.value.t('app.name');
});

const app = document.getElementById('app');
if (!app) throw new Error('the page has no place for the app');
// The name that stood there until now: what is drawn does not take its place by itself.
app.replaceChildren();
// The name that stood there while the app came: rendering would leave it standing above everything.
app.replaceChildren();
render(
  <ClientContext.Provider value={client}>
    <ShellContext.Provider value={shell}>
      <CrewApp />
    </ShellContext.Provider>
  </ClientContext.Provider>,
  app,
);

/** The page changes within the tap's own frame; writing the address costs a tenth of it, so that follows. */
function go(to: Place): void {
  const fragment = fragmentOf(to);
  showAt(fragment);
  going += 1;
  afterPaint(() => {
    going -= 1;
    goTo(fragment);
  });
}

function showAt(fragment: string): void {
  const at = placeOf(fragment);
  if (fragmentOf(at) !== fragmentOf(place.peek())) place.value = at;
}

function opening(coming: Promise<Drafts>): Drafts {
  let here: Drafts | null = null;
  const ready = coming.then((drafts) => void (here = drafts));
  return {
    ready,
    read: (name) => here?.read(name) ?? null,
    keep: (name, text) => here?.keep(name, text),
  };
}

async function loadSaid(): Promise<Said> {
  const lang = choices.lang.value;
  return { lang, words: await loadCrewWords(lang) };
}

/** A choice as it was last made on this device; the first one if none was. */
function kept<Choice extends string>(name: string, among: readonly [Choice, ...Choice[]]): Signal<Choice> {
  const before = preferences.read(name);
  const choice = signal(among.find((one) => one === before) ?? among[0]);
  effect(() => preferences.keep(name, choice.value));
  return choice;
}
