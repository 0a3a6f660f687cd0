import { Labelers, paint, PmtilesSource, TileCache, View, type PreparedTile } from 'protomaps-leaflet';

import { paintStyle } from './paint-style.ts';
import type { TilePlace, TileSource } from './tile-messages.ts';

const TILE_PX = 256;
/** Names and lines of a neighbour reach so far into a tile. */
const BUFFER_PX = 16;
/** An archive's tile serves four of the screen's: a quarter of the requests. */
const LEVELS_APART = 1;
const LABELLED_TILES = 64;

/** Reads one archive and paints its tiles. `onNames`: names that came later reach into these tiles. */
export function createTilePainter(source: TileSource, onNames: (tiles: readonly TilePlace[]) => void) {
  const { url, maxZoom, palette, pixels } = source;
  const style = paintStyle(source);
  const view = new View(new TileCache(new PmtilesSource(url, false), TILE_PX << LEVELS_APART), maxZoom, LEVELS_APART);
  const labelers = new Labelers(contextOf(1), style.labels, LABELLED_TILES, (keys) => onNames([...keys].map(placeOf)));

  return async (place: TilePlace): Promise<ImageBitmap> => {
    const tile: PreparedTile = await view.getDisplayTile(place);
    const tiles = new Map([['', [tile]]]);
    labelers.add(place.z, tiles);
    const [x, y] = [TILE_PX * place.x, TILE_PX * place.y];
    const origin = tile.origin.clone();
    Object.assign(origin, { x, y });
    const box = {
      minX: x - BUFFER_PX,
      minY: y - BUFFER_PX,
      maxX: x + TILE_PX + BUFFER_PX,
      maxY: y + TILE_PX + BUFFER_PX,
    };
    const canvas = new OffscreenCanvas(TILE_PX * pixels, TILE_PX * pixels);
    const context = painted(canvas.getContext('2d'));
    context.setTransform(pixels, 0, 0, pixels, 0, 0);
    context.fillStyle = palette.paper;
    context.fillRect(0, 0, TILE_PX, TILE_PX);
    paint(context, place.z, tiles, labelers.getIndex(place.z) ?? null, style.paint, box, origin, false);
    return canvas.transferToImageBitmap();
  };
}

const contextOf = (edge: number): CanvasRenderingContext2D => painted(new OffscreenCanvas(edge, edge).getContext('2d'));

/** The package wants a canvas of the page; off the page it draws with the same calls. */
function painted(context: OffscreenCanvasRenderingContext2D | null): CanvasRenderingContext2D {
  if (!context) throw new Error('no canvas to paint tiles on');
  // oxlint-disable-next-line typescript/consistent-type-assertions -- both contexts share every call the painter makes
  return context as unknown as CanvasRenderingContext2D;
}

function placeOf(key: string): TilePlace {
  const [x = 0, y = 0, z = 0] = key.split(':').map(Number);
  return { x, y, z };
}
