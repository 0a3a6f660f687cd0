import './map-pane.css';
import { useComputed, useSignal, useSignalEffect } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';

import { asOrderId } from '#shared/ids.ts';

import type { MapIsland, MapView } from '../../map/map-model.ts';
import { mountMap } from '../../map/mount-map.ts';
import { QuietButton } from '../../ui/quiet-button.tsx';
import { useDesk, useWords } from '../desk-state.ts';
import { shortNames } from '../short-names.ts';
import { deskMapModel } from './desk-map-model.ts';

/** The map as a third view of the same selection. It never moves by itself: 看它 does. */
export function MapPane() {
  const desk = useDesk();
  const { t } = useWords();
  const place = useRef<HTMLDivElement>(null);
  const island = useSignal<MapIsland | null>(null);
  const away = useSignal(false);
  // In another language the map is made anew, and stays where it was.
  const left = useRef<MapView | undefined>(undefined);

  const model = useComputed(() => {
    const { client } = desk;
    const org = client.org.value;
    return deskMapModel(
      {
        rows: desk.rows.value,
        live: client.live.value,
        org,
        names: shortNames(new Map([...org.crews].map(([id, { name }]) => [id, name]))),
        selected: desk.selected.value,
        picked: desk.picked.value,
        at: desk.asOf.value,
      },
      { t: desk.t.value, format: desk.format.value },
    );
  });

  useLayoutEffect(() => {
    if (!place.current) return undefined;
    const words = {
      zoomIn: t('deskMap.zoomIn'),
      zoomOut: t('deskMap.zoomOut'),
      all: t('deskMap.all'),
      here: t('deskMap.here'),
    };
    const made = mountMap(place.current, {
      words,
      opening: left.current,
      onSelect: (id) => {
        const order = desk.rows.peek().find((one) => one.order.id === id)?.order;
        if (order) desk.open(asOrderId(order.id));
      },
      onPick: (point) => {
        if (desk.layer.peek() === 'intake') desk.picked.value = { lat: point.lat, lon: point.lon };
      },
      onAway: (out) => (away.value = out),
    });
    island.value = made;
    return () => {
      island.value = null;
      left.current = made.view();
      made.destroy();
    };
  }, [desk, t, island, away]);

  useSignalEffect(() => island.value?.update(model.value));

  const show = (): void => {
    const chosen = model.value.orders.find(({ id }) => id === desk.selected.value);
    if (chosen) island.value?.show(chosen.point);
  };
  const selected = desk.selected.value;
  return (
    <section class="map-pane" aria-label={t('desk.map')}>
      <div ref={place} id="map" class="map-place" />
      <div class="map-says">
        {away.value && selected !== null && (
          <QuietButton label={t('desk.showOnMapId', { id: selected })} onTap={show} />
        )}
        {desk.layer.value === 'intake' && <p class="map-note">{t('deskMap.pick')}</p>}
      </div>
    </section>
  );
}
