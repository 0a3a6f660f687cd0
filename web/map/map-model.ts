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
  readonly word: string;
  /** Id and place, for a list of several at one place. */
  readonly title: string;
};

/** `age` is said from five minutes on. `reachM`: how far it may be by now, drawn as a ring where given. */
export type MapVan = {
  readonly id: string;
  readonly name: string;
  readonly point: MapPoint;
  readonly ageMs: number;
  readonly age: string;
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

export type MapOptions = {
  readonly words: { readonly zoomIn: string; readonly zoomOut: string; readonly all: string; readonly here: string };
  readonly onSelect?: ((id: string) => void) | undefined;
  /** A tap on the empty map. */
  readonly onPick?: ((point: MapPoint) => void) | undefined;
  /** Whether the selected order is out of sight: the map never moves by itself, a screen may offer `show`. */
  readonly onAway?: ((away: boolean) => void) | undefined;
  /** Where to open, as `view()` gave it; without it the first model is brought into view. */
  readonly opening?: MapView | undefined;
};

export type MapView = MapPoint & { readonly zoom: number };

export type MapIsland = {
  update(model: MapModel): void;
  /** Brings a place into view; the scale stays unless it is too small to see single orders. */
  show(point: MapPoint): void;
  /** All orders and vans in view. */
  showAll(): void;
  /** What is in sight now. */
  view(): MapView;
  focus(): void;
  destroy(): void;
};
