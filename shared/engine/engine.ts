import type { Draft } from '../event/catalog.ts';
import { orderSubject, subjectOf, type EventId, type OrderId, type Subject } from '../ids.ts';
import type { Refusal } from '../order/decide.ts';
import { err, type Result } from '../result.ts';
import type { SyncRequest } from '../sync/protocol.ts';
import type { GpsFix } from '../time/clock-reading.ts';
import { createAccount, type Account } from './account.ts';
import { keepMarks } from './marks.ts';
import { isGoneLately, namesLost, recover, remember } from './mirror.ts';
import { createOutbox, outboxItem, type Own } from './outbox.ts';
import type { CacheMeta, Notice, Ports } from './ports.ts';
import { createReadModel, type ReadModel } from './read-model.ts';
import { createScopeSums } from './scope-sums.ts';
import { createSubmit, subjectAbout, type Submit } from './submit.ts';
import { createSyncLoop } from './sync-loop.ts';
import { createTimekeeper } from './time.ts';
import { readUnsent, type Unsent } from './unsent.ts';
import type { About, NotSaved, OpenTap, OutboxItem, SyncState, SyncStatus } from './views.ts';

/** The client without a screen: writes into the outbox, keeps in step with the server, shows what is stored. */
export type Engine = Pick<ReadModel, 'order' | 'orders' | 'organisation'> &
  Pick<Account, 'signIn' | 'enrol' | 'signOut' | 'actAs'> &
  Pick<Submit, 'openTap' | 'dropTap'> & {
    /** Resolves once stored durably (I7). What could not be stored stands in `status().notSaved` until dismissed. */
    submit(about: About, draft: Draft, tap?: OpenTap): Promise<Result<EventId, Refusal | 'notSaved'>>;
    status(): EngineStatus;
    meta(): CacheMeta;
    taps(): readonly OpenTap[];
    outbox(): readonly OutboxItem[];
    unsent(): Promise<Unsent>;
    /** Server-corrected time, ms. */
    now(): number;
    /** A position fix whose time is not the wall clock's: evidence for the taps around it. */
    keepFix(fix: GpsFix): void;
    dismissNotSaved(shown: NotSaved): void;
    markRead(order: OrderId): Promise<void>;
    syncNow(): void;
    /** Told after what is stored has changed, and which subjects. */
    subscribe(changed: (subjects: readonly Subject[] | 'all') => void): () => void;
    stop(): Promise<void>;
  };

/** What the machine adds (`persisted`, `storage`) is the app's to know. */
export type EngineStatus = Omit<SyncStatus, 'persisted' | 'storage'>;

export type EngineOptions = {
  /** Name and version of the app, for the server's record. */
  readonly app: string;
  /** Where the van is, if known. */
  fix(): SyncRequest['fix'];
};

/** Reads what is stored and begins to keep in step; the promise is fulfilled once everything stored can be shown. */
export async function startEngine(ports: Ports, options: EngineOptions): Promise<Engine> {
  const { bus, mirror, random, wake } = ports;
  const outbox = createOutbox(ports.outbox);
  const model = createReadModel(outbox);
  const time = createTimekeeper(ports.clock);
  const listeners = new Set<(subjects: readonly Subject[] | 'all') => void>();
  let state: { is: SyncState; nextTryAt: number | null } = { is: 'idle', nextTryAt: null };
  let notSaved: NotSaved | null = null;
  let lost: SyncStatus['lost'] = null;
  let recoveredEvents = 0;
  const life = { stopped: false };
  let working: Promise<void> | null = null;
  let asked = false;
  let endHints: (() => void) | null = null;

  const changed = (subjects: readonly Subject[] | 'all'): void => listeners.forEach((listener) => listener(subjects));
  const setState = (is: SyncState, nextTryAt: number | null): void => {
    state = { is, nextTryAt };
    changed([]);
  };
  const stopHints = (): void => {
    endHints?.();
    endHints = null;
  };
  const onSession = (): void => {
    changed('all');
    bus.post({ is: 'session' });
    loop.wake(true);
  };
  const onMoved = (moved: readonly Own[]): void => said([...moved, ...outbox.all()].map(({ event }) => event.subject));
  const account = createAccount({ ...ports, outbox, model, now: time.now, onSession, onMoved });
  const door = createSubmit({ outbox, model, time, random });

  const loop = createSyncLoop({
    app: options.app,
    outbox,
    model,
    storage: { outbox: ports.outbox, cache: ports.cache },
    transport: ports.transport,
    time,
    random,
    timer: wake,
    fix: () => options.fix(),
    namesLost: () => namesLost(mirror),
    sums: createScopeSums(time.now),
    reread: () => reread(),
    writer: () => account.writer(),
    register: (wanted) => account.register(wanted),
    onMoved,
    onState(is, nextTryAt) {
      if (is === 'signInNeeded' || is === 'blocked') stopHints();
      setState(is, nextTryAt);
      bus.post({ is: 'state', state: is, nextTryAt });
    },
    async onRound({ changed: subjects }) {
      // One stream per origin, and only while it can be answered.
      endHints ??= wake.onHint((head) => loop.hint(head));
      remember(mirror, outbox);
      tell(outbox.changed());
      bus.post({ is: 'cache', subjects });
      changed(subjects);
      const device = model.meta().session?.device;
      const about = device && (subjects === 'all' || subjects.includes(subjectOf('device', device)));
      if (asked && !about) return;
      asked = true;
      await account.refresh();
    },
    onLost: (named) => void (lost = named),
  });

  const tell = (isNew: boolean): void => (isNew ? bus.post({ is: 'outbox' }) : undefined);
  const reloadOutbox = async (): Promise<boolean> => {
    const subjects = await outbox.reload();
    model.touch(subjects);
    changed(subjects);
    return subjects.length > 0;
  };
  const reread = async (): Promise<void> => tell(await reloadOutbox());
  const reloadCache = async (): Promise<void> => {
    model.load(await ports.cache.load());
    time.adopt(model.meta().anchor);
    changed('all');
  };
  /** Each step of the cache moves what stands in its meta. Reading all of it again costs a desk more than a second. */
  const isStale = async (): Promise<boolean> => {
    const { meta } = await ports.cache.read([]);
    return JSON.stringify(meta) !== JSON.stringify(model.meta());
  };
  const hear = async (notice: Notice): Promise<void> => {
    switch (notice.is) {
      case 'outbox':
        await reloadOutbox();
        loop.wake();
        break;
      case 'cache': {
        if (notice.subjects === 'all') return reloadCache();
        const { meta, records } = await ports.cache.read(notice.subjects);
        time.adopt(meta.anchor);
        changed(model.adopt(meta, records, notice.subjects));
        break;
      }
      case 'session':
        await reloadOutbox();
        await reloadCache();
        loop.wake(true);
        break;
      case 'syncNow':
        loop.wake();
        break;
      case 'state':
        setState(notice.state, notice.nextTryAt);
        break;
    }
    return undefined;
  };

  /** Fenced off, or the storage failed: another page may lead, and this one queues up again a little later. */
  const lead = async (): Promise<void> => {
    // What another page did while it led is only in the storage, and it may have ended before it told anybody.
    await reread();
    const fence = await ports.cache.fence();
    // What it had gathered of a pull from nothing is told to nobody (I6).
    if (model.meta().staging || (await isStale())) {
      await reloadCache();
      bus.post({ is: 'cache', subjects: 'all' });
    }
    if (fence.ok && !life.stopped) await loop.run(fence.value);
    tell(outbox.changed());
    stopHints();
  };
  const leadAgain = async (): Promise<void> => {
    await ports.locks.hold('relight-sync', () => {
      working = life.stopped ? Promise.resolve() : lead();
      return working;
    });
    if (!life.stopped) wake.after(RETRY_MS, () => void leadAgain());
  };

  const recovered = async (): Promise<void> => {
    const events = (await ports.outbox.recovered?.()) ?? 0;
    if (events === 0 || recoveredEvents > 0) return;
    recoveredEvents = events;
    await reread();
    loop.wake();
  };
  // Both at once: a person is waiting for the list.
  await Promise.all([outbox.reload(), reloadCache()]);
  lost = await recover({ mirror, outbox, random, now: time.now() }, recovered);
  void recovered();

  const marks = keepMarks(ports.outbox, time, wake);
  const ends = [bus.listen((notice) => void hear(notice)), wake.onWake(() => loop.wake()), marks.end];
  void leadAgain();

  const syncNow = (): void => {
    loop.wake();
    bus.post({ is: 'syncNow' });
  };
  const said = (subjects: readonly Subject[]): void => {
    remember(mirror, outbox);
    model.touch(subjects);
    changed(subjects);
    bus.post({ is: 'outbox' });
    loop.wake();
  };

  return {
    order: model.order,
    orders: model.orders,
    organisation: model.organisation,
    signIn: account.signIn,
    enrol: account.enrol,
    signOut: account.signOut,
    actAs: account.actAs,
    async submit(about, draft, tap) {
      const done = await door.submit(about, draft, tap);
      if (done.ok) {
        said([subjectAbout(about, done.value), ...outbox.unsaid()]);
        return done;
      }
      if (typeof done.error === 'string') return err(done.error);
      notSaved = done.error;
      changed([]);
      return err('notSaved');
    },
    async openTap(order, kind) {
      const opened = await door.openTap(order, kind);
      if (opened.ok) said([]);
      return opened;
    },
    async dropTap(tap) {
      await door.dropTap(tap);
      said([]);
    },
    status() {
      const { epoch, safe, lastSuccessAt } = model.meta();
      const items = outbox.all().map((own) => outboxItem(own, epoch, safe));
      const here = items.filter((item) => item.custody === 'here');
      return {
        state: state.is,
        nextTryAt: state.nextTryAt,
        waiting: here.length,
        since: here.length === 0 ? null : Math.min(...here.map((item) => item.since)),
        held: items.filter((item) => item.state === 'held').length,
        parked: items.filter((item) => item.state === 'parked').length,
        lastSuccessAt,
        safe,
        notSaved,
        lost,
        evicted: lost === null && isGoneLately(outbox.meta(), time.now()),
        recovered: recoveredEvents,
        pulling: model.pulling(),
      };
    },
    meta: model.meta,
    taps: outbox.taps,
    outbox: () => outbox.all().map((own) => outboxItem(own, model.meta().epoch, model.meta().safe)),
    unsent: () => readUnsent({ outbox, storage: ports.outbox, time }),
    now: time.now,
    keepFix(fix) {
      time.keepFix(fix);
      marks.keepFix(fix);
    },
    dismissNotSaved(shown) {
      if (notSaved === shown) notSaved = null;
      changed([]);
    },
    async markRead(order) {
      const subject = orderSubject(order);
      await ports.cache.markRead(subject, model.markRead(subject));
      changed([subject]);
    },
    syncNow,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async stop() {
      life.stopped = true;
      loop.stop();
      ends.forEach((end) => end());
      await working;
    },
  };
}

const RETRY_MS = 5_000;
