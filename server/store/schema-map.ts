import { index, integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';

import type { CrewId } from '#shared/ids.ts';

/**
 * Trackers in vans, with their latest fix; bounded, and never part of the log. Keys lie here only as hashes; a server that
 * forwards for several trackers shows one key for all of them. `at`: time of the fix, `rcv`: of its receipt; ms.
 */
export const tracker = sqliteTable(
  'tracker',
  {
    id: text().primaryKey(),
    keyHash: text('key_hash').notNull(),
    crew: text().$type<CrewId>().notNull(),
    madeAt: integer('made_at').notNull(),
    lat: real(),
    lon: real(),
    acc: real(),
    at: integer(),
    rcv: integer(),
  },
  (table) => [index('tracker_crew').on(table.crew), index('tracker_key').on(table.keyHash)],
);

/** Reference data: where equipment of the grid stands (WGS 84) and which feeder it hangs on. Replaced file by file. */
export const equipment = sqliteTable(
  'equipment',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    source: text().notNull(),
    feeder: text().notNull(),
    lat: real().notNull(),
    lon: real().notNull(),
  },
  (table) => [index('equipment_place').on(table.lat, table.lon), index('equipment_source').on(table.source)],
);
