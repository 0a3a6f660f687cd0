import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import Sqlite from 'better-sqlite3';

import { openStore } from '../../server/store/open-store.ts';
import { checkCustody, custodyFailures, type AckLine, type LogLine } from '../e2e/custody-check.ts';
import type { Contents } from './disk/disk-model.ts';

/** What had been promised when the power failed. `safe`: up to where a backup was said to hold everything. */
export type Promised = { readonly acks: readonly AckLine[]; readonly safe: number };

export type Judged = { readonly lost: readonly string[]; readonly corrupt: readonly string[] };

type Row = LogLine & { readonly body: string };

/**
 * Writes a state to `dir` and opens it as a server would: what was acknowledged has to be there, the file has to be
 * whole. `thorough`: every table is compared with a fresh fold, too.
 */
export async function judgeState(
  state: Contents,
  promised: Promised,
  { root, dir, thorough }: { readonly root: string; readonly dir: string; readonly thorough: boolean },
): Promise<Judged> {
  rmSync(dir, { recursive: true, force: true });
  const placed = [...state].map(([path, bytes]) => [join(dir, path.slice(root.length)), bytes] as const);
  for (const [path, bytes] of placed) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }
  const backups = placed.map(([path]) => path).filter((path) => /-q\d+(-\d+)?\.db$/.test(path));
  const lost = backupLosses(backups, promised.safe);
  try {
    const store = openStore(join(dir, 'data'), { clock: Date.now, random: (bytes) => new Uint8Array(bytes).fill(7) });
    const verified = thorough ? await store.verify(() => undefined) : null;
    const log = readRows(join(dir, 'data/relight.db'));
    store.close();
    const custody = checkCustody(log.rows, promised.acks);
    return {
      lost: [...lost, ...custody.lost],
      corrupt: [
        ...custodyFailures({ ...custody, lost: [] }),
        ...log.wrong,
        ...(verified?.damage ?? []).map(({ what }) => what),
      ],
    };
  } catch (error) {
    return { lost, corrupt: [`it does not open: ${String(error)}`] };
  }
}

/** The log as it lies in the file, and what is wrong with it, found without the server's own reading. */
function readRows(file: string): { readonly rows: readonly Row[]; readonly wrong: readonly string[] } {
  const sqlite = new Sqlite(file);
  try {
    const structure = sqlite.pragma('integrity_check', { simple: true });
    const rows = sqlite.prepare<[], Row>('select q, writer, n, hash, chain, body from event order by q').all();
    const head = sqlite.prepare<[], { q: number; chain: string }>('select q, chain from head').get();
    const wrong = structure === 'ok' ? [] : [`the file is damaged: ${String(structure)}`];
    let chain = '0'.repeat(16);
    for (const row of rows) {
      if (sha256(row.body) !== row.hash) wrong.push(`the text of position ${row.q} is another`);
      chain = chainNext(chain, `${row.writer}-${row.n}`, row.hash);
      if (row.chain !== chain) wrong.push(`the chain breaks at ${row.q}`);
    }
    if (head?.q !== rows.length || head.chain !== chain) wrong.push('the head is not where the log ends');
    return { rows, wrong };
  } finally {
    sqlite.close();
  }
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The rule of the chain, written down here once more. */
const chainNext = (previous: string, id: string, hash: string): string =>
  sha256(`${previous}|${id}|${hash}`).slice(0, 16);

/** A copy with a name is whole, and what was said to be safe is in one. */
function backupLosses(files: readonly string[], safe: number): string[] {
  const reached = files.map(reachOf);
  const torn = files.filter((_, index) => reached[index] === 0).map((file) => `the copy ${basename(file)} is torn`);
  return safe > Math.max(0, ...reached) ? [...torn, `safe up to ${safe}`] : torn;
}

/** How many events a copy holds; 0: it is damaged. */
function reachOf(file: string): number {
  const copy = new Sqlite(file);
  try {
    const row = copy.prepare<[], { n: number }>('select count(*) as n from event').get();
    return copy.pragma('integrity_check(1)', { simple: true }) === 'ok' ? (row?.n ?? 0) : 0;
  } catch {
    return 0;
  } finally {
    copy.close();
  }
}
