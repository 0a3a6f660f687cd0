import { LIMITS } from '#shared/sync/limits.ts';
import type { SyncRequest } from '#shared/sync/protocol.ts';

/**
 * Up to when a request shows that nothing else is on its way (I25), server time in ms, or null if it does not: numbers
 * are missing, a tap is unanswered, or an event was put aside. It was built at the earliest one time-out before its
 * receipt, or later as far as its own clock reading shows.
 */
export function provenUpTo(request: SyncRequest, receivedAt: number, need: readonly unknown[]): number | null {
  if (need.length > 0 || request.openTaps > 0 || request.parked > 0) return null;
  const { clock } = request;
  const { anchor } = clock;
  const sameSession = anchor !== undefined && anchor.page === clock.page;
  const shown = sameSession ? anchor.server + Math.max(0, clock.mono - anchor.mono) - anchor.halfTrip : 0;
  return Math.min(receivedAt, Math.max(Math.floor(shown), receivedAt - LIMITS.requestMs));
}
