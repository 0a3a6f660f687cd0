/**
 * "1830", "18:30" or "9:05" so many days from today, in the desk's own time zone; null if it is no time of day, or one
 * that has passed.
 */
export function typedAhead(text: string, days: 0 | 1 | 2, now: number): number | null {
  const match = /^\s*(\d{1,2})\s*[:：]?\s*(\d{2})\s*$/.exec(text);
  const [hours, minutes] = [Number(match?.[1]), Number(match?.[2])];
  if (!match || hours > 23 || minutes > 59) return null;
  const day = new Date(now);
  day.setDate(day.getDate() + days);
  day.setHours(hours, minutes, 0, 0);
  return day.getTime() > now ? day.getTime() : null;
}
