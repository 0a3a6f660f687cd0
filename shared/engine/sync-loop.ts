import type { EventId, WriterId } from '../ids.ts';
import type { Result } from '../result.ts';
import { backoff } from '../sync/backoff.ts';
import { LIMITS } from '../sync/limits.ts';
import type { Unanswered } from './http-transport.ts';
import type { Own, StateChange } from './outbox.ts';
import { createPacer } from './pacer.ts';
import type { SyncFailure, Wake } from './ports.ts';
import { round, type RoundDeps, type RoundEnd, wantedBy } from './round.ts';
import { settleName } from './settle-name.ts';
import type { Lost, SyncState } from './views.ts';

export type SyncLoop = {
  /** Works until `stop`, or until another page has taken over. */
  run(fence: number): Promise<void>;
  /** Something may be there to do. `urgent`: try now even if the server asked to be left alone (a sign-in). */
  wake(urgent?: boolean): void;
  /** The server's log has reached `head`. */
  hint(head: number | null): void;
  stop(): void;
};

export type LoopDeps = RoundDeps & {
  readonly timer: Pick<Wake, 'after'>;
  /** The writer to speak as, registered with the server. */
  writer(): Promise<Result<WriterId, 'signInNeeded' | 'network'>>;
  /** Makes a name known to the server; it may give another one. */
  register(wanted: WriterId): Promise<Result<WriterId, Unanswered>>;
  onState(state: SyncState, nextTryAt: number | null): void;
  onRound(end: RoundEnd): Promise<void>;
  onLost(lost: Lost): void;
  /** These events have other names now, and what they are about may have. */
  onMoved(moved: readonly Own[]): void;
};

const PARK_AFTER = 5;
const PARKED_MS = 24 * 3_600_000;
const POLL_MS = 60_000;
const HELD_MS = 3_600_000;
const HINT_MS = 1_500;
const GATHERED_MS = 5_000;

/**
 *          tap, hint, network, page shown, timer
 *   idle ────────────────────────────────────────► going ── fine, nothing more ──► idle, a timer always set (I18)
 *                                                   │  └── fine, more ──► going
 *                                                   ├── noNetwork, captivePortal, serverBusy ─► back-off ─► going
 *                                                   ├── signInNeeded, blocked ─► the ceiling, or a sign-in ─► going
 *                                                   └── fenced ─► end: another page leads
 *
 * Level-triggered: what there is to do is read off the outbox and the cursor each time, never off a flag.
 */
export function createSyncLoop(deps: LoopDeps): SyncLoop {
  const { outbox, time } = deps;
  const pacer = createPacer();
  const life = { stopped: false };
  let woken = false;
  let failures = 0;
  let notBefore = 0;
  let release: (() => void) | null = null;
  let cancelHint: (() => void) | null = null;

  const wake = (urgent = false): void => {
    if (urgent) notBefore = 0;
    woken = true;
    if (time.now() >= notBefore) release?.();
  };

  /** Until the time is up or somebody wakes; what woke us while we worked counts too. */
  const rest = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      let cancel = (): void => undefined;
      const go = (): void => {
        cancel();
        release = null;
        woken = false;
        resolve();
      };
      release = go;
      cancel = deps.timer.after(ms, go);
      if (life.stopped || (woken && time.now() >= notBefore)) go();
    });

  const pause = async (state: SyncState, ms: number): Promise<void> => {
    deps.onState(state, time.now() + ms);
    await rest(ms);
  };

  const retry = async (state: SyncState, afterMs: number): Promise<void> => {
    failures += 1;
    notBefore = time.now() + afterMs;
    await pause(state, backoff(failures, deps.random.next(), afterMs));
  };

  /** False: nobody could be blamed, or nothing can be stored just now. */
  const blame = async (pushed: readonly Own[]): Promise<boolean> => {
    const changes = pushed.flatMap(({ row }): StateChange[] => {
      if (row.state.is !== 'waiting') return [];
      const tries = row.state.tries + 1;
      const parked = { ...row.state, is: 'parked', tries, at: time.now() } as const;
      return [{ writer: row.writer, n: row.n, state: tries >= PARK_AFTER ? parked : { ...row.state, tries } }];
    });
    const stored = await outbox.setStates(changes);
    return stored.ok && changes.length > 0;
  };

  /** What was held may be let in by now: it is asked about again, each hour. A fork never is, under this name. */
  const askAgain = (): void => {
    if (time.now() - askedAgain < HELD_MS) return;
    askedAgain = time.now();
    for (const { row, id } of outbox.all()) if (row.state.is === 'held' && row.state.code !== 'forked') again.add(id);
  };

  /** The server knows no such writer of this device, or two of them: such events go on under another name. */
  const settleNames = async (current: WriterId): Promise<Unanswered | null> => {
    const isAstray = ({ row: { state, writer } }: Own): boolean =>
      state.is === 'held' &&
      (state.code === 'forked' ||
        (state.code === 'foreignWriter' && !settled.has(`${writer} ${deps.model.meta().epoch}`)));
    const astray = outbox.all().find(isAstray);
    if (!astray) return null;
    const moved = await settleName(deps, current, astray);
    if (!moved.ok) return moved.error;
    settled.add(`${astray.row.writer} ${deps.model.meta().epoch}`);
    deps.onMoved(moved.value);
    return null;
  };

  const unpark = async (): Promise<void> => {
    const due = time.now() - PARKED_MS;
    const changes = outbox.all().flatMap(({ row }): StateChange[] => {
      if (row.state.is !== 'parked' || row.state.at > due) return [];
      const { at: _, ...state } = row.state;
      return [{ writer: row.writer, n: row.n, state: { ...state, is: 'waiting', tries: PARK_AFTER - 1 } }];
    });
    await outbox.setStates(changes);
  };

  /** Tried again only because the answer might change without us; a sign-in here wakes at once. */
  const waitForOthers = (state: 'signInNeeded' | 'blocked'): Promise<void> => {
    notBefore = time.now() + LIMITS.backoffCeilingMs;
    return pause(state, LIMITS.backoffCeilingMs);
  };

  let suspects: readonly Own[] = [];
  const again = new Set<EventId>();
  const gathered = new Set<EventId>();
  const wanted = wantedBy({ again, gathered });
  const settled = new Set<string>();
  let askedAgain = Number.NEGATIVE_INFINITY;

  /** One round and what follows from it. False: the loop is over. */
  const turn = async (current: WriterId, fence: number): Promise<boolean> => {
    await unpark();
    askAgain();
    const unsettled = await settleNames(current);
    if (unsettled !== null) {
      await (unsettled === 'signInNeeded' ? waitForOthers(unsettled) : retry('noNetwork', 0));
      return true;
    }
    const waiting = outbox.all().filter(wanted);
    // What an earlier writer of this device left is delivered once the present one has nothing to send.
    const mine = waiting.length === 0 || waiting.some(({ row }) => row.writer === current);
    const writer = mine ? current : (waiting[0]?.row.writer ?? current);
    deps.onState('going', null);
    const ended = await round(deps, { writer, fence, most: pacer.most(), again, gathered });
    if (ended.ok) {
      notBefore = 0;
      // A question without events leads on to what killed the last one with some; where it does not, it says nothing.
      if (pacer.lived(ended.value.pushed.length) === 'fine' || (await blame(suspects))) failures = 0;
      for (const lost of ended.value.lost) deps.onLost(lost);
      await deps.onRound(ended.value);
      const { gathering, more } = ended.value;
      if (gathering !== null && !more) {
        // What was handed over gets its verdict then; everybody comes back at once, so not all at the same moment.
        await pause('serverBusy', gathering + Math.round(GATHERED_MS * deps.random.next()));
      } else if (ended.value.blocked && !ended.value.more) await waitForOthers('blocked');
      else if (!ended.value.more) await pause('idle', Math.round(POLL_MS * (1 + deps.random.next())));
      return true;
    }
    const { pushed, why } = ended.error;
    if (why === 'fenced') return false;
    if (pushed.length > 0) suspects = pushed;
    const failure: SyncFailure = why === 'storage' ? { is: 'defect', afterMs: 0 } : why;
    if (pacer.died(pushed.length, why === 'storage' ? why : failure.is) === 'blame') await blame(pushed);
    if (failure.is === 'signInNeeded' || failure.is === 'blocked') await waitForOthers(failure.is);
    else await retry(SAYS[failure.is], failure.afterMs);
    return true;
  };

  return {
    async run(fence) {
      while (!life.stopped) {
        const writer = await deps.writer();
        if (writer.ok) {
          if (!(await turn(writer.value, fence))) return;
        } else if (writer.error === 'signInNeeded') await pause('signInNeeded', LIMITS.backoffCeilingMs);
        else await retry('noNetwork', 0);
      }
    },
    wake,
    hint(head) {
      if (head !== null && head <= (deps.model.meta().cursor?.q ?? -1)) return;
      // Everybody hears a hint at once and a busy log gives many: one pull for all of them, each client at its own time.
      cancelHint ??= deps.timer.after(Math.round(HINT_MS * (0.5 + deps.random.next())), () => {
        cancelHint = null;
        wake();
      });
    },
    stop() {
      life.stopped = true;
      cancelHint?.();
      release?.();
    },
  };
}

const SAYS: { readonly [F in SyncFailure['is']]: SyncState } = {
  network: 'noNetwork',
  captivePortal: 'captivePortal',
  signInNeeded: 'signInNeeded',
  blocked: 'blocked',
  busy: 'serverBusy',
  tooLarge: 'serverBusy',
  refused: 'serverBusy',
  defect: 'serverBusy',
};
