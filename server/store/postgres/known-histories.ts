import { createKnown, type Journal, type Known } from './known.ts';

/** Up to where each history is the present one too. */
export const knownHistories = (journal: Journal): Known<number> =>
  createKnown(journal, async (ask, epochs) => {
    // What the later histories kept of it; of one that the copy this server was restored from does not know, nothing.
    const rows = await ask<{ epoch: string; q: number | null }>(
      `select e.epoch, coalesce((select min(later.q) from history later where later.id >= h.id),
          (select 0::bigint from history limit 1)) as q
        from unnest($1::text[]) as e (epoch) left join history h on h.epoch = e.epoch
        where e.epoch <> (select epoch from head)`,
      epochs,
    );
    return rows.flatMap(({ epoch, q }) => (q === null ? [] : [[epoch, q] as const]));
  });
