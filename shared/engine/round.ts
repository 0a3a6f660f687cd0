import { eventId, type WriterId } from '../ids.ts';
import { err, ok, type Result } from '../result.ts';
import type { Ack, Cursor, SyncAnswer, SyncRequest } from '../sync/protocol.ts';
import { applyPage } from './apply-page.ts';
import { nextBatch, type Outbox, type Own, type StateChange } from './outbox.ts';
import type { CachePatch, CacheStorage, OutboxStorage, Random, SyncFailure, Transport } from './ports.ts';
import type { ReadModel } from './read-model.ts';
import { erasable, releasable, reoffered } from './retention.ts';
import { hex } from './submit.ts';
import type { Timekeeper } from './time.ts';
import type { Lost } from './views.ts';

/** What one round came to. `more`: there is another one to do at once. */
export type RoundEnd = {
  readonly pushed: readonly Own[];
  readonly more: boolean;
  readonly lost: readonly Lost[];
  readonly head: number;
  readonly blocked: boolean;
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
  fix(): SyncRequest['fix'];
};

/**
 * One question and its answer. `most`: events to push at most; 0 asks only. Whatever fails in between, everything is
 * as before or one stored step further, and asking again is free.
 */
export async function round(
  deps: RoundDeps,
  writer: WriterId,
  fence: number,
  most: number,
): Promise<Result<RoundEnd, RoundFailure>> {
  const { outbox, model, time, transport } = deps;
  // Read before the facts: an event that is not among them was recorded after this moment (I25).
  const sent = time.reading();
  const facts = await deps.storage.outbox.facts();
  const pushed = most > 0 ? nextBatch(outbox.all(), writer, most) : [];
  const own = facts.meta?.writer === writer ? facts : null;
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
    push: pushed.map(({ event, row }) => ({ event, hash: row.hash })),
    ...(fix ? { fix } : {}),
  };
  const answered = await transport.sync(request);
  if (!answered.ok) return err({ pushed, why: answered.error });
  const answer = answered.value;
  const { anchor } = time.learn(sent, answer.clock);

  const acks = await outbox.setStates(ackedStates(answer, pushed, writer));
  if (!acks.ok) return err({ pushed, why: 'storage' });
  if (missing(answer, outbox, writer)) await outbox.reload();
  const again = needed(answer, outbox, writer, own?.meta?.counter ?? 0);
  const offered = await outbox.setStates([...reoffered(outbox, answer.epoch), ...again.resend]);
  if (!offered.ok) return err({ pushed, why: 'storage' });

  const step = cachePatch(deps, answer);
  const { epoch, safe } = answer;
  const news = answer.live ? { live: answer.live } : {};
  const patch = { ...step, meta: { ...step.meta, anchor, epoch, safe, lastSuccessAt: time.now(), ...news } };
  const applied = await deps.storage.cache.apply(fence, patch);
  if (!applied.ok) return err({ pushed, why: applied.error === 'fenced' ? 'fenced' : 'storage' });
  const before = model.meta().cursor;
  const changed = model.apply(patch);
  if (answer.page?.more && sameCursor(before, model.meta().cursor)) return err({ pushed, why: STUCK });
  if (pushed.length > 0 && pushed.every(({ id }) => outbox.get(id)?.row.state.is === 'waiting'))
    return err({ pushed, why: STUCK });
  await outbox.remove(releasable(outbox, model.meta(), model.records()));
  const touched = pushed.map((one) => one.event.subject);
  model.touch(touched);
  return ok({
    pushed,
    // Without a check of the time in this page session, what was heard here counts a minute short (I25): once more.
    more:
      sent.anchor?.page !== sent.page ||
      (answer.page?.more ?? null) !== null ||
      outbox.all().some(({ row }) => row.state.is === 'waiting'),
    lost: again.lost,
    head: answer.head,
    blocked: answer.blocked === true,
    changed: changed === 'all' ? 'all' : [...new Set([...changed, ...touched])],
  });
}

function cachePatch({ model, outbox }: RoundDeps, { page }: SyncAnswer): CachePatch {
  const records = model.records();
  const state = { ...model.meta(), records, staged: model.staged(), unsent: outbox.unsent };
  const none: CachePatch = { clear: false, put: [], remove: [], staged: null, meta: {} };
  const patch = page ? applyPage(page, state) : none;
  if (patch.clear) return patch;
  const put = new Set(patch.put.map((record) => record.subject));
  return { ...patch, remove: [...patch.remove, ...erasable(outbox, records).filter((subject) => !put.has(subject))] };
}

/** An answer that moves nothing is as good as none: asking again at once would never end. */
const STUCK: SyncFailure = { is: 'defect', afterMs: 0 };

const sameCursor = (a: Cursor | null, b: Cursor | null): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Does the server ask for a number this page has not read? Another page of this origin may have recorded it. */
const missing = ({ need }: SyncAnswer, outbox: Outbox, writer: WriterId): boolean =>
  need.some(([first, end]) => !outbox.get(eventId(writer, first)) || !outbox.get(eventId(writer, end)));

/** Verdicts on what was pushed; a verdict on anything else is not ours to believe. */
function ackedStates(answer: SyncAnswer, pushed: readonly Own[], writer: WriterId): StateChange[] {
  const asked = new Set(pushed.map(({ row }) => row.n));
  return answer.acks.flatMap((ack) =>
    asked.has(ack.n) ? [{ writer, n: ack.n, state: stateOf(ack, answer.epoch) }] : [],
  );
}

const stateOf = (ack: Ack, epoch: string): StateChange['state'] =>
  ack.is === 'held' ? { is: 'held', code: ack.code, ref: ack.ref } : { is: 'received', q: ack.q, epoch };

/** Numbers the server misses: what is here is sent again, what is not is said to be lost (I11). */
function needed(
  answer: SyncAnswer,
  outbox: Outbox,
  writer: WriterId,
  counter: number,
): { resend: StateChange[]; lost: Lost[] } {
  const resend: StateChange[] = [];
  const lost: Lost[] = [];
  for (const [first, end] of answer.need)
    for (let n = first; n <= Math.min(end, counter); n += 1) {
      const state = outbox.get(eventId(writer, n))?.row.state;
      if (state?.is === 'received' || state?.is === 'held')
        resend.push({ writer, n, state: { is: 'waiting', tries: 0 } });
      if (state) continue;
      const last = lost.at(-1);
      if (last?.to === n - 1) lost.splice(-1, 1, { ...last, to: n });
      else lost.push({ writer, from: n, to: n });
    }
  return { resend, lost };
}
