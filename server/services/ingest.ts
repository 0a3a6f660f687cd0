import type { DeviceId, PersonId, Subject } from '#shared/ids.ts';
import type { Ack, SyncRequest } from '#shared/sync/protocol.ts';
import { ClockChain } from '#shared/time/clock-reading.ts';

import type { Store } from '../store/store.ts';
import type { Incoming } from '../store/take-batch.ts';
import { speakerOf, type Asker } from './asker.ts';
import { createAuthorOn } from './author-on.ts';
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
  const authorOn = createAuthorOn({ roster, accounts });
  /** Somebody else's work may wait on a shared desk: it is judged by its author's rights, if they were there. */
  const authorsOf = async (asker: Bringer, batch: readonly Incoming[]): Promise<Authors> => {
    const authors = new Map<string, Author | undefined>();
    if (asker.person !== null) authors.set(`${asker.device} ${asker.person}`, { role: asker.role, unit: asker.unit });
    for (const item of batch) {
      if (item.is === 'held' || item.event.by === null) continue;
      const { by } = item.event;
      // Mostly who is signed in brings what he recorded here.
      if (by === asker.person && item.recorder === undefined) continue;
      // Who is signed in here now may have recorded before this device knew that it is another one.
      for (const device of new Set([item.recorder ?? asker.device, asker.device])) {
        const key = `${device} ${by}`;
        if (!authors.has(key)) authors.set(key, await authorOn(device, by));
      }
    }
    return ({ device, by }) => (by === null ? undefined : authors.get(`${device} ${by}`));
  };

  return async (asker, request, receivedAt) => {
    const { device, earlier } = asker;
    const batch = request.push.map((item) => asBrought(asker, checkItem(item, asker.writers, earlier)));
    const receipt = { server: receivedAt, reading: request.clock, chain: chainIn(request) };
    const { gatherUntil, epoch } = await log.head();
    if (gatherUntil !== null) {
      await log.gather(batch, { device, receipt });
      return { acks: [], about: [], need: [], gathering: Math.max(0, gatherUntil - receivedAt), still: true };
    }
    // It does not know of the restore yet: what it recorded before belongs in front of what it brings now (I12).
    if (batch.length > 0 && request.cursor && request.cursor.epoch !== epoch)
      return { acks: [], about: [], need: [], gathering: 0, still: false };
    const authorOf = await authorsOf(asker, batch);
    const acks = await log.append(batch, { device, receipt }, (event, draft, view, lost) => {
      const recorder = speakerOf(asker, event.writer);
      if (asker.blocked || !recorder || recorder.blocked) return 'notAllowed';
      const author = authorOf({ device: recorder.device, by: event.by });
      // Recorded as this device under the name of one that it was before: it has to take one of its own.
      if (!author && recorder.device !== device && authorOf({ device, by: event.by })) return 'foreignWriter';
      return refusal({ event, draft, view, lost, author, device: recorder.device, receivedAt });
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

type Authors = (of: { readonly device: DeviceId; readonly by: PersonId | null }) => Author | undefined;

/** A blocked device speaks for no other one: what it brings stays with it. */
const asBrought = ({ blocked }: Bringer, item: Incoming): Incoming =>
  blocked && item.recorder !== undefined ? { ...item, recorder: undefined } : item;

/** The subjects that have news: what waited for them may enter the log now. */
function takenAbout(batch: readonly Incoming[], acks: readonly Ack[]): readonly Subject[] {
  const about = new Set<Subject>();
  for (const [index, item] of batch.entries())
    if (item.is === 'event' && acks[index]?.is === 'ok') about.add(item.event.subject);
  return [...about];
}

/** An early client sends none; one that cannot be read is no evidence at all. */
const chainIn = ({ marks }: SyncRequest): ClockChain | undefined => {
  if (marks === undefined) return undefined;
  const read = ClockChain.safeParse(marks);
  return read.success ? read.data : [];
};
