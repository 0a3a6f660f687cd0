import type { Equipment, EquipmentRow } from '../equipment.ts';
import type { Postgres } from './connection.ts';
import { writeRows } from './write-rows.ts';

export const createEquipment = ({ write, read }: Postgres): Equipment => ({
  replace: (source, rows) =>
    write(async (ask) => {
      const before = await ask('delete from equipment where source = $1 returning 1', source);
      for (let from = 0; from < rows.length; from += ROWS)
        await writeRows(
          ask,
          { table: 'equipment' },
          rows.slice(from, from + ROWS).map(({ feeder, lat, lon }) => ({ source, feeder, lat, lon })),
        );
      return { before: before.length };
    }),
  count: (source) =>
    read(async (ask) => {
      const [found] = await ask<{ n: number }>('select count(*) as n from equipment where source = $1', source);
      return found?.n ?? 0;
    }),
  within: ({ west, south, east, north }, most) =>
    read((ask) =>
      ask<EquipmentRow>(
        `select feeder, lat, lon from equipment
          where lat between $1 and $2 and lon between $3 and $4 limit $5`,
        south,
        north,
        west,
        east,
        most,
      ),
    ),
});

const ROWS = 10_000;
