import type { EventId, WriterId } from '../ids.ts';
import { err, ok, type Result } from '../result.ts';
import { LIMITS } from '../sync/limits.ts';
import type { Cursor, PushItem, SyncAnswer, SyncRequest } from '../sync/protocol.ts';
import type { Anchor, ClockChain, ClockReading } from '../time/clock-reading.ts';
import { applyPage } from './apply-page.ts';
import { chainFor } from './clock-chain.ts';
import { KEEP_MARKS, markOf } from './marks.ts';
import type { Repaired } from './mend-scope.ts';
import { nextBatch, type Outbox, type Own } from './outbox.ts';
import {
  earlierName,
  type CachePatch,
  type CacheStorage,
  type Mark,
  type OutboxFacts,
  type OutboxStorage,
  type Random,
  type SyncFailure,
  type Transport,
} from './ports.ts';
import type { ReadModel } from './read-model.ts';
import { erasable, releasable, reoffered } from './retention.ts';
import type { ScopeSums } from './scope-sums.ts';
import { hex } from './submit.ts';
import { wantsAnchor, type Timekeeper } from './time.ts';
import { ackedStates, coveredStates, missing, needed } from './verdicts.ts';
import type { Lost } from './views.ts';

/** What one round came to. `more`: there is another one to do at once. */
export type RoundEnd = {
  readonly pushed: readonly Own[];
  readonly more: boolean;
  readonly lost: readonly Lost[];
  readonly head: number;
  readonly blocked: boolean;
  /** For so many ms the server only gathers what its clients hold. */
  readonly gathering: number | null;
  readonly changed: ReturnType<ReadModel['apply']>;
};
export type RoundFailure = { readonly pushed: readonly Own[]; readonly why: SyncFailure | 'storage' | 'fenced' };

export type RoundDeps = {
  readonly app: string;
  readonly outbox: Outbox;
  readonly model: ReadModel;
  readonly storage: { readonly outbox: OutboxStorage; readonly cache: CacheStorage };
  readonly transport: Transport;
  readonly time: Timekeeper;
  readonly random: Random;
  /** Asks for the sum of the scope now and then, and for what differs (I13). */
  readonly sums: ScopeSums;
  /** Reads the outbox again, for this page and all others. */
  reread(): Promise<void>;
  fix(): SyncRequest['fix'];
  /** The names of outboxes that were here and are no more. */
  namesLost(): NonNullable<SyncRequest['earlier']>;
};

/**
 * `most`: events to push at most; 0 asks only. `again`: held ones whose verdict may be another by now. `gathered`: what
 * the server has, but gives no verdict on yet. Both are crossed off and added to.
 */
export type RoundPlan = {
  readonly writer: WriterId;
  readonly fence: number;
  readonly most: number;
  readonly again: Set<EventId>;
  readonly gathered: Set<EventId>;
};

/** What is to be pushed: what waits, and of what is held that which is asked about once more. */
export const wantedBy =
  ({ again, gathered }: Pick<RoundPlan, 'again' | 'gathered'>) =>
  ({ row: { state }, id }: Own): boolean =>
    state.is === 'waiting' ? !gathered.has(id) : state.is === 'held' && again.has(id);

/**
 * One question and its answer. Whatever fails in between, everything is as before or one stored step further, and asking
 * again is free.
 */
export async function round(
  deps: RoundDeps,
  { writer, fence, most, again, gathered }: RoundPlan,
): Promise<Result<RoundEnd, RoundFailure>> {
  const { outbox, model, time } = deps;
  const wanted = wantedBy({ again, gathered });
  const pushed = most > 0 ? nextBatch(outbox.all(), writer, { most, wanted }) : [];
  const taps = pushed.map(({ event }) => event.clock);
  if (pushed.length > 0 && wantsAnchor(time.reading(), taps)) {
    const hello = await askForTime(deps, writer);
    if (!hello.ok) return err({ pushed: [], why: hello.error });
  }
  const marks = pushed.length > 0 ? await chainOf(deps, taps) : null;
  // Read before the facts: an event that is not among them was recorded after this moment (I25).
  const sent = time.reading();
  const facts = await deps.storage.outbox.facts();
  const own = facts.meta?.writer === writer ? facts : null;
  // A page that led before may have written late: what it left to be done, or the name it began, is seen only there (I18).
  if (
    facts.meta?.writer !== outbox.meta()?.writer ||
    facts.waiting !== outbox.all().filter(({ row }) => row.state.is === 'waiting').length
  )
    await deps.reread();
  const fix = deps.fix();
  const request: SyncRequest = {
    proto: 1,
    req: hex(deps.random.bytes(12)),
    writer,
    app: deps.app,
    cursor: model.meta().cursor,
    pull: own !== null,
    hiN: own?.meta?.counter ?? Math.max(0, ...outbox.all().map(({ row }) => (row.writer === writer ? row.n : 0))),
    openTaps: facts.openTaps,
    parked: facts.parked,
    clock: sent,
    push: pushed.map(pushItem),
    ...(marks ? { marks } : {}),
    ...(own ? namesLeft(own, deps.namesLost()) : {}),
    ...(own === null ? {} : deps.sums.ask(model)),
    ...(fix ? { fix } : {}),
  };
  const answered = await exchange(deps, request);
  if (!answered.ok) return err({ pushed, why: answered.error });
  const { answer, anchor } = answered.value;
  const gathering = answer.gathering ?? null;
  for (const { id } of pushed) {
    again.delete(id);
    if (gathering !== null) gathered.add(id);
  }
  if (gathering === null) gathered.clear();

  const acks = await outbox.setStates(ackedStates(answer, pushed, writer));
  if (!acks.ok) return err({ pushed, why: 'storage' });
  if (missing(answer, outbox, writer)) await deps.reread();
  const { resend, lost } = needed(answer, outbox, writer, own?.meta?.counter ?? 0);
  // What a restored server misses by its number is still offered with the place it had.
  const offered = await outbox.setStates([...resend, ...reoffered(outbox, answer.epoch, model.meta().epoch)]);
  if (!offered.ok) return err({ pushed, why: 'storage' });

  // Before the cursor moves: it is told once.
  const erased = await outbox.erase(answer.page?.erased ?? []);
  if (!erased.ok) return err({ pushed, why: 'storage' });
  const step = cachePatch(deps, deps.sums.repaired(answer, request, model), answer);
  const { epoch, safe } = answer;
  const news = answer.live ? { live: answer.live } : {};
  const patch = { ...step, meta: { ...step.meta, anchor, epoch, safe, lastSuccessAt: time.now(), ...news } };
  const applied = await deps.storage.cache.apply(fence, patch);
  if (!applied.ok) return err({ pushed, why: applied.error === 'fenced' ? 'fenced' : 'storage' });
  const before = model.meta().cursor;
  const changed = model.apply(patch);
  model.expect(answer.page?.more?.left ?? null);
  const covered = answer.page ? await outbox.setStates(coveredStates(answer.page, outbox)) : ok(null);
  if (!covered.ok) return err({ pushed, why: 'storage' });
  deps.sums.compare(answer, model);
  if (answer.page?.more && sameCursor(before, model.meta().cursor)) return err({ pushed, why: STUCK });
  if (gathering === null && pushed.length > 0 && pushed.every(({ id }) => outbox.get(id)?.row.state.is === 'waiting'))
    return err({ pushed, why: STUCK });
  const released = releasable(outbox, model.meta(), model.records());
  await outbox.remove(released);
  const touched = [...pushed, ...erased.value, ...released].map((one) => one.event.subject);
  model.touch(touched);
  return ok({
    pushed,
    // For an earlier name nothing is pulled. And without a check of the time in this page session, what was heard here
    // counts a minute short (I25): once more.
    more:
      own === null ||
      sent.anchor?.page !== sent.page ||
      (answer.page?.more ?? null) !== null ||
      deps.sums.pending() ||
      outbox.all().some(wanted),
    lost,
    gathering,
    head: answer.head,
    blocked: answer.blocked === true,
    changed: changed === 'all' ? 'all' : [...new Set([...changed, ...touched])],
  });
}

/** One question and its answer; what it says about the time is written down with the clocks' readings. */
async function exchange(
  { transport, time, storage }: RoundDeps,
  request: SyncRequest,
): Promise<Result<{ answer: SyncAnswer; anchor: Anchor }, SyncFailure>> {
  const answered = await transport.sync(request);
  if (!answered.ok) return answered;
  const learned = time.learn(request.clock, answered.value.clock);
  const read = (): Mark => ({ ...markOf(time.reading(), 'contact'), exchange: learned.exchange });
  await storage.outbox.mark(read, KEEP_MARKS).catch(() => undefined);
  return ok({ answer: answered.value, anchor: learned.anchor });
}

/** Nothing but the time: a whole exchange after the taps shows how the wall clock stands now. */
function askForTime(deps: RoundDeps, writer: WriterId): Promise<Result<unknown, SyncFailure>> {
  const { app, outbox, random, time } = deps;
  const hiN = Math.max(0, ...outbox.all().map(({ row }) => (row.writer === writer ? row.n : 0)));
  const asked = { proto: 1, req: hex(random.bytes(12)), writer, app, cursor: null, pull: false } as const;
  // Work waits: what is said about the outbox here proves nothing, and is not meant to.
  return exchange(deps, { ...asked, hiN, openTaps: 0, parked: 1, clock: time.reading(), push: [] });
}

/** What the clocks showed from before the first of `taps` up to now. */
async function chainOf({ storage, time }: RoundDeps, taps: readonly ClockReading[]): Promise<ClockChain> {
  await storage.outbox.mark(() => markOf(time.reading(), 'contact'), KEEP_MARKS).catch(() => undefined);
  return chainFor(await storage.outbox.marks().catch(() => []), taps);
}

function cachePatch({ model, outbox }: RoundDeps, repaired: Repaired | null, { page }: SyncAnswer): CachePatch {
  const records = repaired?.records ?? model.records();
  const state = { ...model.meta(), records, staged: model.staged(), unsent: outbox.unsent };
  const none: CachePatch = { clear: false, put: [], remove: [], staged: null, meta: {} };
  const patch = page ? applyPage(page, state) : none;
  if (patch.clear) return patch;
  const put = new Set(patch.put.map((record) => record.subject));
  const mended = repaired?.put.filter(({ subject }) => !put.has(subject)) ?? [];
  const gone = [...(repaired?.remove ?? []), ...erasable(outbox, records)].filter((subject) => !put.has(subject));
  return { ...patch, put: [...mended, ...patch.put], remove: [...patch.remove, ...gone] };
}

const pushItem = ({ event, row: { hash, state } }: Own): PushItem => {
  const lay = state.is === 'waiting' ? state.lay : undefined;
  return { event, hash, ...earlierName(state), ...(lay ? { lay } : {}) };
};

function namesLeft(
  { earlier }: OutboxFacts,
  evicted: NonNullable<SyncRequest['earlier']>,
): Pick<SyncRequest, 'earlier'> {
  // What is known of a name here is more than what was noted of it beside.
  const known = new Map(
    [...evicted, ...earlier.map(({ writer, counter }) => ({ writer, hiN: counter }))].map((one) => [one.writer, one]),
  );
  return known.size > 0 ? { earlier: [...known.values()].slice(-LIMITS.earlierNames) } : {};
}

/** An answer that moves nothing is as good as none: asking again at once would never end. */
const STUCK: SyncFailure = { is: 'defect', afterMs: 0 };

const sameCursor = (a: Cursor | null, b: Cursor | null): boolean => JSON.stringify(a) === JSON.stringify(b);
