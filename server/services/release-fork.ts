import { Envelope, envelopeHash, envelopeText } from '#shared/event/envelope.ts';
import { eventId, type EventId } from '#shared/ids.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { nameAfterFork, renaming } from '#shared/sync/fork-names.ts';

import type { HeldRow } from '../store/held-rows.ts';
import type { Store } from '../store/store.ts';
import type { JudgedAgain } from '../store/take-again.ts';
import type { Enrolment } from './enrolment.ts';
import { createReleaseHeld } from './release-held.ts';

/** `mixed`: not all forked, or not of one writer of one device. `twice`: a number is there of both outboxes: name those of one. */
export type ForkProblem = 'mixed' | 'twice';

/**
 * Takes in a fork whose outbox does not come back: all of it under a name of its own, references rewritten, in the order
 * of its numbers. If it comes back after all, it gives its events the same names.
 */
export async function releaseFork(
  store: Store,
  enrolment: Pick<Enrolment, 'register'>,
  rows: readonly HeldRow[],
): Promise<Result<readonly JudgedAgain[], ForkProblem>> {
  const fork = rows.toSorted((a, b) => a.n - b.n);
  const [first] = fork;
  const of = first?.writer ?? null;
  const device = first ? await store.roster.device(first.device) : null;
  if (!first || of === null || first.hash === null || !device) return err('mixed');
  if (fork.some(({ code, writer, device: from }) => code !== 'forked' || writer !== of || from !== first.device))
    return err('mixed');
  if (new Set(fork.map(({ n }) => n)).size < fork.length) return err('twice');

  const by = fork.map(({ raw }) => eventIn(raw).by).find((person) => person !== null);
  if (!by) return err('mixed');
  const writer = await enrolment.register(device, nameAfterFork(of, first.hash), by);
  const names = new Map<string, EventId>(fork.map(({ n }, index) => [eventId(of, n), eventId(writer, index + 1)]));
  const renamed = fork.map((row, index): HeldRow => {
    const text = envelopeText({ ...eventIn(row.raw, names), writer, n: index + 1 });
    const hash = envelopeHash(text);
    return { ...row, hash, raw: `{"event":${text},"hash":"${hash}","was":"${row.hash}"}` };
  });
  return ok(await createReleaseHeld(store).again(renamed));
}

function eventIn(raw: string, names: ReadonlyMap<string, EventId> = new Map()): Envelope {
  const item: unknown = JSON.parse(raw, renaming(names));
  return Envelope.parse(typeof item === 'object' && item !== null && 'event' in item ? item.event : null);
}
