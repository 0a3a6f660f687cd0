import type { Reported } from '#shared/event/intake.ts';

import type { CrewText } from '../text/crew-text.ts';

type Hazard = NonNullable<Reported['hazards']>[number];

/** What may hurt somebody there, or who depends on the power. */
export function hazardWord(hazard: Hazard, t: CrewText): string {
  switch (hazard) {
    case 'lineDown':
      return t('hazard.lineDown');
    case 'injury':
      return t('hazard.injured');
    case 'medical':
      return t('hazard.medical');
    case 'fire':
      return t('hazard.fire');
    case 'vip':
      return t('hazard.vip');
  }
}
