import './hazards.css';
import type { Reported } from '#shared/event/intake.ts';

import { Icon } from '../ui/icon.tsx';
import { hazardIcon } from '../ui/icons.ts';
import { hazardWord } from './hazard-words.ts';
import { useWords } from './shell.ts';

/** Each hazard with its sign; nothing if there is none. */
export function Hazards({ report }: { readonly report: Reported }) {
  const { t } = useWords();
  if (!report.hazards?.length) return null;
  return (
    <ul class="hazards" aria-label={t('order.hazards')}>
      {report.hazards.map((hazard) => (
        <li key={hazard}>
          <Icon shape={hazardIcon} />
          <span>{hazardWord(hazard, t)}</span>
        </li>
      ))}
    </ul>
  );
}
