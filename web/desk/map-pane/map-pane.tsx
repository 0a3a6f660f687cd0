import './map-pane.css';
import { type Signal, useComputed, useSignal, useSignalEffect } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

import type { MapList } from '#shared/api/maps.ts';
import { asOrderId } from '#shared/ids.ts';

import type { Ground, MapIsland, MapOptions, MapView } from '../../map/map-model.ts';
import { QuietButton } from '../../ui/quiet-button.tsx';
import { type MapLayers, useDesk, useWords } from '../desk-state.ts';
import { shortNames } from '../short-names.ts';
import { createDeskMapModel } from './desk-map-model.ts';
import { MapLayerChoice } from './map-layers.tsx';
import { type Rest, useEquipment } from './use-equipment.ts';

/** The map as a third view of the same selection. It never moves by itself: 看它 does. */
export function MapPane() {
  const desk = useDesk();
  const { t } = useWords();
  const place = useRef<HTMLDivElement>(null);
  const island = useSignal<MapIsland | null>(null);
  const away = useSignal(false);
  const begun = useSignal<MapLayers>({ streets: true, online: true, feeders: false });
  const layers = desk.preferences.layers ?? begun;
  const offered = useMaps();

  const names = useComputed(() =>
    shortNames(new Map([...desk.client.org.value.crews].map(([id, { name }]) => [id, name]))),
  );
  const modelOf = useComputed(() => createDeskMapModel({ t: desk.t.value, format: desk.format.value }));
  const model = useComputed(() =>
    modelOf.value({
      rows: desk.rows.value,
      live: desk.client.live.value,
      org: desk.client.org.value,
      names: names.value,
      selected: desk.selected.value,
      picked: desk.picked.value,
      at: desk.asOf.value,
    }),
  );
  const ground = useComputed(() => groundOf(offered.value, layers.value));

  const failed = useSignal(false);
  const rest = useSignal<Rest | null>(null);
  const equipment = useEquipment(rest, layers);

  useIsland(place, island, {
    onAway: (out) => (away.value = out),
    onFailed: () => (failed.value = true),
    onRest: (next) => (rest.value = next),
  });
  useSignalEffect(() => island.value?.update(model.value));
  useSignalEffect(() => island.value?.lay(ground.value));
  useSignalEffect(() => island.value?.features(equipment.value));

  const show = (): void => {
    const chosen = model.value.orders.find(({ id }) => id === desk.selected.value);
    if (chosen) island.value?.show(chosen.point);
  };
  const selected = desk.selected.value;
  const { packs, online } = offered.value;
  return (
    <section class="map-pane" aria-label={t('desk.map')}>
      <div ref={place} id="map" class="map-place" />
      <div class="map-says">
        {away.value && selected !== null && (
          <QuietButton label={t('desk.showOnMapId', { id: selected })} onTap={show} />
        )}
        {failed.value && <p class="map-note">{t('deskMap.cannotOpen')}</p>}
        {desk.layer.value === 'intake' && <p class="map-note">{t('deskMap.pick')}</p>}
      </div>
      <MapLayerChoice layers={layers} offered={{ streets: packs.length > 0, online: online !== null, feeders: true }} />
    </section>
  );
}

const NO_MAPS: MapList = { packs: [], refused: [], online: null };

/** What the server offers; without an answer the map draws what it can by itself. */
function useMaps(): Signal<MapList> {
  const { client } = useDesk();
  const maps = useSignal(NO_MAPS);
  useEffect(() => {
    void client.maps().then((answer) => {
      if (answer.ok) maps.value = answer.value;
    });
  }, [client, maps]);
  return maps;
}

const groundOf = ({ packs, online }: MapList, layers: MapLayers): Ground => ({
  packs: layers.streets ? packs : [],
  online: layers.online ? online : null,
});

/** The map itself, loaded when it is first shown. In another language it is made anew, and stays where it was. */
function useIsland(
  place: { readonly current: HTMLDivElement | null },
  island: Signal<MapIsland | null>,
  hears: {
    readonly onAway: (away: boolean) => void;
    readonly onFailed: () => void;
    readonly onRest: (rest: Rest) => void;
  },
): void {
  const desk = useDesk();
  const { t } = useWords();
  const left = useRef<MapView | undefined>(undefined);
  const heard = useRef(hears);
  useLayoutEffect(() => {
    let gone = false;
    const options: MapOptions = {
      words: {
        zoomIn: t('deskMap.zoomIn'),
        zoomOut: t('deskMap.zoomOut'),
        all: t('deskMap.all'),
        here: t('deskMap.here'),
        several: (count, asBad, word) => t('deskMap.several', { count, asBad, word }),
      },
      lang: desk.preferences.lang.peek(),
      many: true,
      opening: left.current,
      onSelect: (id) => {
        const order = desk.rows.peek().find((one) => one.order.id === id)?.order;
        if (order) desk.open(asOrderId(order.id));
      },
      onPick: (point) => {
        if (desk.layer.peek() === 'intake') desk.picked.value = { lat: point.lat, lon: point.lon };
      },
      onAway: (out) => heard.current.onAway(out),
      onRest: (box, zoom) => heard.current.onRest({ box, zoom }),
    };
    // Its file may be missing when the app was updated beside this page: then the list has to do.
    import('../../map/mount-map.ts').then(
      ({ mountMap }) => {
        if (!gone && place.current) island.value = mountMap(place.current, options);
      },
      () => heard.current.onFailed(),
    );
    return () => {
      gone = true;
      const made = island.peek();
      if (!made) return;
      island.value = null;
      left.current = made.view();
      made.destroy();
    };
  }, [desk, t, island, place]);
}
