import type { CrewId, DeviceId, UnitId } from '#shared/ids.ts';
import type { Live } from '#shared/sync/protocol.ts';

import type { Contact, ContactStore, Fix } from '../contact-store.ts';
import type { Ask, Postgres } from './connection.ts';
import { HELD_BY_CREW_OF } from './known-organisation.ts';
import { LEAST } from './members.ts';
import { JUDGING } from './overdue-store.ts';

export const createContactStore = ({ write, read }: Postgres): ContactStore => ({
  report: async (of) => {
    if (of.heard === null && !of.fix) return;
    await write(async (ask) => {
      if (of.heard !== null) await hear(ask, { ...of, heard: of.heard });
      if (of.fix) await keepFix(ask, of.device, of.fix);
      await ask(`select pg_notify('relight', 'live')`);
    });
  },
  live: (unit) => read((ask) => live(ask, unit)),
});

/**
 * Wakes the clocks that waited for this outbox: what it had been heard beyond before cannot be what is missing. Nobody is
 * judged meanwhile, or a clock that is about to wait for just this would never be woken.
 */
async function hear(ask: Ask, { device, writer, heard }: Contact & { heard: number }): Promise<void> {
  await ask('select pg_advisory_xact_lock_shared($1)', JUDGING);
  // Two reports of one outbox one after the other, each with what the one before it left.
  await ask('insert into contact values ($1, -1) on conflict do nothing', writer);
  const [before] = await ask<{ heard: number }>('select heard from contact where writer = $1 for update', writer);
  await ask(
    `with woken as (select "order" from due where waits <= $2 and waits >= $3 and ${HELD_BY_CREW_OF}
        order by "order" for update)
      update due set at = 0 from woken where due."order" = woken."order"`,
    device,
    heard,
    before?.heard ?? -1,
  );
  await ask('update contact set heard = $2 where writer = $1 and heard < $2', writer, heard);
}

const keepFix = (ask: Ask, of: string, { lat, lon, acc, at }: Fix): Promise<unknown> =>
  ask(
    `insert into position values ($1, $2, $3, $4, $5) on conflict (device) do update
      set lat = excluded.lat, lon = excluded.lon, acc = excluded.acc, at = excluded.at where position.at <= excluded.at`,
    of,
    lat,
    lon,
    acc ?? null,
    at,
  );

/** The unit $1 and all below it. */
const BELOW = `with recursive below as (
  select $1::text as id union select u.id from unit u join below b on u.parent = b.id)`;
/** Devices that belong to crews of these units now. */
const MEMBERS = `from device_crew m join crew k on k.id = m.crew and k.unit in (select id from below) and m.to_q is null`;
const OUTBOXES =
  'join device d on d.id = m.device join writer w on w.device = d.id left join contact c on c.writer = w.writer';

type Seen = Live['fixes'][number] & { readonly acc: number | null };

async function live(ask: Ask, unit: UnitId): Promise<Live> {
  const heard = await ask<{ crew: CrewId; heard: number }>(
    // A lost device is waited for no more: it does not make its crew silent.
    `${BELOW} select k.id as crew, ${LEAST} as heard ${MEMBERS} ${OUTBOXES} where not d.lost group by k.id order by k.id`,
    unit,
  );
  const devices = await ask<{ device: DeviceId; heard: number }>(
    `${BELOW} select d.id as device, ${LEAST} as heard from device d join writer w on w.device = d.id
      left join contact c on c.writer = w.writer
      where d.id in (select m.device from device_crew m join crew k on k.id = m.crew and k.unit in (select id from below))
      group by d.id order by d.id`,
    unit,
  );
  const tablets = await ask<Seen>(
    `${BELOW} select k.id as crew, p.lat, p.lon, p.acc, p.at ${MEMBERS} join position p on p.device = m.device order by p.at`,
    unit,
  );
  const trackers = await ask<Seen>(
    `${BELOW} select t.crew, t.lat, t.lon, t.acc, t.at from tracker t join crew k on k.id = t.crew
      where k.unit in (select id from below) and t.at is not null`,
    unit,
  );
  const rows = [...tablets, ...trackers.map((row) => ({ ...row, by: 'tracker' as const }))].sort((a, b) => a.at - b.at);
  // The latest of each crew: later rows overwrite earlier ones.
  const fixes = new Map(rows.map(({ acc, ...fix }) => [fix.crew, { ...fix, ...(acc === null ? {} : { acc }) }]));
  return { heard, devices, fixes: [...fixes.values()] };
}
