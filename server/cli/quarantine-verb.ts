import { WriterId } from '#shared/ids.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { HELD_CODES } from '#shared/sync/protocol.ts';

import { createEnrolment } from '../services/enrolment.ts';
import { releaseFork } from '../services/release-fork.ts';
import { createReleaseHeld } from '../services/release-held.ts';
import type { HeldRow } from '../store/held-rows.ts';
import type { Store } from '../store/store.ts';
import type { JudgedAgain } from '../store/take-again.ts';
import type { Terminal } from './terminal.ts';
import { failed, readOptions, wrong, type Complaint, type ExitCode, type Verb } from './verb.ts';
import { withStore } from './with-store.ts';

/** What could not enter the log: nobody threw it away, and a person may look and put it right. */
export const quarantineVerb: Verb = {
  usage: 'list | show REF | release REF… | release --code CODE | release-fork REF…',
  help: [
    'list      what is held: [--code CODE] [--writer A7K] [--all, also what has entered the log since]',
    'show      one of them, with its raw text',
    'release   judges them again, in their order: what nothing is against any more enters the log',
    '--force   does not ask for rights: for work of somebody whose rights were lost, or of a blocked tablet',
    `CODE      ${HELD_CODES.join(', ')}`,
    'release-fork  takes in what a copied tablet brought and did not come back for: name all of it, of one copy only.',
    '          It goes under a name of its own, references in it rewritten. A tablet that comes back does that itself.',
  ],
  run: (args, terminal) => {
    const options = readOptions(args, {
      code: { type: 'string' },
      writer: { type: 'string' },
      all: { type: 'boolean', default: false },
      force: { type: 'boolean', default: false },
    });
    if (!options.ok) return Promise.resolve(options);
    const [what, ...refs] = options.value.positionals;
    const { code: typed, writer: named, all, force } = options.value.values;
    const code = HELD_CODES.find((one) => one === typed);
    if (typed !== undefined && code === undefined)
      return Promise.resolve(err(wrong('--code', `“${typed}” is none of ${HELD_CODES.join(', ')}`)));
    const writer = named === undefined ? undefined : WriterId.safeParse(named);
    if (writer && !writer.success) return Promise.resolve(err(wrong('--writer', `“${named}” is not a writer's name`)));
    const ids = refs.map((ref) => Number(/^H([1-9]\d{0,14})$/.exec(ref)?.[1] ?? Number.NaN));
    const bad = refs.find((_, index) => Number.isNaN(ids[index]));
    if (bad !== undefined) return Promise.resolve(err(wrong(bad, 'is not a reference such as H12')));
    const filter = { code, writer: writer?.data, released: all };

    return withStore(terminal, async (store) => {
      if (what === 'list' && ids.length === 0) return list(store, terminal, filter);
      if (what === 'show' && ids.length === 1) return show(store, terminal, ids);
      if (what === 'release' && ids.length > 0 !== (code !== undefined)) {
        const rows = ids.length > 0 ? await store.held.get(ids) : await store.held.list(filter, 0, MOST);
        return release(store, terminal, { rows, force });
      }
      if (what === 'release-fork' && ids.length > 0) return fork(store, terminal, ids);
      return err(wrong(what ?? null, 'say list, show REF, or release with references or a --code'));
    });
  },
};

/** More at once would hold up a live server; the rest is for another call. */
const MOST = 10_000;

type Done = Promise<Result<ExitCode, Complaint>>;

async function list(store: Store, terminal: Terminal, filter: Parameters<Store['held']['list']>[0]): Done {
  const rows = await store.held.list(filter, 0, MOST);
  const counts = await store.held.count();
  await terminal.result({ held: rows.map(brief), counts }, [
    ...rows.map((row) => plain(row)),
    counts.length === 0 ? 'Nothing is held.' : counts.map(({ code, count }) => `${code} ${count}`).join(', '),
  ]);
  return ok(0);
}

async function show({ held }: Store, terminal: Terminal, ids: readonly number[]): Done {
  const [row] = await held.get(ids);
  if (!row) return err(failed(`H${ids[0]}`, 'there is no such thing'));
  await terminal.result({ ...brief(row), raw: row.raw }, [plain(row), row.raw]);
  return ok(0);
}

async function release(
  store: Store,
  terminal: Terminal,
  { rows, force }: { rows: readonly HeldRow[]; force: boolean },
): Done {
  const open = rows.filter((row) => row.releasedQ === null);
  const judged = await createReleaseHeld(store).again(open, force);
  return tell(judged, terminal);
}

async function fork(store: Store, terminal: Terminal, ids: readonly number[]): Done {
  const { random } = terminal;
  const enrolment = createEnrolment({ roster: store.roster, random, record: store.log.record });
  const done = await releaseFork(store, enrolment, await store.held.get(ids));
  if (done.ok) return tell(done.value, terminal);
  return err(
    done.error === 'twice'
      ? failed(
          null,
          'a number is there twice: two copies brought it; name what one of them brought, by the receipt in `list`',
        )
      : failed(null, 'these are not all forked events of one writer of one device'),
  );
}

async function tell(judged: readonly JudgedAgain[], terminal: Terminal): Done {
  const still = judged.filter((one) => one.is === 'held').length;
  await terminal.result(
    { judged: judged.map((one) => ({ ...one, id: `H${one.id}` })), released: judged.length - still, held: still },
    [
      ...judged.map(
        (one) =>
          `H${one.id} ${one.is === 'released' ? `${one.copy ? 'has a copy' : 'is'} in the log at ${one.q}` : `stays: ${one.code}`}`,
      ),
      `${judged.length - still} released, ${still} stay.`,
    ],
  );
  return ok(still === 0 ? 0 : 1);
}

const brief = ({ id, device, writer, n, code, subject, hash, receipt, rcv, releasedQ }: HeldRow) => ({
  ref: `H${id}`,
  device,
  writer,
  n,
  code,
  subject,
  hash,
  receipt,
  rcv,
  releasedQ,
});

const plain = ({ id, device, writer, n, code, subject, receipt, rcv, releasedQ }: HeldRow): string =>
  `H${id} ${new Date(rcv).toISOString()} ${code} ${writer ?? '?'}-${n} ${subject ?? 'unreadable'} from ${device}, receipt ${receipt ?? 'none'}${
    releasedQ === null ? '' : `, in the log at ${releasedQ}`
  }`;
