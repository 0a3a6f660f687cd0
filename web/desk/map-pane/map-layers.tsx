import type { Signal } from '@preact/signals';

import { type MapLayers, useWords } from '../desk-state.ts';

type MapLayersProps = {
  readonly layers: Signal<MapLayers>;
  /** Which of them there are at all. */
  readonly offered: MapLayers;
};

const NAMES = { streets: 'deskMap.streets', online: 'deskMap.online', feeders: 'deskMap.feeders' } as const;
const ORDER = ['streets', 'online', 'feeders'] as const;

/** One box for each layer that this server offers. */
export function MapLayerChoice({ layers, offered }: MapLayersProps) {
  const { t } = useWords();
  const shown = ORDER.filter((name) => offered[name]);
  if (shown.length === 0) return null;
  return (
    <fieldset class="map-layers">
      <legend class="visually-hidden">{t('deskMap.layers')}</legend>
      {shown.map((name) => (
        <label key={name}>
          <input
            type="checkbox"
            checked={layers.value[name]}
            onChange={(event) => (layers.value = { ...layers.value, [name]: event.currentTarget.checked })}
          />
          {t(NAMES[name])}
        </label>
      ))}
    </fieldset>
  );
}
