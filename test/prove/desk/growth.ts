/** One look at a page: so many seconds after the beginning, what it held, MB. */
export type Sample = { readonly s: number; readonly mb: number };

/** `perHour`: MB by which the straight line through the samples rises in an hour. `over`: by how much within them. */
export type Growth = { readonly perHour: number; readonly over: number; readonly flat: boolean };

/** More than this within what was watched is a leak: a part of what is held, and never less than what chance moves. */
const SHARE = 0.05;
const CHANCE_MB = 2;

/** Whether what a page holds stays as it is. The first samples are its beginning: what is loaded once is no growth. */
export function growthOf(samples: readonly Sample[]): Growth {
  const watched = samples.slice(Math.ceil(samples.length / 5));
  const mean = (part: keyof Sample): number => watched.reduce((sum, one) => sum + one[part], 0) / watched.length;
  const [s, mb] = [mean('s'), mean('mb')];
  const spread = watched.reduce((sum, one) => sum + (one.s - s) ** 2, 0);
  const slope = spread === 0 ? 0 : watched.reduce((sum, one) => sum + (one.s - s) * (one.mb - mb), 0) / spread;
  const over = slope * ((watched.at(-1)?.s ?? 0) - (watched[0]?.s ?? 0));
  const flat = watched.length > 2 && over <= Math.max(CHANCE_MB, mb * SHARE);
  return { perHour: Math.round(slope * 36_000) / 10, over: Math.round(over * 10) / 10, flat };
}
