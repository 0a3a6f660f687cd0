import { sha256Hex } from '#shared/canonical.ts';
import type { LoggedEvent } from '#shared/event/envelope.ts';
import type { DeviceId, Subject, WriterId } from '#shared/ids.ts';

import { groupBy } from '../group-by.ts';
import type { PlacedEvent } from '../insert-event.ts';
import type { EventTable, Held } from '../log-tables.ts';
import type { quarantine, receipt, writer } from '../schema.ts';
import type { Ask } from './connection.ts';
import { knownHistories } from './known-histories.ts';
import { knownLetIn } from './known-let-in.ts';
import { column, createKnown, keyOf, type Journal, type Known, type Reread } from './known.ts';
import { parsed } from './parsed.ts';
import { eventOf, LOGGED, type StoredEvent } from './stored-event.ts';
import { jsonOf, writeRows } from './write-rows.ts';

type WriterRow = typeof writer.$inferSelect;
type ReceiptRow = typeof receipt.$inferSelect;
type HeldRow = typeof quarantine.$inferSelect;

/** The highest numbers given out before this transaction, which alone gives out more. */
export type Highest = { readonly receipt: number; readonly held: number };

/** Writers, as far as a transaction knows them. */
export const knownWriters = (journal: Journal): Known<WriterRow> =>
  createKnown(journal, async (ask, names) => {
    const rows = await ask<WriterRow>('select * from writer where writer = any($1)', names);
    return rows.map((row) => [row.writer, row]);
  });

type Release =
  | { readonly is: 'number'; readonly writer: WriterId; readonly n: number; readonly hash: string; readonly q: number }
  | { readonly is: 'fork'; readonly device: DeviceId; readonly hash: string; readonly q: number };
type Followed = { readonly device: DeviceId; readonly was: string; readonly hash: string };

/** What was written beside the rows that lie under a key. */
type Written = {
  readonly events: PlacedEvent[];
  readonly receipts: ReceiptRow[];
  readonly releases: Release[];
  readonly followed: Followed[];
  readonly erased: { readonly q: number; readonly hash: string; readonly text: string }[];
  readonly codes: { readonly id: number; readonly code: string }[];
  readonly advanced: Set<WriterId>;
};

export type KnownEvents = {
  readonly table: EventTable;
  readonly known: readonly Reread[];
  readonly restart: (highest: Highest) => void;
  /** Before the rows of writers are written. */
  readonly write: (ask: Ask) => Promise<void>;
  /** Whose marks have to be moved afterwards. */
  readonly advanced: () => ReadonlySet<WriterId>;
};

export function knownEvents(journal: Journal, writers: Known<WriterRow>): KnownEvents {
  const numbers = createKnown<{ q: number; hash: string }>(journal, async (ask, keys) => {
    const rows = await ask<{ writer: string; n: number; q: number; hash: string }>(
      `select e.writer, e.n, e.q, e.hash from event e
        join unnest($1::text[], $2::bigint[]) as wanted (writer, n) on e.writer = wanted.writer and e.n = wanted.n`,
      column(keys, 0),
      column(keys, 1),
    );
    return rows.map(({ writer: name, n, ...row }) => [keyOf(name, n), row]);
  });
  const times = createKnown<number>(journal, async (ask, keys) => {
    const rows = await ask<{ q: number; rcv: number }>('select q, rcv from event where q = any($1::bigint[])', keys);
    return rows.map(({ q, rcv }) => [String(q), rcv]);
  });
  const held = createKnown<HeldRow>(journal, async (ask, keys) => {
    const rows = await ask<HeldRow>(
      `select h.* from quarantine h
        join unnest($1::text[], $2::text[]) as wanted (device, hash) on h.device = wanted.device and h.raw_hash = wanted.hash`,
      column(keys, 0),
      column(keys, 1),
    );
    return rows.map((row) => [keyOf(row.device, row.rawHash), row]);
  });
  const others = createKnown<{ hashes: readonly string[] }>(journal, async (ask, keys) => {
    const rows = await ask<{ writer: string; n: number; hashes: string[] }>(
      `select h.writer, h.n, array_agg(h.hash) as hashes from quarantine h
        join unnest($1::text[], $2::bigint[]) as wanted (writer, n) on h.writer = wanted.writer and h.n = wanted.n
        where h.hash is not null and h.released_q is null and h.code = any($3) group by h.writer, h.n`,
      column(keys, 0),
      column(keys, 1),
      MIGHT_ENTER,
    );
    return rows.map(({ writer: name, n, hashes }) => [keyOf(name, n), { hashes }]);
  });
  const receipts = createKnown<ReceiptRow>(journal, async (ask, keys) => {
    const rows = await ask<Omit<ReceiptRow, 'reading' | 'chain'> & { reading: string; chain: string | null }>(
      'select * from receipt where id = any($1::bigint[])',
      keys,
    );
    return rows.map((row) => [String(row.id), receiptOf(row)]);
  });
  const subjects = createKnown<readonly LoggedEvent[]>(journal, async (ask, wanted) => {
    const rows = await ask<StoredEvent & { subject: Subject }>(
      `select subject, ${LOGGED} from event where subject = any($1) order by q`,
      wanted,
    );
    return [...groupBy(rows, (row) => row.subject)].map(([subject, some]) => [subject, some.map(eventOf)]);
  });
  const histories = knownHistories(journal);
  const letIn = knownLetIn(journal);
  let highest: Highest = { receipt: 0, held: 0 };
  let written = nothing();

  const added = <T>(list: T[], one: T): void => {
    list.push(one);
    journal.push(() => void list.pop());
  };
  const change = (name: WriterId, set: Partial<WriterRow>): void => {
    const row = writers.get(name);
    if (row) writers.put(name, { ...row, ...set });
  };

  const table: EventTable = {
    withNumber: (name, n) => numbers.get(keyOf(name, n)),
    receivedAt: (q) => times.get(String(q)),
    insert: (placed) => {
      const { event: made, q, hash, rcv } = placed;
      added(written.events, placed);
      numbers.put(keyOf(made.writer, made.n), { q, hash });
      times.put(String(q), rcv);
    },
    of: (subject) => {
      const texts = new Map(written.erased.map(({ q, text }) => [q, text]));
      const fresh = written.events.filter((one) => one.event.subject === subject).map(placed);
      return [...(subjects.get(subject) ?? []), ...fresh].map((one) => {
        const text = texts.get(one.q);
        return text === undefined ? one : { ...one, event: parsed<LoggedEvent['event']>(text) };
      });
    },
    erase: (one) => added(written.erased, one),
    lastN: (name) => writers.get(name)?.lastN ?? 0,
    putLastN: (name, lastN) => change(name, { lastN }),
    forkedN: (name) => writers.get(name)?.forkedN ?? null,
    putForkedN: (name, forkedN) => change(name, { forkedN }),
    advance: (name) => void written.advanced.add(name),
    keepReceipt: (row) => {
      const id = highest.receipt + written.receipts.length + 1;
      added(written.receipts, { ...row, id });
      receipts.put(String(id), { ...row, id });
      return id;
    },
    hold: (one, rcv) => {
      const row = heldRow(one, rcv);
      const key = keyOf(one.device, row.rawHash);
      const before = held.get(key);
      const fresh = [...held.changed().values()].filter(({ id }) => id > highest.held).length;
      const id = before?.id ?? highest.held + fresh + 1;
      held.put(key, before ? heldAgain(before, row) : { ...row, id });
      return id;
    },
    release: (placed) => {
      added(written.releases, { is: 'number', ...placed });
      for (const [key, row] of held.changed())
        if (row.hash === placed.hash) held.put(key, { ...row, releasedQ: placed.q });
    },
    followFork: (of) => {
      added(written.followed, of);
      for (const [key, row] of held.changed())
        if (row.device === of.device && row.hash === of.was) held.put(key, { ...row, hash: of.hash });
    },
    releaseFork: (placed) => {
      added(written.releases, { is: 'fork', ...placed });
      for (const [key, row] of held.changed())
        if (row.device === placed.device && row.hash === placed.hash) held.put(key, { ...row, releasedQ: placed.q });
    },
    // Of many rows that are read at once anyway.
    anyHeld: () => true,
    letIn: (subject) => letIn.get(subject) !== null,
    heldOther: ({ writer: name, n, hash }) =>
      (others.get(keyOf(name, n))?.hashes ?? []).some((one) => one !== hash) ||
      [...held.changed().values()].some(
        (row) =>
          row.writer === name &&
          row.n === n &&
          row.hash !== null &&
          row.hash !== hash &&
          row.releasedQ === null &&
          MIGHT_ENTER.includes(row.code),
      ),
    setHeldCode: (id, code) => added(written.codes, { id, code }),
    receiptOf: (id) => receipts.get(String(id)),
    sharedUpTo: (epoch) => histories.get(epoch),
  };

  return {
    table,
    known: [numbers, times, held, others, receipts, subjects, histories, letIn],
    restart: (now) => {
      highest = now;
      written = nothing();
    },
    advanced: () => written.advanced,
    write: async (ask) => {
      await writeRows(ask, { table: 'receipt' }, written.receipts);
      await writeRows(ask, { table: 'event' }, written.events.map(eventRow));
      await writeRows(ask, { table: 'quarantine', key: ['id'], update: HELD_AGAIN }, [...held.changed().values()]);
      await follow(ask, written.followed);
      await release(ask, written.releases);
      await erase(ask, written.erased);
      if (written.codes.length > 0)
        await ask(
          `update quarantine h set code = x.code
            from json_populate_recordset(null::quarantine, $1::json) x where h.id = x.id`,
          jsonOf(written.codes),
        );
    },
  };
}

const nothing = (): Written => ({
  events: [],
  receipts: [],
  releases: [],
  followed: [],
  erased: [],
  codes: [],
  advanced: new Set(),
});

/** Held for a reason that a later build, a restored subject or another right may take away. */
const MIGHT_ENTER: readonly string[] = ['unknownKind', 'badData', 'noSubject', 'notAllowed'];

function eventRow({ event: made, text, time, ...place }: PlacedEvent) {
  const { writer: name, n, subject, kind, v, by } = made;
  const { lo, hi, est, e, grade, given = null, why = null } = time;
  return { ...place, writer: name, n, subject, kind, v, by, body: text, lo, hi, est, e, grade, given, why };
}

const HELD_AGAIN = ['code', 'writer', 'layEpoch', 'layQ'] as const;

/** The same bytes again, with what is known of them by now. */
const heldAgain = (before: HeldRow, { code, writer, layEpoch, layQ }: Omit<HeldRow, 'id'>): HeldRow => ({
  ...before,
  code,
  writer: writer ?? before.writer,
  ...(layEpoch === null ? {} : { layEpoch, layQ }),
});

const heldRow = ({ lay, ...one }: Held, rcv: number): Omit<HeldRow, 'id'> => ({
  ...one,
  rawHash: sha256Hex(one.raw),
  rcv,
  releasedQ: null,
  layEpoch: lay?.epoch ?? null,
  layQ: lay?.q ?? null,
});

function receiptOf({
  reading,
  chain,
  ...row
}: Omit<ReceiptRow, 'reading' | 'chain'> & { reading: string; chain: string | null }): ReceiptRow {
  return { ...row, reading: parsed(reading), chain: chain === null ? null : parsed(chain) };
}

const placed = ({ event, hash, q, rcv, time }: PlacedEvent): LoggedEvent => ({ event, hash, q, rcv, time });

async function erase(ask: Ask, gone: Written['erased']): Promise<void> {
  for (const { q, hash, text } of gone) {
    await ask('update event set body = $2 where q = $1', q, text);
    await ask(`update quarantine set raw = '' where hash = $1 or released_q = $2`, hash, q);
  }
}

/** One after the other: a fork may have been forked again. */
async function follow(ask: Ask, followed: readonly Followed[]): Promise<void> {
  for (const { device, was, hash } of followed)
    await ask('update quarantine set hash = $3 where device = $1 and hash = $2', device, was, hash);
}

async function release(ask: Ask, releases: readonly Release[]): Promise<void> {
  const placed = releases.filter((one) => one.is === 'number');
  if (placed.length > 0)
    await ask(
      `update quarantine h set released_q = x.q
        from json_to_recordset($1::json) as x (hash text, q bigint)
        where h.hash = x.hash`,
      jsonOf(placed),
    );
  const forks = releases.filter((one) => one.is === 'fork');
  if (forks.length > 0)
    await ask(
      `update quarantine h set released_q = x.q
        from json_to_recordset($1::json) as x (device text, hash text, q bigint)
        where h.device = x.device and h.hash = x.hash`,
      jsonOf(forks),
    );
}
