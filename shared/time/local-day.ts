/** A calendar day as a zone's wall clocks show it: "2026-11-21". */
export type Day = string;

/** The days of one zone, whatever its clocks do in between. */
export type Days = {
  /** The day an instant (ms) falls on. Quick for instants near one another. */
  readonly of: (at: number) => Day;
  /** The first instant of a day, ms; also where its midnight does not exist or comes twice. */
  readonly start: (day: Day) => number;
};

/** Whether a name such as "Asia/Shanghai" is a zone here. */
export function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** @param zone A name `isZone` knows. */
export function createDays(zone: string): Days {
  const formatter = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    era: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  /** What the wall clock shows, as if it were UTC. */
  const wallAt = (at: number): number => {
    const parts = new Map(formatter.formatToParts(at).map(({ type, value }) => [type, value]));
    const part = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type));
    const year = parts.get('era') === 'BC' ? 1 - part('year') : part('year');
    return utc(year, part('month'), part('day')) + ((part('hour') * 60 + part('minute')) * 60 + part('second')) * 1_000;
  };
  const dayAt = (at: number): Day => dayOfWall(wallAt(at));
  const start = (day: Day): number => {
    const midnight = wallOfDay(day);
    // The offset changes at most once between the two days around.
    const offsets = [midnight - DAY, midnight + DAY].map((at) => wallAt(at) - at);
    const candidates = offsets.map((offset) => midnight - offset).toSorted((a, b) => a - b);
    return candidates.find((at) => dayAt(at) === day) ?? candidates[0] ?? midnight;
  };
  let known: { day: Day; from: number; to: number } | null = null;
  return {
    of: (at) => {
      if (known && at >= known.from && at < known.to) return known.day;
      const day = dayAt(at);
      const from = start(day);
      const to = start(nextDay(day, 1));
      // Where clocks go back over midnight a day comes in two pieces: then each instant is asked for.
      known = at >= from && at < to && dayAt(to - 1) === day && to - from <= 1.5 * DAY ? { day, from, to } : null;
      return day;
    },
    start,
  };
}

/** The day so many days after another; before it if negative. */
export const nextDay = (day: Day, days: number): Day => dayOfWall(wallOfDay(day) + days * DAY);

/** The Monday a day's week begins with. */
export const weekOf = (day: Day): Day => nextDay(day, -((new Date(wallOfDay(day)).getUTCDay() + 6) % 7));

/** The first of a day's month. */
export const monthOf = (day: Day): Day => day.replace(/\d\d$/, '01');

/** From one day to another, negative if that is before. */
export const daysBetween = (from: Day, to: Day): number => Math.round((wallOfDay(to) - wallOfDay(from)) / DAY);

const DAY = 86_400_000;

const wallOfDay = (day: Day): number => Date.parse(`${day}T00:00:00Z`);
const dayOfWall = (wall: number): Day => new Date(wall).toISOString().replace(/T.*$/, '');

/** `Date.UTC` takes years below 100 for those of the twentieth century. */
const utc = (year: number, month: number, day: number): number => new Date(0).setUTCFullYear(year, month - 1, day);
