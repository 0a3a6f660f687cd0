import type { Envelope } from '../event/envelope.ts';
import { Given } from '../event/parts.ts';
import type { Anchor, ClockReading, Exchange, GpsFix, Moment } from '../time/clock-reading.ts';
import type { EventTime } from '../time/event-time.ts';
import { givenTime } from '../time/given-time.ts';
import type { Clock } from './ports.ts';

/** The clocks of this device, corrected by the server's last answer. */
export type Timekeeper = {
  /** What the clocks show now, with the last anchor: what an event keeps for ever. */
  readonly reading: () => ClockReading;
  /** Server-corrected time, ms. */
  readonly now: () => number;
  readonly anchor: () => Anchor | null;
  readonly adopt: (anchor: Anchor | null) => void;
  /** A fix of this page session whose time is not the wall clock's. */
  readonly keepFix: (fix: GpsFix) => void;
  /** A new anchor from an answer: `sent` was read before the request left. */
  readonly learn: (
    sent: ClockReading,
    server: { readonly received: number; readonly answered: number },
  ) => { readonly anchor: Anchor; readonly exchange: Exchange };
};

export function createTimekeeper(clock: Clock): Timekeeper {
  let anchor: Anchor | null = null;
  let gps: GpsFix | null = null;
  const bare = (): ClockReading => ({ wall: Math.round(clock.wall()), mono: clock.mono(), page: clock.page });
  const reading = (): ClockReading => {
    const read = bare();
    const fresh = gps !== null && read.mono - gps.got.mono < FIX_LASTS_MS;
    return { ...read, ...(anchor ? { anchor } : {}), ...(gps && fresh ? { gps } : {}) };
  };
  return {
    reading,
    now: () => serverTime(reading()),
    anchor: () => anchor,
    adopt: (known) => {
      if (known && (!anchor || known.server > anchor.server)) anchor = known;
    },
    keepFix: (fix) => {
      gps = fix;
    },
    learn(sent, server) {
      const got = bare();
      const trip = Math.max(0, got.mono - sent.mono - (server.answered - server.received));
      const halfTrip = trip / 2;
      anchor = { ...got, server: Math.floor(server.answered + halfTrip), halfTrip };
      const exchange = { sent: moment(sent), got: moment(got), received: server.received, answered: server.answered };
      return { anchor, exchange };
    },
  };
}

const moment = ({ wall, mono }: ClockReading): Moment => ({ wall, mono });

/**
 * The server's time at a reading, as well as this device can tell. The wall clock counts sleep, the monotonic one does
 * not; a wall clock set back shows itself by falling behind the monotonic one.
 */
export function serverTime(reading: ClockReading): number {
  const { anchor } = reading;
  if (!anchor) return reading.wall;
  const byWall = anchor.server + (reading.wall - anchor.wall);
  const byMono = anchor.page === reading.page ? anchor.server + Math.max(0, reading.mono - anchor.mono) : anchor.server;
  return Math.round(Math.max(byWall, byMono));
}

const UNSURE_MS = 15 * 60_000;

/** When an own event happened, until the server's own derivation comes with a page. */
export function localTime(event: Pick<Envelope, 'clock' | 'data'>): EventTime {
  const est = serverTime(event.clock);
  const given = Given.safeParse(event.data['at']);
  if (given.success) return givenTime(given.data, given.data.source, est);
  const e = event.clock.anchor ? Math.ceil(2_000 + event.clock.anchor.halfTrip) : UNSURE_MS;
  return { lo: est - e, hi: est + e, est, e, grade: event.clock.anchor ? 'B' : 'C' };
}

const FIX_LASTS_MS = 2 * 60_000;

/** A clock that went on evenly since the last answer was neither set nor asleep. */
const EVEN_MS = 250;
const ANCHOR_LASTS_MS = 10 * 60_000;
/** Whatever was tapped since an answer this fresh lies between it and now: another one tells no more. */
const FRESH_MS = 5_000;

/**
 * Should the server be asked for its time before `taps` are pushed? If they lie before the last answer, or the clocks
 * parted since, only a whole exchange after them shows how the wall clock stands now.
 */
export function wantsAnchor(now: ClockReading, taps: readonly ClockReading[]): boolean {
  const { anchor } = now;
  if (!anchor || anchor.page !== now.page) return true;
  const since = now.mono - anchor.mono;
  if (since > ANCHOR_LASTS_MS || Math.abs(now.wall - anchor.wall - since) > EVEN_MS) return true;
  return since > FRESH_MS && taps.some(({ page, mono }) => page !== now.page || mono < anchor.mono);
}
