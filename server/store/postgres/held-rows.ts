import { heldRow, type HeldRow, type HeldRows, type StoredHeld } from '../held-rows.ts';
import type { Ask, Postgres, Value } from './connection.ts';

export function createHeldRows({ read }: Postgres): HeldRows {
  const rows = (text: string, ...values: readonly Value[]): Promise<readonly HeldRow[]> =>
    read(async (ask: Ask) => (await ask<StoredHeld>(text, ...values)).map(heldRow));
  return {
    list: ({ code, writer, released = false }, after, limit) =>
      rows(
        `select h.* from quarantine h where id > $1 and ($2::text is null or code = $2)
          and ($3::text is null or writer = $3) and ($4 or released_q is null) order by id limit $5`,
        after,
        code ?? null,
        writer ?? null,
        released,
        limit,
      ),
    get: (ids) => rows('select * from quarantine where id = any($1::bigint[]) order by id', ids),
    count: () =>
      read((ask) =>
        ask('select code, count(*) from quarantine where released_q is null group by code order by code collate "C"'),
      ),
    waitingFor: (subjects, limit) =>
      rows(
        `select * from quarantine where subject = any($1) and code in ('noSubject', 'notAllowed')
          and released_q is null order by id limit $2`,
        subjects,
        limit,
      ),
    gathered: (limit) =>
      rows(
        `select h.* from quarantine h left join history y on y.epoch = h.lay_epoch
          where h.code = 'gathering' and h.released_q is null
          order by h.lay_q is null, y.id, h.lay_q, h.id limit $1`,
        limit,
      ),
  };
}
