import type { LoggedEvent } from '#shared/event/envelope.ts';
import type { CrewMoved } from '#shared/event/organisation.ts';
import { subjectId, subjectOf, type CrewId } from '#shared/ids.ts';

import type { LogTables } from './log-tables.ts';
import { holderOf } from './scope-rows.ts';

/**
 * From its position on a crew belongs to another unit: the unit it left sees the crew and its tablets up to here, the new
 * one all of them. Orders follow nobody: each stays with the unit it was reported to and with the crew that holds it.
 * Whoever works on these tablets is known by name in the new unit, too; what was done in the old one keeps its name there.
 */
export function moveCrew(
  { organisation, scopes }: Pick<LogTables, 'organisation' | 'scopes'>,
  { unit, reason }: CrewMoved,
  { q, event: { subject, by } }: Pick<LoggedEvent, 'q' | 'event'>,
): void {
  const crew = subjectId<CrewId>(subject);
  const from = organisation.unitOfCrew(crew);
  if (from === null || from === unit) return scopes.touch(subject, q);
  const end = { q, why: 'reassigned', toCrew: null, by, reason } as const;
  scopes.close({ subject, holder: holderOf.org(from), ...end });
  scopes.open({ subject, holder: holderOf.org(unit), q });
  organisation.moveCrew({ crew, toQ: q, toBy: by }, unit);

  const people = new Set<string>();
  for (const id of organisation.devicesIn(crew)) {
    const device = organisation.device(id);
    if (!device) continue;
    if (device.unit !== unit) {
      const tablet = subjectOf('device', id);
      if (device.unit !== null) scopes.close({ subject: tablet, holder: holderOf.unit(device.unit), ...end });
      scopes.open({ subject: tablet, holder: holderOf.unit(unit), q });
      organisation.changeDevice(id, { unit });
    }
    if (device.person === null || people.has(device.person)) continue;
    people.add(device.person);
    if (organisation.unitOfPerson(device.person) !== unit)
      scopes.open({ subject: subjectOf('person', device.person), holder: holderOf.org(unit), q });
  }
}
