import '../../web/ui/base.css';
import { computed, signal } from '@preact/signals';
import { render } from 'preact';

import { CrewApp } from '../../web/crew/crew-app.tsx';
import type { Place } from '../../web/crew/place.ts';
import { type Choices, createShell, ShellContext, type TourState } from '../../web/crew/shell.ts';
import { ClientContext } from '../../web/read/client-context.ts';
import { crewWordsEn } from '../../web/text/crew-words-en.ts';
import { crewWordsZh } from '../../web/text/crew-words-zh.ts';
import type { FakeClient } from './fake-client.ts';
import { createFakeLock } from './fake-lock.ts';

/** The whole crew app on this page, over a fake client. Times are shown in UTC, as the builders write them. */
export function showCrew(
  fake: FakeClient,
  start: {
    readonly place?: Place;
    readonly wide?: boolean;
    readonly lang?: 'zh' | 'en';
    readonly theme?: 'light' | 'night' | 'sun';
    readonly hand?: 'left' | 'right';
    readonly reach?: 'two' | 'one';
    readonly tour?: 'offered';
    /** The tablet has this PIN and begins locked. */
    readonly pin?: string | undefined;
    /** So have others on it, by person. */
    readonly pins?: Readonly<Record<string, string>> | undefined;
    /** What lies begun on this tablet, by page. */
    readonly drafts?: Map<string, string>;
  } = {},
): { readonly place: { value: Place }; readonly choices: Choices; close(): void } {
  const place = signal<Place>(start.place ?? { at: 'today' });
  const choices: Choices = {
    lang: signal(start.lang ?? 'zh'),
    theme: signal(start.theme ?? 'light'),
    glove: signal('standard'),
    hand: signal(start.hand ?? 'right'),
    reach: signal(start.reach ?? 'two'),
    ...(start.tour ? { tour: signal<TourState>(start.tour) } : {}),
  };
  const drafts = start.drafts ?? new Map<string, string>();
  const shell = createShell(
    {
      choices,
      drafts: { read: (name) => drafts.get(name) ?? null, keep: (name, text) => void drafts.set(name, text) },
      place,
      wide: signal(start.wide ?? false),
      lock: createFakeLock(fake.client.session, {
        pin: start.pin,
        pins: start.pins,
        act: (person) => void fake.client.actAs(person),
      }),
      go: (to) => (place.value = to),
      back: () => (place.value = { at: 'today' }),
    },
    computed(() => ({ lang: choices.lang.value, words: choices.lang.value === 'zh' ? crewWordsZh : crewWordsEn })),
    'UTC',
  );
  const page = document.documentElement;
  page.lang = choices.lang.value === 'zh' ? 'zh-CN' : 'en';
  Object.assign(page.dataset, { app: 'crew', theme: choices.theme.value, glove: choices.glove.value });
  const app = document.createElement('div');
  document.body.append(app);
  render(
    <ClientContext.Provider value={fake.client}>
      <ShellContext.Provider value={shell}>
        <CrewApp />
      </ShellContext.Provider>
    </ClientContext.Provider>,
    app,
  );
  return {
    place,
    choices,
    close() {
      render(null, app);
      app.remove();
    },
  };
}
