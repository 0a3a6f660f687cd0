import '../../web/ui/base.css';
import { signal } from '@preact/signals';
import { render } from 'preact';

import { DeskApp } from '../../web/desk/desk-app.tsx';
import type { Preferences } from '../../web/desk/desk-state.ts';
import { watchWallScreen } from '../../web/device/wide-screen.ts';
import { ClientContext } from '../../web/read/client-context.ts';
import type { FakeDesk } from './fake-desk.ts';

type Start = { readonly lang?: 'zh' | 'en'; readonly theme?: 'light' | 'night'; readonly tour?: 'offered' };

/** The whole desk on this page, over a fake client. Times are shown in UTC, as the builders write them. */
export function showDesk(fake: FakeDesk, { lang = 'zh', theme = 'light', tour }: Start = {}) {
  const wall = signal(false);
  watchWallScreen((is) => (wall.value = is));
  const preferences: Preferences = {
    lang: signal(lang),
    theme: signal(theme),
    letterKeys: signal(true),
    wall,
    timeZone: 'UTC',
    ...(tour ? { tour: signal<'none' | 'offered' | 'seen'>(tour) } : {}),
  };
  const app = document.createElement('div');
  document.body.append(app);
  render(
    <ClientContext.Provider value={fake.client}>
      <DeskApp preferences={preferences} />
    </ClientContext.Provider>,
    app,
  );
  return {
    preferences,
    close() {
      render(null, app);
      app.remove();
      delete document.documentElement.dataset['app'];
    },
  };
}
