import { useComputed, useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';

import type { CrewId } from '#shared/ids.ts';

import { type OrderView, useClient } from '../read/client-context.ts';
import { EmptyLine } from '../ui/empty-line.tsx';
import { mapIcon, messagesIcon, ordersIcon, outboxIcon } from '../ui/icons.ts';
import { Tabs } from '../ui/tabs.tsx';
import { type Driving, useDriving } from './driving/use-driving.ts';
import { Page } from './page.tsx';
import type { Place } from './place.ts';
import { useShell, useWords } from './shell.ts';
import { StatusStrip } from './status-strip.tsx';
import { StepPlace } from './step-place.tsx';
import { NothingNext } from './today/nothing-next.tsx';
import { TodayScreen } from './today/today-screen.tsx';
import { urgesOf } from './urges.ts';
import { useBoard } from './use-board.ts';
import type { Later } from './use-later.tsx';
import { type JustDone, useStep } from './use-step.ts';

type Around = {
  readonly crew: CrewId;
  readonly later: Later;
  /** What a page of its own has just recorded; the place of the next step shows it first. */
  readonly kept: JustDone | null;
  readonly keep: (done: JustDone | null) => void;
};

/** Upright: strip, page, step, bar. Wide: the list at the left of every page, the step at the thumb's side. */
export function Frame({ crew, later }: Pick<Around, 'crew' | 'later'>) {
  const { t } = useWords();
  const client = useClient();
  const shell = useShell();
  const driving = useDriving();
  const kept = useSignal<JustDone | null>(null);
  const place = shell.place.value;
  const wide = shell.wide.value;
  const { hand, reach } = shell.choices;
  const board = useBoard(crew);
  const urges = useComputed(() => urgesOf(client.orders.value, crew).length).value;
  const { next } = board;
  const list = <TodayScreen crew={crew} board={board} urges={urges} onDrive={driving.start} />;
  const around: Around = { crew, later, kept: kept.value, keep: (done) => (kept.value = done) };
  const drives = driving.on && next !== null && later.screens !== null;
  const shape = `${wide ? 'is-wide' : 'is-upright'} is-${hand.value} is-${reach.value}-handed`;
  return (
    <div class={`frame ${shape}${drives ? ' is-driving' : ''}`}>
      <StatusStrip />
      {wide && !drives && (
        <aside class="list-column" aria-label={t('today.title')}>
          {list}
        </aside>
      )}
      {drives ? (
        <DrivingNow view={next} driving={driving} {...around} />
      ) : (
        <PageAt place={place} next={next} list={wide ? null : list} {...around} />
      )}
      {!drives && (
        <Tabs
          label={t('tab.bar')}
          current={tabOf(place)}
          tabs={[
            { id: 'today', word: t('tab.orders'), icon: ordersIcon },
            { id: 'map', word: t('tab.map'), icon: mapIcon },
            {
              id: 'messages',
              word: t('tab.messages'),
              icon: messagesIcon,
              count: urges,
            },
            { id: 'outbox', word: t('tab.outbox'), icon: outboxIcon, count: client.status.value.waiting },
          ]}
          onChoose={(at) => shell.go({ at })}
        />
      )}
    </div>
  );
}

const tabOf = ({ at }: Place): 'today' | 'map' | 'messages' | 'outbox' =>
  at === 'map' || at === 'messages' || at === 'outbox' ? at : 'today';

type PageAtProps = Around & {
  readonly place: Place;
  readonly next: OrderView | null;
  /** Null where the list stands beside every page. */
  readonly list: ComponentChildren;
};

function PageAt({ place, next, list, ...around }: PageAtProps) {
  const { crew, later } = around;
  const client = useClient();
  const chosen = 'order' in place ? client.order(place.order).value : null;
  const { screens } = later;
  if (place.at === 'today' || place.at === 'enrol') {
    if (!next) return <Page main={list ?? <NothingNext />} />;
    // On a wide screen the list stands at the left anyway: the page beside it is the next order.
    if (list === null) return <OrderPage key="next" view={next} {...around} />;
    return (
      <TodayPage view={next} crew={crew}>
        {list}
      </TodayPage>
    );
  }
  // The step of an order never waits for the code of its page.
  if (place.at === 'order' && chosen) return <OrderPage key={chosen.order.id} view={chosen} {...around} />;
  if (!screens) return <Page main={later.otherwise} />;
  switch (place.at) {
    case 'map':
      return <Page main={<screens.MapScreen crew={crew} />} />;
    case 'messages':
      return <Page main={<screens.MessagesScreen crew={crew} />} />;
    case 'outbox':
      return <Page main={<screens.OutboxScreen />} />;
    case 'guide':
      return <Page main={<screens.GuideScreen />} />;
    case 'pin':
      return <screens.PinPage />;
    case 'shift':
      return <screens.ShiftPage crew={crew} />;
    default:
      break;
  }
  if (!chosen) return <Page main={<NotHere />} />;
  switch (place.at) {
    case 'act': {
      const key = `${place.act} ${place.order}`;
      return <screens.ActPage key={key} view={chosen} crew={crew} act={place.act} onKept={around.keep} />;
    }
    case 'sign':
      return <Page main={<screens.SignScreen view={chosen} crew={crew} />} />;
    default:
      return <screens.ReadOutPage view={chosen} crew={crew} />;
  }
}

type StepPageProps = { readonly view: OrderView; readonly crew: CrewId };

function OrderPage({ view, crew, later, kept, keep }: StepPageProps & Around) {
  const client = useClient();
  const model = useStep(view, crew, kept?.order === view.order.id ? kept : null);
  const { unread } = view;
  const { id } = view.order;
  useEffect(() => {
    if (unread) void client.markRead(id);
  }, [client, unread, id]);
  // Shown once: whoever comes back later finds the place as it is.
  useEffect(() => keep(null), [keep]);
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

function DrivingNow({ view, crew, later, driving }: StepPageProps & Around & { readonly driving: Driving }) {
  const model = useStep(view, crew);
  if (!later.screens) return null;
  return <later.screens.DrivingPage view={view} crew={crew} model={model} onLift={driving.lift} />;
}

function NotHere() {
  const { t } = useWords();
  return <EmptyLine text={t('order.missing')} />;
}
