import { subjectType } from '#shared/ids.ts';
import type { Live, ShortDisk, SyncAnswer, SyncRequest } from '#shared/sync/protocol.ts';

import type { ClockJump } from '../device/guarded-clock.ts';
import type { Contact } from '../store/contact-store.ts';
import type { Store } from '../store/store.ts';
import { speakerOf, type Asker } from './asker.ts';
import { createIngest } from './ingest.ts';
import { createLiveNews, type LiveNews } from './live-news.ts';
import { provenUpTo } from './proven.ts';
import { createPull } from './pull.ts';
import { unlessDiskFull } from './unless-disk-full.ts';

/** One push-and-pull. `receivedAt`: server time when the request had been read, ms. */
export type Sync = (asker: Asker, request: SyncRequest, receivedAt: number) => Promise<SyncAnswer>;

type Deps = {
  readonly store: Store;
  readonly clock: () => number;
  readonly news?: LiveNews;
  /** Told after each request that brought something into the log. */
  readonly onNews?: () => void;
  /** Of the machine's clock; desks are told. */
  readonly jump?: () => ClockJump | null;
  /** Little room is left; whoever can see to it is told. */
  readonly disk?: () => ShortDisk | null;
  /** Told after each tablet that was heard. */
  readonly onLive?: () => void;
};

/** Takes the push first, so that the page already shows the asker what became of it. */
export function createSync({ store, clock, jump, disk, onNews, onLive, ...deps }: Deps): Sync {
  const news = deps.news ?? createLiveNews(store.contacts, clock);
  const ingest = createIngest(store);
  const pull = createPull(store);
  const liveOf = async ({ unit, role }: Asker): Promise<Live> => {
    const jumped = jump?.();
    const short = role === 'admin' || role === 'leader' ? disk?.() : null;
    const live = await news.of(unit);
    return { ...live, ...(jumped ? { jump: jumped } : {}), ...(short ? { disk: short } : {}) };
  };
  /** The names that this outbox left are heard as far as it is, where all that it says of them is so. */
  const leftNames = async (asker: Asker, { writer: present, earlier = [] }: SyncRequest, heard: number) => {
    const reports: Contact[] = [];
    for (const { writer, hiN } of earlier) {
      const speaker = writer === present ? null : speakerOf(asker, writer);
      if (speaker && !speaker.blocked && (await store.log.isOver(writer, hiN)))
        reports.push({ device: speaker.device, writer, heard, fix: null });
    }
    return reports;
  };
  return async (asker, request, receivedAt) => {
    const { acks, about, need, gathering, still } = await ingest(asker, request, receivedAt);
    if (acks.some((ack) => ack.is === 'ok')) onNews?.();
    if (about.some((subject) => subjectType(subject) !== 'order')) news.renew();
    if (!asker.blocked && asker.writers.includes(request.writer)) {
      // What is only gathered proves nothing yet, though every number of it is here (I25).
      const heard = gathering === null ? provenUpTo(request, receivedAt, need) : null;
      // A tablet's wrong clock must not make a fix look newer than all that follow.
      const fix = request.fix ? { ...request.fix, at: Math.min(request.fix.at, receivedAt) } : null;
      const { device } = asker;
      const reports: Contact[] = [{ device, writer: request.writer, heard, fix }];
      if (heard !== null) reports.push(...(await leftNames(asker, request, heard)));
      // Less is known than was said, which is never wrong: nothing counts as missed because of it.
      await unlessDiskFull(Promise.all(reports.map(store.contacts.report)));
      if (asker.form === 'tablet') onLive?.();
    }
    // Before the page: a crew must not count as heard beyond what the desk is shown of its work.
    const told = asker.form === 'desk' && request.pull && !asker.blocked ? await liveOf(asker) : null;
    const { page, repair } = still ? NOTHING : await pull(asker, request);
    // In the middle of a long pull the same again would only make it longer.
    const midway = request.cursor?.towards !== undefined && page?.more;
    const live = midway ? null : told;
    const { epoch, q, safe } = await store.log.head();
    return {
      proto: 1,
      req: request.req,
      epoch,
      head: q,
      safe,
      clock: { received: receivedAt, answered: clock() },
      acks,
      need,
      page,
      live,
      ...(repair ? { repair } : {}),
      ...(gathering === null ? {} : { gathering }),
      ...(asker.blocked ? { blocked: true as const } : {}),
    };
  };
}

/** What there is may not be all of it yet. */
const NOTHING = { page: null, repair: null };
