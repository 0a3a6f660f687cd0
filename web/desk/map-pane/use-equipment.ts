import { type ReadonlySignal, type Signal, useComputed, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

import type { MapFeatures } from '../../map/map-model.ts';
import { useDesk } from '../desk-state.ts';
import type { MapLayers } from '../desk-state.ts';

export type Rest = { readonly box: readonly [number, number, number, number]; readonly zoom: number };

/** Closer than this single pieces of equipment can be told apart. */
const FROM_ZOOM = 13;

/** The equipment under the map where it has come to rest, while somebody wants to see it. */
export function useEquipment(rest: ReadonlySignal<Rest | null>, layers: Signal<MapLayers>): Signal<MapFeatures | null> {
  const { client } = useDesk();
  const shown = useSignal<MapFeatures | null>(null);
  const wanted = useComputed(() => {
    const there = rest.value;
    return layers.value.feeders && there && there.zoom >= FROM_ZOOM ? there.box : null;
  });
  const box = wanted.value;
  useEffect(() => {
    let left = false;
    if (box === null) shown.value = null;
    else
      void client.equipment(box).then((answer) => {
        if (!left && answer.ok) shown.value = answer.value.feeders;
      });
    return () => {
      left = true;
    };
  }, [client, box, shown]);
  return shown;
}
