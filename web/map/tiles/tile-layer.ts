import { type Coords, type DoneCallback, GridLayer, type GridLayerOptions, type TileEvent } from 'leaflet';

import type { Palette, TileAnswer, TileOrder, TilePlace, TileSource } from './tile-messages.ts';

export type PackSource = Omit<TileSource, 'palette' | 'pixels'>;

/** The streets of one archive, painted by a worker of its own; in other colours as soon as the page has others. */
export class PackLayer extends GridLayer {
  readonly #worker: Worker;
  readonly #source: PackSource;
  readonly #waiting = new Map<string, { readonly canvas: HTMLCanvasElement; done: DoneCallback | null }>();
  readonly #themes: MutationObserver;

  constructor(source: PackSource, options: GridLayerOptions) {
    super({ ...options, noWrap: true, keepBuffer: 1 });
    this.#source = source;
    this.#worker = new Worker(new URL('tile-worker.ts', import.meta.url), { type: 'module' });
    this.#worker.addEventListener('message', ({ data }: MessageEvent<TileAnswer>) => this.#put(data));
    this.#themes = new MutationObserver(() => this.#open());
    this.on('add', () => {
      this.#open();
      this.#themes.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    });
    this.on('tileunload', ({ coords }: TileEvent) => {
      this.#waiting.delete(keyOf(coords));
      this.#tell({ is: 'forget', ...placeOf(coords) });
    });
    this.on('remove', () => this.#themes.disconnect());
  }

  /** Ends the worker; the layer is of no use afterwards. */
  close(): void {
    this.remove();
    this.#worker.terminate();
  }

  override createTile(coords: Coords, done: DoneCallback): HTMLElement {
    const canvas = document.createElement('canvas');
    this.#waiting.set(keyOf(coords), { canvas, done });
    this.#tell({ is: 'want', ...placeOf(coords) });
    return canvas;
  }

  #put({ bitmap, ...place }: TileAnswer): void {
    const tile = this.#waiting.get(keyOf(place));
    if (!tile || !bitmap) {
      bitmap?.close();
      tile?.done?.(undefined, tile.canvas);
      return;
    }
    tile.canvas.width = bitmap.width;
    tile.canvas.height = bitmap.height;
    tile.canvas.getContext('bitmaprenderer')?.transferFromImageBitmap(bitmap);
    tile.done?.(undefined, tile.canvas);
    tile.done = null;
  }

  #open(): void {
    const { url, ...source } = this.#source;
    const pixels = Math.min(2, Math.max(1, devicePixelRatio));
    const absolute = new URL(url, location.href).href;
    this.#tell({ is: 'open', ...source, url: absolute, pixels, palette: pagePalette() });
  }

  #tell(order: TileOrder): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
    this.#worker.postMessage(order);
  }
}

/** Tiles are painted off the page; a browser that cannot do that shows the lines of latitude and longitude. */
export const canPaintTiles = (): boolean => 'OffscreenCanvas' in globalThis && 'Worker' in globalThis;

function pagePalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const value = (name: string): string => style.getPropertyValue(name).trim();
  return {
    paper: value('--paper'),
    surface: value('--surface'),
    ink2: value('--ink2'),
    ink3: value('--ink3'),
    font: value('--font') || 'sans-serif',
    letterPx: Number.parseFloat(value('--meta')) || 12,
  };
}

const keyOf = ({ z, x, y }: TilePlace): string => `${x}:${y}:${z}`;
const placeOf = ({ z, x, y }: TilePlace): TilePlace => ({ z, x, y });
