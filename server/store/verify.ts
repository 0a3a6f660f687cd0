import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createLogCheck, type Damage } from './check-log.ts';
import { openConnection, type Connection } from './connection.ts';
import { readLog } from './log-pages.ts';
import { readHead } from './log-writer.ts';
import { createProjection } from './projection.ts';
import { writer } from './schema.ts';
import { sqliteTables } from './sqlite-tables.ts';

/** What was read, and what is wrong with it. `damage` is cut at a hundred; `damages` counts all. */
export type Verification = {
  readonly events: number;
  readonly orders: number;
  readonly damages: number;
  readonly damage: readonly Damage[];
};

/**
 * Reads the whole database: the file, the log's positions, hashes and chain, and every projection against a fresh fold
 * of the log into a temporary database. Works on what stood at the start, beside a running server.
 */
export async function verifyStore(connection: Connection, progress: (q: number) => void): Promise<Verification> {
  const damage: Damage[] = [];
  let damages = 0;
  const damaged = (one: Damage): void => {
    damages += 1;
    if (damage.length < DAMAGE_KEPT) damage.push(one);
  };
  const dir = mkdtempSync(join(tmpdir(), 'relight-verify-'));
  const snapshot = join(dir, 'snapshot.db');
  const fresh = join(dir, 'fresh.db');
  try {
    // A copy stands still while the log is folded anew.
    await connection.sqlite.backup(snapshot, { progress: () => 5_000 });
    const copy = openConnection(snapshot);
    try {
      const structure = copy.sqlite.pragma('integrity_check(1)', { simple: true });
      if (structure !== 'ok') damaged({ q: null, what: `the file is damaged: ${String(structure)}` });
      const head = readHead(copy);
      const end = await foldAnew(copy, fresh, { damaged, progress });
      if (end.q !== head.q || end.chain !== head.chain)
        damaged({ q: head.q, what: 'the head is not where the log ends' });
      compare(copy, fresh, damaged);
      const orders = copy.sqlite.prepare<[], { n: number }>('select count(*) as n from order_row').get()?.n ?? 0;
      return { events: end.q, orders, damages, damage };
    } finally {
      copy.sqlite.close();
    }
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

const DAMAGE_KEPT = 100;
const LINES_AT_ONCE = 500;

type Reports = { readonly damaged: (damage: Damage) => void; readonly progress: (q: number) => void };

/** Reads the log once: checks it and folds it into a new database. */
async function foldAnew(
  from: Connection,
  file: string,
  { damaged, progress }: Reports,
): Promise<{ q: number; chain: string }> {
  const check = createLogCheck(damaged);
  const into = openConnection(file);
  const tables = sqliteTables(into);
  try {
    into.sqlite.pragma('synchronous = OFF');
    // Writers are counters of the log, made where a database begins; only their names are needed here.
    into.db.insert(writer).values(from.db.select().from(writer).all()).run();
    for (;;) {
      const lines = readLog(from, check.end().q, LINES_AT_ONCE);
      check.add(lines);
      into.part(() => {
        const projection = createProjection(tables, ({ q, error }) => {
          damaged({ q, what: `cannot be projected: ${String(error)}` });
        });
        for (const line of lines) projection.apply(line);
        projection.flush();
      });
      progress(check.end().q);
      if (lines.length < LINES_AT_ONCE) return check.close();
      await new Promise(setImmediate);
    }
  } finally {
    into.sqlite.close();
  }
}

/** What a fresh fold decides alone, the key first; `history` and `due` also hang on which events came together. */
const COMPARED = {
  order_row:
    '"order", state, stage, unit, crew, area, reported_at, archived, source_system, source_key, search, last_q',
  scope: 'subject, holder, from_q, to_q, changed_q, archived_q, why, to_crew, "by", reason',
  unit: 'id, name, level, parent, q',
  crew: 'id, name, unit, q',
  person: 'id, name, unit, role, q',
  device: 'id, form, unit, person, blocked, was, q',
  device_crew: 'device, crew, from_q, from_at, to_q, to_by',
  crew_past: 'crew, unit, to_q, to_by',
  pack: 'id, from_at, pack, q',
} as const;

function compare({ sqlite }: Connection, fresh: string, damaged: (damage: Damage) => void): void {
  sqlite.prepare('attach ? as fresh').run(fresh);
  for (const [table, columns] of Object.entries(COMPARED)) {
    const [key] = columns.split(',', 1);
    const rows = (from: string) => `select ${columns} from ${from}.${table}`;
    for (const [one, other, says] of [
      ['main', 'fresh', 'is not what its events make'],
      ['fresh', 'main', 'is missing or differs'],
    ] as const) {
      const differing = `select ${key} as id from (${rows(one)} except ${rows(other)})`;
      for (const { id } of sqlite.prepare<[], { id: string }>(differing).iterate())
        damaged({ q: null, what: `${table} of ${id} ${says}` });
    }
  }
}
