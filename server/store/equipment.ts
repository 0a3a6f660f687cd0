import { and, between, eq, sql } from 'drizzle-orm';

import type { Connection } from './connection.ts';
import { equipment } from './schema-map.ts';
import { whole } from './whole.ts';

export type EquipmentRow = { readonly feeder: string; readonly lat: number; readonly lon: number };

/** Degrees. */
export type Within = { readonly west: number; readonly south: number; readonly east: number; readonly north: number };

/** Reference data of the grid. Each function is one transaction. */
export type Equipment = {
  /** Puts these rows in the place of all that the same source brought before. */
  readonly replace: (source: string, rows: readonly EquipmentRow[]) => Promise<{ readonly before: number }>;
  /** How many rows a source brought. */
  readonly count: (source: string) => Promise<number>;
  /** What stands in a box, feeder by feeder; at most `most`. */
  readonly within: (box: Within, most: number) => Promise<readonly EquipmentRow[]>;
};

export function createEquipment({ db, write }: Connection): Equipment {
  return {
    replace: (source, rows) =>
      whole(() =>
        write(() => {
          const { changes } = db.delete(equipment).where(eq(equipment.source, source)).run();
          for (let from = 0; from < rows.length; from += ROWS)
            db.insert(equipment)
              .values(rows.slice(from, from + ROWS).map((row) => ({ ...row, source })))
              .run();
          return { before: changes };
        }),
      ),
    count: (source) =>
      whole(
        () =>
          db
            .select({ n: sql<number>`count(*)` })
            .from(equipment)
            .where(eq(equipment.source, source))
            .get()?.n ?? 0,
      ),
    within: ({ west, south, east, north }, most) =>
      whole(() =>
        db
          .select({ feeder: equipment.feeder, lat: equipment.lat, lon: equipment.lon })
          .from(equipment)
          .where(and(between(equipment.lat, south, north), between(equipment.lon, west, east)))
          .limit(most)
          .all(),
      ),
  };
}

/** Of one statement: four values each, far below what SQLite takes. */
const ROWS = 2_000;
