import type { DeviceId, PersonId } from '#shared/ids.ts';

import type { Accounts } from '../store/accounts.ts';
import type { Roster } from '../store/organisation.ts';
import { earlierDevices } from './earlier-devices.ts';
import type { Author } from './refusal.ts';

/** The rights of somebody who recorded on a device, if they ever were signed in there, or where it took over from. */
export type AuthorOn = (device: DeviceId, by: PersonId) => Promise<Author | undefined>;

export function createAuthorOn({
  roster,
  accounts,
}: {
  readonly roster: Roster;
  readonly accounts: Pick<Accounts, 'wasSignedIn'>;
}): AuthorOn {
  const wasThere = async (device: DeviceId, by: PersonId): Promise<boolean> => {
    if (await accounts.wasSignedIn(device, by)) return true;
    const row = await roster.device(device);
    // What a device that was blocked could do, the one that took it over cannot.
    for (const one of row ? await earlierDevices(roster, row) : [])
      if (!one.blocked && (await accounts.wasSignedIn(one.id, by))) return true;
    return false;
  };
  return async (device, by) => {
    const [row, person] = await Promise.all([roster.device(device), roster.person(by)]);
    if (!row || !person || !(await wasThere(device, by))) return undefined;
    const crew = row.crew === null ? null : await roster.crew(row.crew);
    return { role: person.role, unit: crew?.unit ?? person.unit };
  };
}
