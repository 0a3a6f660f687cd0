import { DivIcon, LayerGroup, type Map as LeafletMap, Marker } from 'leaflet';

/** A mark as it is to stand on the map. `look`: everything its node shows; the same look means the same node. */
export type Wanted = {
  readonly key: string;
  readonly lat: number;
  readonly lon: number;
  readonly look: string;
  /** Higher lies on top. */
  readonly over: number;
  readonly draw: () => HTMLElement;
  readonly onClick?: (() => void) | undefined;
};

type Drawn = { readonly marker: Marker; readonly holder: HTMLElement; wanted: Wanted };

/** Told of nodes that can be used; `gone` before they leave the page. */
export type Watch = { readonly add: (node: HTMLElement) => void; readonly gone: (node: HTMLElement) => void };

/**
 * Marks by key. What has not changed is not touched; what has moved or looks different keeps its place in the page, and
 * with it the pointer and the focus that are on it.
 */
export function placedMarks(map: LeafletMap, watch: Watch | null) {
  const group = new LayerGroup().addTo(map);
  const drawn = new Map<string, Drawn>();

  const show = ({ holder, marker }: Drawn, wanted: Wanted): void => {
    const node = wanted.draw();
    holder.replaceChildren(node);
    const icon = marker.getElement();
    if (!icon) return;
    icon.title = node.title;
    if (watch) icon.setAttribute('aria-label', nameOf(node));
    node.removeAttribute('title');
  };
  const make = (wanted: Wanted): void => {
    const holder = document.createElement('div');
    const icon = new DivIcon({ className: 'map-mark', html: holder, iconSize: [0, 0] });
    const marker = new Marker([wanted.lat, wanted.lon], {
      icon,
      keyboard: false,
      // The map never moves by itself.
      autoPanOnFocus: false,
      interactive: watch !== null,
      bubblingMouseEvents: false,
      zIndexOffset: wanted.over,
    });
    const made: Drawn = { marker, holder, wanted };
    if (watch) marker.on('click', () => made.wanted.onClick?.());
    marker.addTo(group);
    drawn.set(wanted.key, made);
    show(made, wanted);
    const element = marker.getElement();
    if (element) watch?.add(element);
  };
  const change = (one: Drawn, wanted: Wanted): void => {
    const { lat, lon, over, look } = one.wanted;
    if (lat !== wanted.lat || lon !== wanted.lon) one.marker.setLatLng([wanted.lat, wanted.lon]);
    if (over !== wanted.over) one.marker.setZIndexOffset(wanted.over);
    one.wanted = wanted;
    if (look !== wanted.look) show(one, wanted);
  };

  return {
    draw(all: readonly Wanted[]): void {
      const keys = new Set(all.map(({ key }) => key));
      for (const [key, { marker }] of drawn)
        if (!keys.has(key)) {
          const element = marker.getElement();
          if (element) watch?.gone(element);
          group.removeLayer(marker);
          drawn.delete(key);
        }
      for (const wanted of all) {
        const known = drawn.get(wanted.key);
        if (known) change(known, wanted);
        else make(wanted);
      }
    },
  };
}

/** What a mark says of itself, with what stands on it: who speaks to a machine names what is seen. */
function nameOf({ title, textContent }: HTMLElement): string {
  const seen = textContent?.trim() ?? '';
  return title.includes(seen) ? title : `${title} · ${seen}`;
}
