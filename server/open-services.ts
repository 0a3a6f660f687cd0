import type { Config } from './config.ts';
import { clockFiles } from './device/clock-files.ts';
import type { Clock } from './device/clock.ts';
import type { Ports } from './device/ports.ts';
import { createMapFolder } from './maps/map-folder.ts';
import { createAdministration } from './services/administration.ts';
import { ADMISSION, createAdmission } from './services/admission.ts';
import { createArchive } from './services/archive.ts';
import type { Asker } from './services/asker.ts';
import { makeBackup } from './services/backup.ts';
import { openClockKeeper } from './services/clock-keeper.ts';
import { createCustomersDesk } from './services/customers.ts';
import { demoAccounts } from './services/demo-accounts.ts';
import { createDiskWatch } from './services/disk-watch.ts';
import { createEnrolment, type Record } from './services/enrolment.ts';
import { equipmentIn } from './services/equipment.ts';
import { createHints, type Hints } from './services/hints.ts';
import { createImports } from './services/imports.ts';
import { createIngest } from './services/ingest.ts';
import { createLiveNews } from './services/live-news.ts';
import { createOverdue } from './services/overdue.ts';
import { createPasswords, type PasswordCost, type Passwords } from './services/passwords.ts';
import { createQuery } from './services/query.ts';
import { createRecovery } from './services/recovery.ts';
import { createRedactOrder } from './services/redact-order.ts';
import { createReference } from './services/reference.ts';
import type { Services } from './services/services.ts';
import { createSessions } from './services/sessions.ts';
import { createSignIn } from './services/sign-in.ts';
import { createSync } from './services/sync.ts';
import { createTabletFiles } from './services/tablet-files.ts';
import { createTrackerFeed } from './services/trackers.ts';
import { createTries } from './services/tries.ts';
import { openKept } from './store/open-kept.ts';
import type { News, Store } from './store/store.ts';

/** A data directory with everything that works on it, but nobody listening. */
export type OpenServices = {
  readonly services: Services;
  readonly store: Store;
  /** Server time, ms: this machine's, or that of a database that several processes share. */
  readonly clock: Clock;
  /** Writes the server's own events in one transaction, and tells whoever listens. */
  readonly record: Store['log']['record'];
  /** To be called each second: the clock, the disk, overdue alerts, the archive, hints, and a backup when one is due. */
  readonly beat: () => Promise<void>;
  /** Raises what is overdue; gives how long there is nothing more to do, ms, null: nothing is waiting. */
  readonly look: () => Promise<number | null>;
  readonly close: () => Promise<void>;
};

/** `passwordCost`: what a check costs, where it is not the usual. `passwords`: others, where threads must not decide. */
export async function openServices(
  config: Config,
  { clock: ownClock, guarded, random, log, space, onBroken }: Ports,
  { passwordCost, ...own }: { readonly passwordCost?: PasswordCost; readonly passwords?: Passwords } = {},
): Promise<OpenServices> {
  const onFault = ({ error, ...at }: { q: number; subject: string; error: unknown }): void =>
    log.error({ ...at, err: error }, 'an event could not be projected');
  const store = await openKept(config, { clock: ownClock, random, onFault, ...(onBroken ? { onBroken } : {}) });
  const clock = store.time?.now ?? ownClock;
  const { accounts, roster } = store;
  const latestReceipt = async (): Promise<number> => (await store.log.head()).rcv;
  const files = clockFiles(config.dataDir);
  const keeper = guarded && !store.time ? await openClockKeeper({ clock: guarded, files, log, latestReceipt }) : null;

  const { q: head } = await store.log.head();
  const news = createLiveNews(store.contacts, clock);
  const alive = async (token: string): Promise<boolean> => isOpen(await sessions.who(token));
  const hints = createHints({ clock, head, alive, onLive: news.renew });
  const notTold = (error: unknown): void => log.error({ err: error }, 'a hint was not told');
  const announce = async (): Promise<void> => hints.announce((await store.log.head()).q);
  const record: Store['log']['record'] = async (batch) => {
    const ids = await store.log.record(batch);
    news.renew();
    await announce();
    return ids;
  };

  const recordAs: Record = (drafts, by) => record(drafts.map((draft) => ({ ...draft, by })));
  const enrolment = createEnrolment({ roster, random, record });
  const sessions = createSessions({ accounts, roster, enrolment, clock, random });
  const passwords = own.passwords ?? createPasswords(random, passwordCost);
  const tries = createTries(clock);
  const door = createSignIn({ accounts, roster, enrolment, sessions, passwords, tries, clock, random });

  const folders = [
    { where: 'data', path: config.dataDir },
    ...(config.backup ? [{ where: 'backups' as const, path: config.backup.dir }] : []),
  ] as const;
  const disk = space ? createDiskWatch({ folders, space, log, clock }) : null;
  const sync = createSync({
    store,
    clock,
    news,
    jump: () => keeper?.jump() ?? null,
    disk: () => disk?.short() ?? null,
    onLive: () => hints.announceLive(),
    onNews: () => void announce().catch(notTold),
  });
  const recovery = await createRecovery({ store, clock, log });
  const query = createQuery(store, clock);
  const mapFolder = createMapFolder(config.dataDir);
  const overdue = createOverdue(store);
  const archive =
    config.archiveDays === null
      ? null
      : createArchive({ orders: store.orders, record, clock, days: config.archiveDays });
  const backup = config.backup && backupInTime(config.backup, { store, clock, log });

  const look = async (): Promise<number | null> => {
    try {
      if (!recovery.gathering()) await overdue.catchUp(clock);
    } finally {
      // Whatever wrote, this process or another one beside it: the head says so.
      await announce();
    }
    const next = await overdue.next();
    return next === null ? null : next - clock();
  };

  const tellOn = newsTo(hints, () => announce().catch(notTold));
  store.onNews((of) => {
    news.renew();
    tellOn(of);
  });

  return {
    store,
    clock,
    record,
    look,
    services: {
      sessions,
      door,
      hints,
      sync,
      admission: createAdmission(ADMISSION),
      query,
      redactOrder: createRedactOrder({ query, redact: store.log.redact, announce }),
      imports: createImports(store, clock),
      tabletFiles: createTabletFiles({
        store,
        ingest: createIngest(store),
        enrolment,
        record: recordAs,
        clock,
        announce,
      }),
      administration: createAdministration({ roster, door, record: recordAs, clock }),
      reference: createReference(store, clock),
      customers: createCustomersDesk(store, clock),
      equipment: (box) => equipmentIn(store.equipment, box),
      trackers: createTrackerFeed({ trackers: store.trackers, tries, clock, onLive: () => hints.announceLive() }),
      maps: async () => ({ ...(await mapFolder.list()), online: config.tiles }),
      demoAccounts: () => demoAccounts(config.dataDir),
      health: async () => {
        const { q, safe } = await store.log.head();
        return { head: q, safe, jump: keeper?.jump() ?? null, disk: disk?.short() ?? null };
      },
    },
    beat: async () => {
      await store.time
        ?.keep()
        .catch((error: unknown) => log.error({ err: error }, 'the database did not say the time'));
      // A full disk must not keep alerts back.
      const news = await keeper?.beat().catch((error: unknown) => log.error({ err: error }, 'the clock was not kept'));
      if ((await disk?.beat()) || news) hints.announceLive();
      await recovery.beat();
      await look();
      if (!recovery.gathering())
        await archive?.beat().catch((error: unknown) => log.error({ err: error }, 'ended orders were not archived'));
      await hints.beat();
      backup?.whenDue();
    },
    close: async () => {
      await backup?.finished();
      store.close();
    },
  };
}

/** Of many news at once the head is asked for once. */
function newsTo(hints: Hints, announce: () => Promise<void>): (news: News) => void {
  let asked = false;
  return (news) => {
    if (news === 'live') hints.announceLive();
    if (news === 'live' || asked) return;
    asked = true;
    setImmediate(() => {
      asked = false;
      void announce();
    });
  };
}

const isOpen = (asker: Asker | null): boolean => asker !== null && !asker.blocked;

type BackupDeps = Pick<Ports, 'clock' | 'log'> & { readonly store: Store };

/** Makes a backup each so many minutes, beside everything else and never two at once. */
function backupInTime({ dir, everyMin }: NonNullable<Config['backup']>, { store, clock, log }: BackupDeps) {
  let last = Number.NEGATIVE_INFINITY;
  let running: Promise<void> | null = null;

  const make = async (): Promise<void> => {
    const made = await makeBackup({ backups: store.backups, dir, now: clock() });
    if (made.ok) log.info(made.value, 'backed up and verified');
    else log.error(made.error, 'the backup is damaged and was thrown away');
  };
  return {
    whenDue: (): void => {
      if (running || clock() - last < everyMin * 60_000) return;
      last = clock();
      running = make()
        .catch((error: unknown) => log.error({ err: error }, 'the backup failed'))
        .finally(() => {
          running = null;
        });
    },
    finished: async (): Promise<void> => {
      await running;
    },
  };
}
