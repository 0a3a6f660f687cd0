import type { CrewId, PersonId } from '#shared/ids.ts';

import type { Organisation } from '../read/client-context.ts';
import { groupedId } from '../text/format.ts';

/** A crew's name, or its id where the name is not held here. */
export const crewName = (org: Organisation, crew: CrewId): string => org.crews.get(crew)?.name ?? groupedId(crew);

/** A person's name, or nothing where it is not held here or a machine did it. */
export const personName = (org: Organisation, person: PersonId | null): string =>
  person === null ? '' : (org.persons.get(person)?.name ?? '');
