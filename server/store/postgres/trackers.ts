import { err, ok } from '#shared/result.ts';

import type { Trackers } from '../trackers.ts';
import type { Postgres } from './connection.ts';

export const createTrackers = ({ write }: Postgres): Trackers => ({
  put: ({ id, keyHash, crew, madeAt }) =>
    write(
      async (ask) =>
        void (await ask(
          `insert into tracker values ($1, $2, $3, $4) on conflict (id) do update
            set key_hash = $2, crew = $3, lat = null, lon = null, acc = null, at = null, rcv = null`,
          id,
          keyHash,
          crew,
          madeAt,
        )),
    ),
  keepFix: ({ id, keyHash }, { lat, lon, acc, at, rcv }, leastMs) =>
    write(async (ask) => {
      const [known] = await ask<{ at: number | null; rcv: number | null }>(
        'select at, rcv from tracker where id = $1 and key_hash = $2 for update',
        id,
        keyHash,
      );
      if (!known) return err('unknown');
      if (known.rcv !== null && rcv - known.rcv < leastMs) return err('tooSoon');
      if (known.at !== null && known.at > at) return ok('older');
      await ask(
        'update tracker set lat = $2, lon = $3, acc = $4, at = $5, rcv = $6 where id = $1',
        id,
        lat,
        lon,
        acc ?? null,
        at,
        rcv,
      );
      await ask(`select pg_notify('relight', 'live')`);
      return ok('kept');
    }),
});
