/** A zone as the mapping names it: an IANA name or a fixed offset such as +08:00. */
export type Zone = {
  /** Milliseconds from 1970 of what a wall clock shows there; none in a gap, two where the hour comes twice. */
  instants(wallMs: number): readonly number[];
};

export const isZone = (name: string): boolean => fixedOffset(name) !== null || formatterOf(name) !== null;

export function createZone(name: string): Zone {
  const fixed = fixedOffset(name);
  if (fixed !== null) return { instants: (wallMs) => [wallMs - fixed] };
  const formatter = formatterOf(name);
  if (!formatter) throw new Error(`not a time zone: ${name}`);
  return {
    instants(wallMs) {
      // The offset changes at most once between the two days around.
      const offsets = [wallMs - DAY, wallMs + DAY].map((at) => offsetAt(formatter, at));
      return [...new Set(offsets)]
        .map((offset) => wallMs - offset)
        .filter((at) => at + offsetAt(formatter, at) === wallMs)
        .toSorted((a, b) => a - b);
    },
  };
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** `GMT+08:00` is how the formatter spells an offset. */
function offsetAt(formatter: Intl.DateTimeFormat, at: number): number {
  const spelled = formatter.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  return fixedOffset(spelled.slice('GMT'.length) || '+00:00') ?? 0;
}

function fixedOffset(name: string): number | null {
  if (name === 'UTC' || name === 'Z') return 0;
  const match = /^([+-])(\d{2}):?(\d{2})(?::(\d{2}))?$/.exec(name);
  if (!match) return null;
  const [, sign, hours, minutes, seconds = '0'] = match;
  const offset = (Number(hours) * 60 + Number(minutes)) * MINUTE + Number(seconds) * 1_000;
  return sign === '-' ? -offset : offset;
}

function formatterOf(name: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
