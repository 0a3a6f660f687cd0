import { understood, type Draft } from '#shared/event/catalog.ts';
import { idOf, type LoggedEvent } from '#shared/event/envelope.ts';
import type { Subject } from '#shared/ids.ts';

import type { Chance } from '../../server/demo/chance.ts';
import type { VirtualTime } from './virtual-time.ts';

export type DeskEyes = {
  readonly time: VirtualTime;
  readonly chance: Chance;
  /** Events behind a position. */
  readonly page: (after: number) => Promise<readonly LoggedEvent[]>;
  readonly say: (subject: Subject, draft: Draft) => Promise<void>;
};

const MINUTE = 60_000;

/** The desk reads what is new each minute: it claims or shelves some alerts, and accepts some doubtful arrivals. For ever. */
export function watchLog({ time, chance, page, say }: DeskEyes): void {
  let after = 0;
  const later = (from: number, to: number, subject: Subject, draft: () => Draft): void => {
    time.after(chance.between(from, to) * MINUTE, () => void time.during(say(subject, draft())));
  };
  const look = async (): Promise<void> => {
    for (const logged of await page(after)) {
      after = logged.q;
      const { event } = logged;
      const known = understood(event);
      const id = idOf(event);
      if (known?.kind === 'alertRaised' && known.data.level !== 'soon' && !known.data.quiet && chance.happens(0.3)) {
        const shelved = chance.happens(0.6) ? chance.between(5, 60) * MINUTE : null;
        later(1, 15, event.subject, () => ({
          kind: 'alertAcknowledged',
          data:
            shelved === null
              ? { alert: id, how: 'claimed' }
              : { alert: id, how: 'shelved', until: Math.round(time.now() + shelved), reason: '等消息' },
        }));
      }
      const isDoubtful = logged.time.grade !== 'A';
      if (known?.kind === 'arrived' && isDoubtful && chance.happens(0.3))
        later(3, 60, event.subject, () => ({ kind: 'timeAccepted', data: { fact: id, reason: '看过证据' } }));
    }
    time.after(MINUTE, () => void time.during(look()));
  };
  void time.during(look());
}
