/**
 * "1421", "14:21" or "9:05" as the latest such moment that is not after `now` (a minute of grace), in the desk's own
 * time zone; null if it is no time of day.
 */
export function typedTime(text: string, now: number): number | null {
  const match = /^\s*(\d{1,2})\s*[:：]?\s*(\d{2})\s*$/.exec(text);
  const [hours, minutes] = [Number(match?.[1]), Number(match?.[2])];
  if (!match || hours > 23 || minutes > 59) return null;
  const day = new Date(now);
  day.setHours(hours, minutes, 0, 0);
  if (day.getTime() > now + 60_000) day.setDate(day.getDate() - 1);
  return day.getTime();
}
