import './crew-app.css';
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';

import type { CrewId } from '#shared/ids.ts';

import { type OrderView, useClient } from '../read/client-context.ts';
import { EmptyLine } from '../ui/empty-line.tsx';
import { mapIcon, ordersIcon, outboxIcon } from '../ui/icons.ts';
import { Tabs } from '../ui/tabs.tsx';
import type { LaterScreens } from './later-screens.ts';
import { NotSavedScreen } from './not-saved-screen.tsx';
import { useShell, useWords } from './shell.ts';
import { StatusStrip } from './status-strip.tsx';
import { StepPlace } from './step-place.tsx';
import { boardOf } from './today/board.ts';
import { TodayScreen } from './today/today-screen.tsx';
import { useStep } from './use-step.ts';

/** The crew app: a place on the page, inside the frame that never moves. */
export function CrewApp() {
  const client = useClient();
  const shell = useShell();
  const session = client.session.value;
  const crew = session?.crew?.id ?? null;
  const { notSaved } = client.status.value;
  const enrolled = session !== null;
  const later = useLater();

  useEffect(() => {
    if (!enrolled) return undefined;
    client.position.watch(true);
    return () => client.position.watch(false);
  }, [client, enrolled]);

  return (
    <>
      {crew === null || shell.place.value.at === 'enrol' ? (
        <main class="frame is-enrol">{later.screens ? <later.screens.EnrolScreen /> : later.otherwise}</main>
      ) : (
        <Frame crew={crew} later={later} />
      )}
      {notSaved && <NotSavedScreen notSaved={notSaved} />}
    </>
  );
}

/** Upright: strip, page, step, bar. Wide: the list at the left of every page, the step at the thumb's side. */
function Frame({ crew, later }: { readonly crew: CrewId; readonly later: Later }) {
  const { t } = useWords();
  const client = useClient();
  const shell = useShell();
  const place = shell.place.value;
  const wide = shell.wide.value;
  const hand = shell.choices.hand.value;
  const next = boardOf(client.orders.value, {
    crew,
    taps: client.taps.value,
    activations: client.org.value.activations,
  }).next;
  const chosen = 'order' in place ? client.order(place.order).value : null;
  const tab = place.at === 'map' || place.at === 'outbox' ? place.at : 'today';

  const list = <TodayScreen crew={crew} />;
  const sign = (view: OrderView): ComponentChildren =>
    later.screens ? <later.screens.SignScreen view={view} crew={crew} /> : later.otherwise;
  const page = (): ComponentChildren => {
    switch (place.at) {
      case 'map':
        return <Page main={later.screens ? <later.screens.MapScreen crew={crew} /> : later.otherwise} />;
      case 'outbox':
        return <Page main={later.screens ? <later.screens.OutboxScreen /> : later.otherwise} />;
      case 'sign':
        return <Page main={chosen ? sign(chosen) : <NotHere />} />;
      case 'order':
        return chosen ? (
          <OrderPage key={chosen.order.id} view={chosen} crew={crew} later={later} />
        ) : (
          <Page main={<NotHere />} />
        );
      case 'today':
      case 'enrol':
        // On a wide screen the list stands at the left anyway: the page beside it is the next order.
        if (wide) return next ? <OrderPage key="next" view={next} crew={crew} later={later} /> : <Page main={null} />;
        return next ? (
          <TodayPage view={next} crew={crew}>
            {list}
          </TodayPage>
        ) : (
          <Page main={list} />
        );
    }
  };

  return (
    <div class={`frame ${wide ? `is-wide is-${hand}` : 'is-upright'}`}>
      <StatusStrip />
      {wide && (
        <aside class="list-column" aria-label={t('today.title')}>
          {list}
        </aside>
      )}
      {page()}
      <Tabs
        label={t('tab.bar')}
        current={tab}
        tabs={[
          { id: 'today', word: t('tab.orders'), icon: ordersIcon },
          { id: 'map', word: t('tab.map'), icon: mapIcon },
          { id: 'outbox', word: t('tab.outbox'), icon: outboxIcon, count: client.status.value.waiting },
        ]}
        onChoose={(at) => shell.go({ at })}
      />
    </div>
  );
}

/** Screens whose code comes after the order list; `otherwise` stands where one of them is not here. */
type Later = { readonly screens: LaterScreens | null; readonly otherwise: ComponentChildren };

function useLater(): Later {
  const { t } = useWords();
  const come = useSignal<LaterScreens | 'coming' | 'missing'>('coming');
  useEffect(() => {
    import('./later-screens.ts').then(
      (module) => (come.value = module.laterScreens),
      () => (come.value = 'missing'),
    );
  }, [come]);
  const here = come.value;
  if (typeof here === 'object') return { screens: here, otherwise: null };
  return { screens: null, otherwise: here === 'missing' ? <EmptyLine text={t('order.cannotOpen')} /> : null };
}

function Page({ main, step }: { readonly main: ComponentChildren; readonly step?: ComponentChildren }) {
  return (
    <>
      <main class="page">{main}</main>
      {step !== undefined && <div class="rail">{step}</div>}
    </>
  );
}

type StepPageProps = { readonly view: OrderView; readonly crew: CrewId };

function OrderPage({ view, crew, later }: StepPageProps & { readonly later: Later }) {
  const client = useClient();
  const model = useStep(view, crew);
  const { unread } = view;
  const { id } = view.order;
  useEffect(() => {
    if (unread) void client.markRead(id);
  }, [client, unread, id]);
  return (
    <Page
      main={later.screens ? <later.screens.OrderScreen view={view} crew={crew} model={model} /> : later.otherwise}
      step={<StepPlace view={view} crew={crew} model={model} />}
    />
  );
}

function TodayPage({ view, crew, children }: StepPageProps & { readonly children: ComponentChildren }) {
  const model = useStep(view, crew);
  return <Page main={children} step={<StepPlace view={view} crew={crew} model={model} named />} />;
}

function NotHere() {
  const { t } = useWords();
  return <EmptyLine text={t('order.missing')} />;
}
