/** What is known of a crew at one moment. Ages and times in ms, `metres` along a straight line. Null: not known. */
export type CrewKnown = {
  readonly name: string;
  readonly metres: number | null;
  /** How old the fix is that `metres` is from. */
  readonly fixAgeMs: number | null;
  /** How long nothing has been heard from it. */
  readonly silentMs: number | null;
  /** Orders it holds that are not done. */
  readonly orders: number;
  /** It is at work at a place now. */
  readonly atWork: boolean;
};

/** 来得及 / 说不准 / 来不及. */
export type Chance = 'inTime' | 'cannotSay' | 'tooLate';

/** Why a crew stands where it stands. */
export type RankReason = 'noPlace' | 'noLimit' | 'oldFix' | 'silent' | 'neverHeard' | 'atWork' | 'straddles';

/** `fromMs` … `toMs`: when it can be there, counted from now; `toMs` is null where nothing bounds it. */
export type Ranked<Known extends CrewKnown> = {
  readonly known: Known;
  readonly chance: Chance;
  readonly fromMs: number | null;
  readonly toMs: number | null;
  readonly reasons: readonly RankReason[];
};

/** A van that drives through and one that meets every light, with the way longer than the straight line, m/ms. */
const FASTEST = 60_000 / 3_600_000;
const SLOWEST = 25_000 / 3_600_000;
const DETOUR = 1.4;
/** Getting going and finding the door. */
const START_MS = { least: 60_000, most: 4 * 60_000 };
/** Where a van can have gone since its fix: 40 km/h, at most 10 km. */
const ROAMS = 40_000 / 3_600_000;
const ROAMS_AT_MOST = 10_000;
const OLD_FIX_MS = 5 * 60_000;
const SILENT_MS = 15 * 60_000;
/** Work that has been begun may be done at once, or take this long. */
const WORK_MS = 60 * 60_000;

/**
 * Crews for an order, the likeliest first: who is there in time whatever happens, who may be, who cannot be. An interval
 * is compared with what is left until the limit (null: no limit runs). A crew that may not hear the order is never sure.
 */
export function rankCrews<Known extends CrewKnown>(
  crews: readonly Known[],
  leftMs: number | null,
): readonly Ranked<Known>[] {
  return crews.map((known) => rankOne(known, leftMs)).sort(byChance);
}

function rankOne<Known extends CrewKnown>(known: Known, leftMs: number | null): Ranked<Known> {
  const { metres, fixAgeMs, silentMs, atWork } = known;
  const reasons: RankReason[] = [];
  if (silentMs === null) reasons.push('neverHeard');
  else if (silentMs >= SILENT_MS) reasons.push('silent');
  const unheard = reasons.length > 0;
  if (atWork) reasons.push('atWork');
  if (metres === null || fixAgeMs === null) {
    return { known, chance: 'cannotSay', fromMs: null, toMs: null, reasons: [...reasons, 'noPlace'] };
  }
  if (fixAgeMs >= OLD_FIX_MS) reasons.push('oldFix');
  const roamed = Math.min(ROAMS_AT_MOST, Math.max(0, fixAgeMs) * ROAMS);
  const fromMs = START_MS.least + Math.max(0, metres - roamed) / FASTEST;
  const toMs = START_MS.most + ((metres + roamed) * DETOUR) / SLOWEST + (atWork ? WORK_MS : 0);
  if (leftMs === null) return { known, chance: 'cannotSay', fromMs, toMs, reasons: [...reasons, 'noLimit'] };
  if (fromMs > leftMs) return { known, chance: 'tooLate', fromMs, toMs, reasons };
  if (toMs <= leftMs && !unheard) return { known, chance: 'inTime', fromMs, toMs, reasons };
  return { known, chance: 'cannotSay', fromMs, toMs, reasons: toMs > leftMs ? [...reasons, 'straddles'] : reasons };
}

const ORDER: { readonly [C in Chance]: number } = { inTime: 0, cannotSay: 1, tooLate: 2 };

/** Within a group who is surely there first; alike, who has less to do. */
const byChance = (a: Ranked<CrewKnown>, b: Ranked<CrewKnown>): number =>
  ORDER[a.chance] - ORDER[b.chance] ||
  (a.toMs ?? Number.MAX_VALUE) - (b.toMs ?? Number.MAX_VALUE) ||
  a.known.orders - b.known.orders ||
  (a.known.name < b.known.name ? -1 : a.known.name > b.known.name ? 1 : 0);
