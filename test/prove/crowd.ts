import type { Draft } from '#shared/event/catalog.ts';
import { asCrewId, asPersonId, asUnitId, type CrewId, type EventId, type PersonId } from '#shared/ids.ts';
import { must } from '#shared/result.ts';

import { parseConfig } from '../../server/config.ts';
import { systemClock } from '../../server/device/clock.ts';
import { createLog } from '../../server/device/log.ts';
import { systemRandom } from '../../server/device/random.ts';
import { openServices, type OpenServices } from '../../server/open-services.ts';

export const USER = { name: '席一', password: '暴雨里的长密码-58' } as const;

/** A crew with a code for its one tablet and so many orders that have just been dispatched to it. */
export type CrowdCrew = { readonly id: CrewId; readonly person: PersonId; readonly code: string };

const HOUR = 3_600_000;

/** One station on an empty data directory: so many crews, each with so many orders, and a dispatcher, `USER`. */
export const gatherCrowd = (dataDir: string, crews: number, ordersEach: number): Promise<readonly CrowdCrew[]> =>
  withOpened({ DATA_DIR: dataDir }, (opened) => foundCrowd(opened, crews, ordersEach));

/** Opens what such settings name, while no server is there, and closes it again. */
export async function withOpened<T>(
  settings: Readonly<Record<string, string>>,
  work: (opened: OpenServices) => Promise<T>,
): Promise<T> {
  const config = must(parseConfig({ LOG_LEVEL: 'error', ...settings }));
  const ports = { clock: systemClock, random: systemRandom, log: createLog(config.logLevel, process.stderr) };
  const opened = await openServices(config, ports);
  try {
    return await work(opened);
  } finally {
    await opened.close();
  }
}

export async function foundCrowd(
  opened: OpenServices,
  crews: number,
  ordersEach: number,
): Promise<readonly CrowdCrew[]> {
  const make = async (drafts: readonly Draft[]): Promise<readonly EventId[]> =>
    opened.record(drafts.map((draft) => ({ subject: null, draft, by: null })));
  const [centre] = await make([{ kind: 'unitMade', data: { name: '客服中心', level: 'centre', parent: null } }]);
  const unit = asUnitId(centre!);
  const { name, password } = USER;
  const [desk] = await make([{ kind: 'personMade', data: { name, unit, role: 'dispatcher' } }]);
  must(await opened.services.door.putLogin({ person: asPersonId(desk!), name, password }));
  const numbers = Array.from({ length: crews }, (_, index) => index + 1);
  const people = await make(
    numbers.map((n) => ({ kind: 'personMade', data: { name: `工${n}`, unit, role: 'crew' } as const })),
  );
  const ids = await make(numbers.map((n) => ({ kind: 'crewMade', data: { name: `抢修${n}班`, unit } as const })));
  const made: CrowdCrew[] = [];
  for (const [index, id] of ids.entries()) {
    const crew = asCrewId(id);
    const person = asPersonId(people[index]!);
    made.push({ id: crew, person, code: await opened.services.door.makeCode({ crew, person, forMs: 24 * HOUR }) });
    const where = `幸福路${index + 1}号`;
    const data = { unit, address: where, area: 'rural', channel: 'phone' } as const;
    await opened.record(
      Array.from({ length: ordersEach }, (_, at) => [
        { subject: null, draft: { kind: 'reported', data } as const, by: null },
        { subject: { begunBy: 2 * at }, draft: { kind: 'dispatched', data: { crew } } as const, by: null },
      ]).flat(),
    );
  }
  return made;
}
