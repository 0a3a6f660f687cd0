import './map-screen.css';
import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';

import { type CrewId, OrderId } from '#shared/ids.ts';
import { nextStep } from '#shared/order/operations.ts';

import type { MapIsland, MapOptions } from '../../map/map-model.ts';
import { type Fix, type OrderView, useClient } from '../../read/client-context.ts';
import { groupedId } from '../../text/format.ts';
import { EmptyLine } from '../../ui/empty-line.tsx';
import { ownPlaceIcon } from '../../ui/icons.ts';
import { ListRow } from '../../ui/list-row.tsx';
import { QuietButton } from '../../ui/quiet-button.tsx';
import { Section } from '../../ui/section.tsx';
import { AfterPaint } from '../after-paint.tsx';
import { metresBetween } from '../distance.ts';
import { MoreRows } from '../more-rows.tsx';
import { OrderChip } from '../order-chip.tsx';
import { usePageWords } from '../page-words.ts';
import { useShell } from '../shell.ts';
import { mapModelOf } from './crew-map-model.ts';

/** Own place, the orders and how far they are. The list stands also where the map cannot. */
export function MapScreen({ crew }: { readonly crew: CrewId }) {
  const { p } = usePageWords();
  const opening = (
    <div class="map-host">
      <p class="map-note">{p('map.loading')}</p>
    </div>
  );
  return (
    <div class="map-screen">
      <h1 class="visually-hidden">{p('map.title')}</h1>
      <AfterPaint meanwhile={opening}>{() => <MapAndOrders crew={crew} />}</AfterPaint>
    </div>
  );
}

function MapAndOrders({ crew }: { readonly crew: CrewId }) {
  const { f, p } = usePageWords();
  const shell = useShell();
  const client = useClient();
  const here = client.position.here.value;
  const now = client.now.value;
  const orders = client.orders.value;
  // Found out once per change and place, however often the page is drawn.
  const nearest = useMemo(
    () =>
      orders
        .filter(({ order, drop }) => !drop && nextStep(order, crew) !== null)
        .map((view) => ({ view, metres: metresTo(view, here) }))
        .toSorted((a, b) => a.metres - b.metres),
    [orders, here, crew],
  );
  const held = useMemo(() => nearest.map(({ view }) => view), [nearest]);
  const metres = useMemo(() => new Map(nearest.map((one) => [one.view, one.metres])), [nearest]);
  return (
    <>
      <MapIslandHost crew={crew} held={held} />
      <p class="meta">
        {here
          ? p('map.position', { age: f.age(now - here.at), error: here.acc === undefined ? '?' : f.distance(here.acc) })
          : p('map.noPosition')}
      </p>
      <Section title={p('map.orders')} count={held.length}>
        {held.length === 0 && <EmptyLine text={p('map.noOrders')} />}
        <MoreRows
          views={held}
          renderRow={(view) => (
            <ListRow
              lead={<OrderChip order={view.order} crew={crew} now={now} />}
              title={view.order.report?.address ?? groupedId(view.order.id)}
              note={
                view.order.report?.point
                  ? here
                    ? f.distance(metres.get(view) ?? FAR)
                    : p('map.noPosition')
                  : p('map.noPlace')
              }
              end={groupedId(view.order.id)}
              onTap={() => shell.go({ at: 'order', order: view.order.id })}
            />
          )}
        />
      </Section>
    </>
  );
}

/** Farther than any order; two of them are alike. */
const FAR = 1e9;

const metresTo = ({ order }: OrderView, here: Fix | null): number =>
  here && order.report?.point ? metresBetween(here, order.report.point) : FAR;

/** Loads the map when it is first looked at; without it the list below still says how far. */
function MapIslandHost({ crew, held }: { readonly crew: CrewId; readonly held: readonly OrderView[] }) {
  const words = usePageWords();
  const { p } = words;
  const shell = useShell();
  const client = useClient();
  const element = useRef<HTMLDivElement>(null);
  const island = useSignal<MapIsland | 'loading' | 'failed'>('loading');
  const here = client.position.here.value;

  useEffect(() => {
    const host = element.current;
    if (!host) return undefined;
    const options: MapOptions = {
      lang: document.documentElement.lang.startsWith('zh') ? 'zh' : 'en',
      words: { zoomIn: p('map.nearer'), zoomOut: p('map.wider'), all: p('map.all'), here: p('map.me') },
      onSelect: (id) => {
        const order = OrderId.safeParse(id);
        if (order.success) shell.go({ at: 'order', order: order.data });
      },
    };
    let mounted: MapIsland | null = null;
    let left = false;
    // Its chunk may be missing when the app was updated beside this page: then the list has to do.
    import('../../map/mount-map.ts').then(
      ({ mountMap }) => {
        if (left) return;
        mounted = mountMap(host, options);
        island.value = mounted;
        // Without an answer the map draws what it can by itself.
        void client.maps().then((maps) => {
          if (!left && maps.ok) mounted?.lay(maps.value);
        });
      },
      () => (island.value = 'failed'),
    );
    return () => {
      left = true;
      mounted?.destroy();
    };
  }, [p, shell, island, client]);

  const state = island.value;
  if (typeof state === 'object')
    state.update(
      mapModelOf({ views: held, crew, here, now: client.now.value, activations: client.org.value.activations }, words),
    );
  return (
    <div class="map-host">
      <div ref={element} class="map-island" role="region" aria-label={p('map.title')} />
      {state === 'loading' && <p class="map-note">{p('map.loading')}</p>}
      {state === 'failed' && <p class="map-note">{p('map.cannotOpen')}</p>}
      {here && typeof state === 'object' && (
        <div class="map-me">
          <QuietButton label={p('map.me')} icon={ownPlaceIcon} onTap={() => state.show(here)} />
        </div>
      )}
    </div>
  );
}
