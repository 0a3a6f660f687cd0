import { eventId } from '#shared/ids.ts';

import { entriesOf, replayed, type Copied, type CopyEntry } from './copied.ts';
import type { CopyAnswer, CopyQuestion } from './copy-worker.ts';
import type { Database } from './database.ts';
import { eventKey, metaOf, type OutboxStores } from './outbox-db.ts';

/**
 * A second, independent copy of the outbox. `recovered`: events that were only in it when it was opened, and are in the
 * database again. `add` is fulfilled once the entries are on the disk too, or this copy has failed: then false, and the
 * database is what there is.
 */
export type SecondCopy = {
  readonly recovered: number;
  readonly turn: number;
  readonly add: (entries: readonly CopyEntry[]) => Promise<boolean>;
  /** Begins the copy anew with what the database holds: nothing of what it said before is left. */
  readonly renew: () => Promise<void>;
};

/** Opens it and unites both: what either of them has, both have. Throws where the platform keeps no such files. */
export async function openSecondCopy(name: string, db: Database<OutboxStores>): Promise<SecondCopy> {
  const ask = startWorker();
  const kept = await ask({ do: 'open', name }, OPEN_MS);
  const entries = kept.texts.map(read);
  const copied = replayed(entries);
  const held = await readHeld(db);
  const recovered = lacking(held, copied) ? await restore(db, copied) : 0;

  const all = united(held, copied);
  const small = textsOf(all);
  const needed = small.reduce((sum, text) => sum + text.length, 0);
  if (kept.files > 0 || saysErased(entries, all) || kept.bytes > 2 * needed + SPARE_BYTES)
    await ask({ do: 'renew', texts: small }, OPEN_MS);
  else await ask({ do: 'add', texts: textsOf(without(all, copied)) }, OPEN_MS);

  let works = true;
  let turn = all.turn;
  let waiting: {
    readonly entries: readonly CopyEntry[];
    readonly anew: boolean;
    readonly told: (done: boolean) => void;
  }[] = [];
  let writing = false;
  /** What comes while the disk is busy goes with the next turn of it, all together. */
  const drain = async (): Promise<void> => {
    writing = true;
    while (waiting.length > 0) {
      const now = waiting;
      waiting = [];
      if (works)
        works = await write(now).then(
          () => true,
          () => false,
        );
      for (const { told } of now) told(works);
    }
    writing = false;
  };
  const write = async (now: typeof waiting): Promise<unknown> => {
    // What is added has been in the database since before.
    if (now.some(({ anew }) => anew))
      return ask({ do: 'renew', texts: textsOf({ ...(await readHeld(db)), turn }) }, OPEN_MS);
    return ask(
      { do: 'add', texts: now.flatMap(({ entries: some }) => some.map((one) => JSON.stringify(one))) },
      WRITE_MS,
    );
  };
  const ready = (some: readonly CopyEntry[], anew: boolean): Promise<boolean> =>
    new Promise((told) => {
      for (const entry of some) if (entry.is === 'writer') turn = Math.max(turn, entry.turn);
      waiting.push({ entries: some, anew, told });
      if (!writing) void drain();
    });
  return {
    recovered,
    turn: copied.turn,
    add: (added) => ready(added, false),
    renew: async () => void (await ready([], true)),
  };
}

const textsOf = (copied: Copied): readonly string[] => entriesOf(copied).map((entry) => JSON.stringify(entry));

/** Does the copy still have a text that was redacted? */
const saysErased = (entries: readonly CopyEntry[], { rows }: Copied): boolean =>
  entries.some(
    (entry) =>
      entry.is === 'row' && !entry.row.state.erased && rows.get(eventId(entry.row.writer, entry.row.n))?.state.erased,
  );

// oxlint-disable-next-line typescript/consistent-type-assertions -- under its checksum lies what this room wrote
const read = (text: string): CopyEntry => JSON.parse(text) as CopyEntry;

/** A worker that does not answer must not keep a person waiting for the word that their work is saved. */
const OPEN_MS = 20_000;
const WRITE_MS = 5_000;
const SPARE_BYTES = 256 * 1024;

type Asked = CopyQuestion extends infer Q ? (Q extends { id: number } ? Omit<Q, 'id'> : never) : never;
type Told = Extract<CopyAnswer, { ok: true }>;

function startWorker(): (question: Asked, withinMs: number) => Promise<Told> {
  const worker = new Worker(new URL('copy-worker.ts', import.meta.url), { type: 'module' });
  const open = new Map<number, (answer: CopyAnswer) => void>();
  let asked = 0;
  const failAll = (): void => {
    for (const [id, tell] of open) tell({ id, ok: false });
  };
  worker.addEventListener('message', ({ data }: MessageEvent<CopyAnswer>) => open.get(data.id)?.(data));
  worker.addEventListener('error', failAll);
  return (question, withinMs) =>
    new Promise((resolve, reject) => {
      const id = (asked += 1);
      const timer = setTimeout(() => tell({ id, ok: false }), withinMs);
      const tell = (answer: CopyAnswer): void => {
        clearTimeout(timer);
        open.delete(id);
        if (answer.ok) resolve(answer);
        else reject(new Error(`the second copy did not answer: ${question.do}`));
      };
      open.set(id, tell);
      const sent: CopyQuestion = { ...question, id };
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
      worker.postMessage(sent);
    });
}

/** What the database holds, in the copy's terms. */
const readHeld = (db: Database<OutboxStores>): Promise<Copied> =>
  db.read(['events', 'taps', 'meta'], async (access) => {
    const writers = await access.all('meta');
    return {
      rows: new Map((await access.all('events')).map((row) => [eventId(row.writer, row.n), row])),
      writers: new Map(writers.map((row) => [row.writer, metaOf(row)] as const)),
      taps: new Map((await access.all('taps')).map((tap) => [tap.id, tap])),
      current: writers.find((one) => one.current)?.writer ?? null,
      turn: 0,
    };
  });

const lacking = (held: Copied, copied: Copied): boolean =>
  [...copied.rows.keys()].some((id) => !held.rows.has(id)) ||
  [...copied.taps.keys()].some((id) => !held.taps.has(id)) ||
  [...copied.writers.values()].some(({ writer, counter }) => (held.writers.get(writer)?.counter ?? -1) < counter);

/** Gives the database back what it lost; how many events that were. What it has it keeps. */
const restore = (db: Database<OutboxStores>, copied: Copied): Promise<number> =>
  db.write(['events', 'taps', 'meta'], async (access) => {
    let recovered = 0;
    for (const row of copied.rows.values()) {
      if (await access.get('events', eventKey(row))) continue;
      await access.put('events', row);
      recovered += 1;
    }
    for (const tap of copied.taps.values()) await access.put('taps', tap);
    const begun = (await access.all('meta')).some((one) => one.current);
    for (const meta of copied.writers.values()) {
      const known = await access.get('meta', meta.writer);
      await access.put('meta', {
        ...meta,
        ...known,
        counter: Math.max(meta.counter, known?.counter ?? 0),
        registered: meta.registered || known?.registered === true,
        current: known?.current ?? (!begun && meta.writer === copied.current),
      });
    }
    return recovered;
  });

const united = (held: Copied, copied: Copied): Copied => ({
  rows: new Map([...copied.rows, ...held.rows]),
  writers: new Map([...held.writers, ...copied.writers]),
  taps: new Map([...copied.taps, ...held.taps]),
  current: held.current ?? copied.current,
  turn: copied.turn + 1,
});

/** What of `all` the copy does not have yet. */
const without = (all: Copied, copied: Copied): Copied => ({
  ...all,
  rows: new Map([...all.rows].filter(([id]) => !copied.rows.has(id))),
  taps: new Map([...all.taps].filter(([id]) => !copied.taps.has(id))),
  writers: new Map(
    [...all.writers].filter(([writer, meta]) => {
      const known = copied.writers.get(writer);
      return !known || known.counter < meta.counter || (writer === all.current && writer !== copied.current);
    }),
  ),
});
