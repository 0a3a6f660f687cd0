import gcoord from 'gcoord';
import { type Bounds, LatLng, type Point, TileLayer } from 'leaflet';

/** What Leaflet 1.9 itself calls to find out which part of the world a layer of tiles shows, and where. */
declare module 'leaflet' {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- only an interface can be added to
  interface GridLayer {
    _getTiledPixelBounds(center: LatLng): Bounds;
    _setZoomTransform(level: { readonly origin: Point; readonly zoom: number }, center: LatLng, zoom: number): void;
  }
}

export type OnlineSource = {
  readonly url: string;
  readonly shift: 'none' | 'gcj02';
};

/** Picture tiles of another server; it is told which site asks, not which page. */
export const onlineLayer = ({ url, shift }: OnlineSource, pane: string): TileLayer =>
  new (shift === 'gcj02' ? ShiftedLayer : TileLayer)(url, { pane, maxZoom: 19, referrerPolicy: 'origin' });

/**
 * Tiles drawn in GCJ-02, the coordinates of Chinese maps: they are moved under the marks, which stay where they really
 * are. Over one screen the shift is the same to within a metre.
 */
class ShiftedLayer extends TileLayer {
  override _getTiledPixelBounds(center: LatLng): Bounds {
    return super._getTiledPixelBounds(shifted(center));
  }

  override _setZoomTransform(
    level: { readonly origin: Point; readonly zoom: number },
    center: LatLng,
    zoom: number,
  ): void {
    super._setZoomTransform(level, shifted(center), zoom);
  }
}

/** Where a place of the world (WGS 84) lies on a map drawn in GCJ-02; outside China it is the same place. */
function shifted({ lat, lng }: LatLng): LatLng {
  const [lon, toLat] = gcoord.transform<[number, number]>([lng, lat], gcoord.WGS84, gcoord.GCJ02);
  return new LatLng(toLat, lon);
}
