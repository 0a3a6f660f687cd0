import type { CrewId } from '#shared/ids.ts';

import type { Member } from '../log-tables.ts';
import type { Ask } from './connection.ts';

/** Up to when a device was heard: the least of its outboxes, and nothing was made on it before its enrolment. */
export const LEAST = 'min(coalesce(c.heard, d.enrolled_at))';

/** The devices that ever were in these crews. */
export const membersOf = (ask: Ask, crews: readonly string[]): Promise<(Member & { readonly crew: CrewId })[]> =>
  ask(
    `select m.crew, m.device, m.from_at, m.to_q, d.lost, ${LEAST} as heard from device_crew m
      join device d on d.id = m.device join writer w on w.device = m.device left join contact c on c.writer = w.writer
      where m.crew = any($1) group by m.id, d.id order by m.device, m.id`,
    crews,
  );
