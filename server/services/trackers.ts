import type { OsmandFix, TraccarFix } from '#shared/api/positions.ts';
import type { Point } from '#shared/event/parts.ts';
import type { CrewId } from '#shared/ids.ts';
import { err, ok, type Result } from '#shared/result.ts';

import type { Clock } from '../device/clock.ts';
import type { Random } from '../device/random.ts';
import type { Trackers as TrackerStore } from '../store/trackers.ts';
import { hashSecret } from './sessions.ts';
import type { Tries } from './tries.ts';

/** One fix of a tracker, whatever way it came. `at`: its own time, ms; null: now. */
type Fix = { readonly id: string; readonly point: Point; readonly at: number | null };

export type TrackerFeed = {
  /** Keeps where a van is. `signInNeeded`: no tracker of that name has this key. */
  readonly take: (
    what: OsmandFix | TraccarFix,
    from: { readonly key: string | null; readonly address: string },
  ) => Promise<Result<void, 'signInNeeded' | 'tooManyTries' | 'badRequest'>>;
};

type Deps = { trackers: TrackerStore; tries: Tries; clock: Clock; onLive: () => void };

/** A tracker that tells more often is told to wait: desks are told each few seconds anyway. */
const LEAST_MS = 900;
/** A fix this far ahead of server time is one of a clock that is wrong; it counts as of now. */
const AHEAD_MS = 60_000;

export function createTrackerFeed({ trackers, tries, clock, onLive }: Deps): TrackerFeed {
  return {
    take: async (what, { key, address }) => {
      const fix = fixIn(what);
      if (fix === 'notValid') return ok(undefined);
      if (fix === null) return err('badRequest');
      if (key === null) return err('signInNeeded');
      const now = clock();
      const at = fix.at === null || fix.at > now + AHEAD_MS ? now : Math.min(now, fix.at);
      const who = { id: fix.id, keyHash: hashSecret(key) };
      const kept = await trackers.keepFix(who, { ...fix.point, at, rcv: now }, LEAST_MS);
      // One address may bring hundreds of vans at once, so only what was wrong counts; keys are too long to be guessed.
      if (!kept.ok && kept.error === 'unknown')
        return err(tries.take([`tracker keys from ${address}`]) ? 'signInNeeded' : 'tooManyTries');
      if (!kept.ok) return err('tooManyTries');
      if (kept.value === 'kept') onLive();
      return ok(undefined);
    },
  };
}

/** Makes a tracker for a crew's van and gives the key it is to show; the key is kept only as a hash. */
export async function makeTracker(
  { trackers, clock, random }: { trackers: TrackerStore; clock: Clock; random: Random },
  { id, crew, key }: { readonly id: string; readonly crew: CrewId; readonly key: string | null },
): Promise<string> {
  const secret = key ?? Buffer.from(random(18)).toString('base64url');
  await trackers.put({ id, keyHash: hashSecret(secret), crew, madeAt: clock() });
  return secret;
}

function fixIn(what: OsmandFix | TraccarFix): Fix | 'notValid' | null {
  if ('position' in what) {
    const { latitude: lat, longitude: lon, accuracy, fixTime, valid } = what.position;
    if (valid === false) return 'notValid';
    return { id: what.device.uniqueId, point: pointOf({ lat, lon, accuracy }), at: timeIn(fixTime) };
  }
  if ('location' in what) {
    const { coords, timestamp } = what.location;
    const { latitude: lat, longitude: lon, accuracy } = coords;
    return { id: what.device_id, point: pointOf({ lat, lon, accuracy }), at: timeIn(timestamp) };
  }
  const id = what.id ?? what.deviceid;
  if (id === undefined) return null;
  if (what.valid === 'false' || what.valid === '0') return 'notValid';
  return { id, point: pointOf(what), at: what.timestamp === undefined ? null : timeIn(what.timestamp) };
}

type Read = { readonly lat: number; readonly lon: number; readonly accuracy?: number | null | undefined };

const pointOf = ({ lat, lon, accuracy }: Read): Point =>
  accuracy === undefined || accuracy === null ? { lat, lon } : { lat, lon, acc: accuracy };

/** Seconds or milliseconds since 1970, or ISO 8601 (without a zone: UTC); null: neither. */
function timeIn(said: string | number): number | null {
  const number = Number(said);
  if (said !== '' && Number.isFinite(number)) return Math.round(number < FIRST_MS ? number * 1_000 : number);
  const text = String(said).trim().replace(' ', 'T');
  const time = Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`);
  return Number.isNaN(time) ? null : time;
}

/** Below this a number counts seconds: as milliseconds it would be before 1973. */
const FIRST_MS = 100_000_000_000;
