import { computed, type ReadonlySignal, type Signal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

import type { PinLock } from '../read/pin-lock.ts';
import { crewText, type CrewText, type CrewWords } from '../text/crew-text.ts';
import { type Format, formatIn } from '../text/format.ts';
import type { Lang } from '../text/text.ts';
import type { Place } from './place.ts';

export type Theme = 'light' | 'night' | 'sun';
export type Glove = 'standard' | 'thick';
export type Hand = 'right' | 'left';
/** One hand holds the tablet and taps: everything that can be tapped starts within its thumb's reach. */
export type Reach = 'two' | 'one';

/** The tour of the demonstration: `offered` once somebody has come in there. */
export type TourState = 'none' | 'offered' | 'seen';

/** What a person chose on this tablet. Writing to a signal keeps the choice. */
export type Choices = {
  readonly lang: Signal<Lang>;
  readonly theme: Signal<Theme>;
  readonly glove: Signal<Glove>;
  readonly hand: Signal<Hand>;
  readonly reach: Signal<Reach>;
  /** Left out: there is no tour to keep in mind. */
  readonly tour?: Signal<TourState>;
};

/** What somebody has begun to fill in, by page; an empty text forgets it. `ready`: all that was kept is at hand. */
export type Drafts = {
  read(name: string): string | null;
  keep(name: string, text: string): void;
  readonly ready?: Promise<void>;
};

/** What surrounds every screen. `wide`: room for list and page side by side. */
export type Shell = {
  readonly choices: Choices;
  readonly drafts: Drafts;
  readonly place: ReadonlySignal<Place>;
  go(place: Place): void;
  back(): void;
  readonly wide: ReadonlySignal<boolean>;
  readonly lock: PinLock;
};

/** The words of the chosen language: `t` says sentences, `f` writes times and numbers. */
export type Words = { readonly t: CrewText; readonly f: Format; readonly lang: Lang };

export const ShellContext = createContext<(Shell & { readonly words: ReadonlySignal<Words> }) | null>(null);

/** The language that is shown: the chosen one as soon as its words are here. */
export type Said = { readonly lang: Lang; readonly words: CrewWords };

/** @param timeZone IANA name; without it the tablet's own. */
export const createShell = (shell: Shell, said: ReadonlySignal<Said>, timeZone?: string) => ({
  ...shell,
  words: computed((): Words => {
    const { lang, words } = said.value;
    const t = crewText(words);
    return { lang, t, f: formatIn(lang, t, timeZone) };
  }),
});

export function useShell(): Shell {
  return useFilledShell();
}

export function useWords(): Words {
  return useFilledShell().words.value;
}

function useFilledShell() {
  const shell = useContext(ShellContext);
  if (!shell) throw new Error('no shell around this screen');
  return shell;
}
