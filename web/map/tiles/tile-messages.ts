/** Colours and letters of the page, as the style sheets have them now. */
export type Palette = {
  readonly paper: string;
  readonly surface: string;
  readonly ink2: string;
  readonly ink3: string;
  readonly font: string;
  /** Size of small letters, px. */
  readonly letterPx: number;
};

/** `pixels`: of the screen to one of the page. `lang`: which names are written. */
export type TileSource = {
  readonly url: string;
  readonly maxZoom: number;
  readonly palette: Palette;
  readonly lang: 'zh' | 'en';
  readonly pixels: number;
};

export type TilePlace = { readonly z: number; readonly x: number; readonly y: number };

/** To the worker. A tile that is wanted is painted, and again when a name that came later reaches into it. */
export type TileOrder =
  | ({ readonly is: 'open' } & TileSource)
  | ({ readonly is: 'want' } & TilePlace)
  | ({ readonly is: 'forget' } & TilePlace);

/** From the worker. `bitmap` null: the archive has nothing there, or could not be read. */
export type TileAnswer = TilePlace & { readonly bitmap: ImageBitmap | null };
