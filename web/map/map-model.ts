import type { VerdictLook } from '../ui/verdict-shape.ts';

/** Degrees, WGS 84; `acc` metres. */
export type MapPoint = { readonly lat: number; readonly lon: number; readonly acc?: number | undefined };

/** `word` is what the verdict says ("还剩 12 分"); it stands beside the mark from close up and in its title always. */
export type MapOrder = {
  readonly id: string;
  readonly point: MapPoint;
  readonly look: VerdictLook;
  readonly share?: number | undefined;
  readonly silent?: boolean | undefined;
  /** Missed without evidence. */
  readonly bare?: boolean | undefined;
  readonly word: string;
  /** Id and place, for a list of several at one place. */
  readonly title: string;
};

/**
 * `age` is said from five minutes on. `reachM`: how far it may be by now, drawn as a ring where given. `source`: who says
 * so, in a word.
 */
export type MapVan = {
  readonly id: string;
  readonly name: string;
  readonly point: MapPoint;
  readonly ageMs: number;
  readonly age: string;
  readonly source?: string | undefined;
  readonly reachM?: number | undefined;
};

export type MapModel = {
  readonly orders: readonly MapOrder[];
  readonly vans?: readonly MapVan[] | undefined;
  readonly selected?: string | null | undefined;
  /** Own position. */
  readonly here?: MapPoint | null | undefined;
  /** A place somebody pointed at and has not used yet. */
  readonly picked?: MapPoint | null | undefined;
};

/** A map of streets and the pictures of another server, below the marks. `bounds`: west, south, east, north. */
export type Ground = {
  readonly packs: readonly {
    readonly url: string;
    readonly bounds: readonly [number, number, number, number];
    readonly maxZoom: number;
    readonly attribution: string;
  }[];
  readonly online: { readonly url: string; readonly shift: 'none' | 'gcj02'; readonly attribution: string } | null;
};

/** Places of one kind of equipment, drawn as one layer of small marks: `name` groups and labels them. */
export type MapFeatures = readonly {
  readonly name: string;
  /** Latitude and longitude in turn. */
  readonly points: readonly number[];
}[];

export type MapOptions = {
  readonly words: {
    readonly zoomIn: string;
    readonly zoomOut: string;
    readonly all: string;
    readonly here: string;
    /** "41 orders, 2 of them: over by 7 min": how a mark of several is read out. */
    readonly several?: ((count: number, asBad: number, word: string) => string) | undefined;
  };
  /** In which language streets are named. */
  readonly lang?: 'zh' | 'en' | undefined;
  /** Thousands of orders: they are grouped by a worker. */
  readonly many?: true | undefined;
  readonly onSelect?: ((id: string) => void) | undefined;
  /** A tap on the empty map. */
  readonly onPick?: ((point: MapPoint) => void) | undefined;
  /** Whether the selected order is out of sight: the map never moves by itself, a screen may offer `show`. */
  readonly onAway?: ((away: boolean) => void) | undefined;
  /** The map has come to rest over this box (west, south, east, north), at this scale. */
  readonly onRest?: ((box: readonly [number, number, number, number], zoom: number) => void) | undefined;
  /** Where to open, as `view()` gave it; without it the first model is brought into view. */
  readonly opening?: MapView | undefined;
};

export type MapView = MapPoint & { readonly zoom: number };

export type MapIsland = {
  update(model: MapModel): void;
  /** What lies below the marks; null: only what the map draws itself. */
  lay(ground: Ground | null): void;
  /** Equipment of the grid; null: none. */
  features(features: MapFeatures | null): void;
  /** Brings a place into view; the scale stays unless it is too small to see single orders. */
  show(point: MapPoint): void;
  /** All orders and vans in view. */
  showAll(): void;
  /** What is in sight now. */
  view(): MapView;
  focus(): void;
  destroy(): void;
};
