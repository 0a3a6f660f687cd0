import './desk-app.css';
import { type Signal, useSignalEffect } from '@preact/signals';
import { useLayoutEffect, useMemo } from 'preact/hooks';

import { useClient } from '../read/client-context.ts';
import { AlertPanel } from './alerts/alert-panel.tsx';
import { createDesk, DeskContext, type DeskPlace, type Preferences, useDesk } from './desk-state.ts';
import { DeskGuide } from './guide/desk-guide.tsx';
import { DeskHeader } from './header/desk-header.tsx';
import { IntakeForm } from './intake/intake-form.tsx';
import { KeyCard } from './keys/key-card.tsx';
import { OrderList } from './list/order-list.tsx';
import { MapPane } from './map-pane/map-pane.tsx';
import { NotSavedPage } from './not-saved-page.tsx';
import { OrderDrawer } from './order/order-drawer.tsx';
import { PageDoor } from './page-door.tsx';
import { CommandPalette } from './palette/command-palette.tsx';
import { pressKey } from './press-key.ts';
import { SearchPanel } from './search/search-panel.tsx';
import { SignIn } from './sign-in/sign-in.tsx';
import { DeskTour } from './tour/desk-tour.tsx';

type DeskAppProps = { readonly preferences: Preferences; readonly place?: Signal<DeskPlace> };

/** The desk: sign-in, or header and three panes over one selection, or a page of its own. */
export function DeskApp({ preferences, place }: DeskAppProps) {
  const client = useClient();
  const desk = useMemo(() => createDesk(client, preferences, place), [client, preferences, place]);
  useSignalEffect(() => {
    const root = document.documentElement;
    root.lang = preferences.lang.value === 'zh' ? 'zh-CN' : 'en';
    root.dataset['app'] = 'desk';
    root.dataset['theme'] = preferences.theme.value;
    document.title = `${desk.t.value('app.name')} · ${desk.t.value('desk.title')}`;
  });
  if (client.session.value === null) return <SignIn client={client} preferences={preferences} />;
  return (
    <DeskContext.Provider value={desk}>
      <Place />
    </DeskContext.Provider>
  );
}

/** What could not be saved is said on every page. */
function Place() {
  const desk = useDesk();
  const place = desk.place.value;
  const notSaved = desk.client.status.value.notSaved;
  return (
    <>
      {place === 'board' ? <Board /> : <PageDoor key={place} name={place} />}
      {notSaved !== null && <NotSavedPage notSaved={notSaved} />}
    </>
  );
}

function Board() {
  const desk = useDesk();
  // Before the first paint: no key is lost.
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent): void => pressKey(event, desk);
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [desk]);
  const layer = desk.layer.value;
  return (
    <div class={`desk${desk.drawerOpen.value || layer === 'intake' || layer === 'search' ? ' has-drawer' : ''}`}>
      <DeskHeader />
      <OrderList />
      <MapPane />
      <AlertPanel />
      <div class="desk-over">
        {layer === 'intake' ? <IntakeForm /> : layer === 'search' ? <SearchPanel /> : <OrderDrawer />}
      </div>
      {layer === 'keys' && <KeyCard />}
      {layer === 'guide' && <DeskGuide />}
      <DeskTour />
      {layer === 'palette' && <CommandPalette />}
    </div>
  );
}
