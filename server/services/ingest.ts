import type { PersonId, Subject } from '#shared/ids.ts';
import type { Ack, SyncRequest } from '#shared/sync/protocol.ts';
import { ClockChain } from '#shared/time/clock-reading.ts';

import type { Store } from '../store/store.ts';
import type { Incoming } from '../store/take-batch.ts';
import type { Asker } from './asker.ts';
import { checkItem } from './check-item.ts';
import { refusal, type Author } from './refusal.ts';
import { createReleaseHeld } from './release-held.ts';

/**
 * Acknowledgements in the order of the push, and the numbers the server has not got (I11). `gathering`: nothing has a
 * verdict yet, for so many ms. `still`: the log stands still meanwhile.
 */
export type Ingested = {
  readonly acks: Ack[];
  /** The subjects that have news. */
  readonly about: readonly Subject[];
  readonly need: [number, number][];
  readonly gathering: number | null;
  readonly still: boolean;
};

/** Who delivers. `person`: who is signed in there; null: nobody, work is judged by its authors alone. */
export type Bringer = Omit<Asker, 'person' | 'form' | 'scope'> & { readonly person: PersonId | null };

export type Ingest = (asker: Bringer, request: SyncRequest, receivedAt: number) => Promise<Ingested>;

/** Takes custody of everything that is pushed: into the log, or into quarantine with the reason. Refuses nothing. */
export function createIngest(store: Pick<Store, 'log' | 'held' | 'roster' | 'accounts'>): Ingest {
  const { log, roster, accounts } = store;
  const releaseHeld = createReleaseHeld(store);
  /** Somebody else's work may wait on a shared desk: it is judged by its author's rights, if they were there. */
  const authorsOf = async (
    asker: Bringer,
    people: ReadonlySet<PersonId | null>,
  ): Promise<ReadonlyMap<string, Author>> => {
    const authors = new Map<string, Author>();
    if (asker.person !== null) authors.set(asker.person, { role: asker.role, unit: asker.unit });
    for (const id of people) {
      if (id === null || authors.has(id) || !(await accounts.wasSignedIn(asker.device, id))) continue;
      const person = await roster.person(id);
      if (person) authors.set(id, { role: person.role, unit: asker.crew ? asker.unit : person.unit });
    }
    return authors;
  };

  return async (asker, request, receivedAt) => {
    const { device } = asker;
    const batch = request.push.map((item) => checkItem(item, asker.writers));
    const receipt = { server: receivedAt, reading: request.clock, chain: chainIn(request) };
    const { gatherUntil, epoch } = await log.head();
    if (gatherUntil !== null) {
      await log.gather(batch, { device, receipt });
      return { acks: [], about: [], need: [], gathering: Math.max(0, gatherUntil - receivedAt), still: true };
    }
    // It does not know of the restore yet: what it recorded before belongs in front of what it brings now (I12).
    if (batch.length > 0 && request.cursor && request.cursor.epoch !== epoch)
      return { acks: [], about: [], need: [], gathering: 0, still: false };
    const people = new Set(batch.map((item) => (item.is === 'event' ? item.event.by : null)));
    const authors = await authorsOf(asker, people);
    const acks = await log.append(batch, { device, receipt }, (event, draft, view, lost) => {
      if (asker.blocked) return 'notAllowed';
      const author = event.by === null ? undefined : authors.get(event.by);
      return refusal({ event, draft, view, lost, author, device, receivedAt });
    });
    const about = takenAbout(batch, acks);
    await releaseHeld.waitingFor(about);
    const own = asker.writers.includes(request.writer) && !asker.blocked;
    return {
      acks: [...acks],
      about,
      need: own ? await log.need(request.writer, request.hiN) : [],
      gathering: null,
      still: false,
    };
  };
}

/** The subjects that have news: what waited for them may enter the log now. */
function takenAbout(batch: readonly Incoming[], acks: readonly Ack[]): readonly Subject[] {
  const about = batch.flatMap((item, index) =>
    item.is === 'event' && acks[index]?.is === 'ok' ? [item.event.subject] : [],
  );
  return [...new Set(about)];
}

/** An early client sends none; one that cannot be read is no evidence at all. */
const chainIn = ({ marks }: SyncRequest): ClockChain | undefined => {
  if (marks === undefined) return undefined;
  const read = ClockChain.safeParse(marks);
  return read.success ? read.data : [];
};
