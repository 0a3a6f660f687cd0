import type { OrderView } from '../read/client-context.ts';
import { CustodyOf } from './custody-of.tsx';
import { useWords } from './shell.ts';
import { didWord } from './steps.ts';

/** The last thing recorded here about an order, and where that record lies: in sight without looking for it. */
export function LatestRecord({ view }: { readonly view: OrderView }) {
  const { t, f } = useWords();
  const line = view.events.findLast((event) => event.own);
  if (!line) return null;
  const { event, time } = line.recorded;
  return (
    <p class="latest-record">
      <span>
        <span class="tabular">{f.clockSeconds(time.est)}</span> {didWord(event.kind, event.data, t)}
      </span>
      <CustodyOf custody={line.custody} />
    </p>
  );
}
