import type { Anchor } from './clock-reading.ts';
import { DRIFT, type Contact, type Placed, type Timeline } from './timeline.ts';

/** How far the wall clock stood from the server's time at one contact: `ms` ± `e`; the contact was at `at`. */
export type Offset = { readonly ms: number; readonly e: number; readonly at: number };

/** The offset a whole exchange shows, or null: a clock that was set or slept on the way shows none. */
export function offsetAt({ sent, got, received, answered }: Contact): Offset | null {
  const least = sent.wall - received;
  const most = got.wall - answered;
  const trip = most - least;
  const steady = Math.abs(got.wall - sent.wall - (got.mono - sent.mono)) <= STEADY_MS;
  if (!steady || trip < -STEADY_MS || trip > WORST_TRIP_MS) return null;
  return { ms: (least + most) / 2, e: Math.abs(trip) / 2 + 1, at: answered };
}

export const offsetOfAnchor = ({ server, wall, halfTrip }: Anchor): Offset | null =>
  halfTrip > WORST_TRIP_MS / 2 ? null : { ms: wall - server, e: halfTrip + 2, at: server };

/** A contact beside a moment, with the readings that surely enclose the stretch between the two. */
export type Beside = { readonly offset: Offset; readonly index: number };

/** The last contact that was surely over before a moment. */
export function contactBefore(line: Timeline, at: Placed): Beside | null {
  const { after } = line.between(at);
  return nearest(
    line,
    (contact) => {
      const place = { page: contact.page, ...contact.got };
      const { before } = line.between(place);
      const own = contact.page === at.page && contact.got.mono <= at.mono;
      if (!own && (before < 0 || before > after)) return null;
      return own ? line.between(place).after : before;
    },
    (a, b) => a.offset.at > b.offset.at,
  );
}

/** The first contact that surely began after a moment. */
export function contactAfter(line: Timeline, at: Placed): Beside | null {
  const { before } = line.between(at);
  return nearest(
    line,
    (contact) => {
      const place = { page: contact.page, ...contact.sent };
      const { after } = line.between(place);
      const own = contact.page === at.page && contact.sent.mono >= at.mono;
      if (!own && (before < 0 || after < before)) return null;
      const next = line.between(place).before;
      return own && next >= 0 ? next : own ? line.size - 1 : after;
    },
    (a, b) => a.offset.at < b.offset.at,
  );
}

function nearest(
  line: Timeline,
  indexOf: (contact: Contact) => number | null,
  nearer: (a: Beside, b: Beside) => boolean,
): Beside | null {
  let best: Beside | null = null;
  for (const contact of line.contacts) {
    const index = indexOf(contact);
    const offset = index === null ? null : offsetAt(contact);
    if (index === null || offset === null) continue;
    const one = { offset, index };
    if (best === null || nearer(one, best)) best = one;
  }
  return best;
}

/** An estimate by the wall clock: `est` ± `e`, ms. */
export type ByWall = { readonly est: number; readonly e: number };

/**
 * What the wall clock says, if at the moment it stood as at the contact before or as at the one after, drift apart.
 * `agree`: both say the same. Otherwise the clock was changed in between, and each side is one estimate.
 */
export function byWall(wall: number, before: Offset, after: Offset): { agree: ByWall } | { sides: [ByWall, ByWall] } {
  const span = DRIFT * Math.max(0, after.at - before.at);
  const apart = Math.abs(after.ms - before.ms);
  if (apart <= before.e + after.e + span) {
    const e = (apart + span) / 2 + Math.max(before.e, after.e) + GRAIN_MS;
    return { agree: { est: wall - (before.ms + after.ms) / 2, e } };
  }
  return {
    sides: [
      { est: wall - before.ms, e: before.e + span + GRAIN_MS },
      { est: wall - after.ms, e: after.e + span + GRAIN_MS },
    ],
  };
}

/** A clock that went on evenly through an exchange was neither set nor asleep. */
const STEADY_MS = 250;
const WORST_TRIP_MS = 60_000;
/** Wall clocks are read in whole milliseconds. */
const GRAIN_MS = 2;
