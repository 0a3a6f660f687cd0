import './read-out.css';
import type { CrewId } from '#shared/ids.ts';

import { type OrderView, type TraceLine, useClient } from '../../read/client-context.ts';
import { groupedId } from '../../text/format.ts';
import { QuietButton } from '../../ui/quiet-button.tsx';
import { Section } from '../../ui/section.tsx';
import { AfterPaint } from '../after-paint.tsx';
import { CustodyOf } from '../custody-of.tsx';
import { hazardWord } from '../hazard-words.ts';
import { PageHead } from '../page-head.tsx';
import { usePageWords } from '../page-words.ts';
import { Page } from '../page.tsx';
import { useShell } from '../shell.ts';
import { didWord } from '../steps.ts';
import { crewName } from '../who.ts';

/** What to say over the radio, in the order in which it is said; what the centre does not have comes first. */
export function ReadOutPage({ view, crew }: { readonly view: OrderView; readonly crew: CrewId }) {
  const { t, p, f } = usePageWords();
  const shell = useShell();
  const client = useClient();
  const { order } = view;
  const done = view.events.filter((line) => isOwnWork(line, crew));
  const waiting = done.filter(({ custody }) => custody === 'here');
  const told = done.filter(({ custody }) => custody !== 'here').slice(-LATEST);
  const after = nextToRead(client.orders.value, view);
  const hazards = (order.report?.hazards ?? []).map((hazard) => hazardWord(hazard, t)).join(' · ');
  return (
    <Page
      main={
        <div class="read-out-card">
          <PageHead title={p('readOut.title')} onBack={() => shell.go({ at: 'order', order: order.id })} />
          <p class="read-out-crew">{crewName(client.org.value, crew)}</p>
          <div>
            <p class="clock tabular">{groupedId(order.id)}</p>
            <p class="read-out-spoken">{f.spoken(order.id)}</p>
          </div>
          <p class="number">{order.report?.address}</p>
          {hazards !== '' && <p class="number">{hazards}</p>}
          <Lines title={p('outbox.onTablet')} lines={waiting} />
          <AfterPaint>{() => <Lines title={p('outbox.received')} lines={told} />}</AfterPaint>
          {done.length === 0 && <p class="number">{p('readOut.nothing')}</p>}
        </div>
      }
      step={
        <div class="read-out-next">
          <p class="meta">{p('readOut.deskWrites')}</p>
          <QuietButton
            label={after ? p('readOut.next', { id: groupedId(after.order.id) }) : p('readOut.last')}
            whyNot={after ? undefined : p('readOut.noMore')}
            onTap={() => after && shell.go({ at: 'readOut', order: after.order.id })}
          />
        </div>
      }
    />
  );
}

function Lines({ title, lines }: { readonly title: string; readonly lines: readonly TraceLine[] }) {
  const { t, f } = usePageWords();
  if (lines.length === 0) return null;
  return (
    <Section title={title} count={lines.length}>
      <ol class="read-out-lines">
        {lines.map((line) => (
          <li key={line.id}>
            <span class="number">
              <span class="tabular">{f.clockSeconds(line.recorded.time.est)}</span>{' '}
              {didWord(line.recorded.event.kind, line.recorded.event.data, t)}
            </span>
            <CustodyOf custody={line.custody} />
          </li>
        ))}
      </ol>
    </Section>
  );
}

const LATEST = 6;

const isOwnWork = ({ recorded: { event } }: TraceLine, crew: CrewId): boolean =>
  event.data['crew'] === crew && event.kind !== 'dispatched' && event.kind !== 'recalled';

/** The next order, going round, with something the centre does not have. */
function nextToRead(views: readonly OrderView[], now: OrderView): OrderView | null {
  const open = views.filter(
    (view) => view.order.id === now.order.id || view.events.some((line) => line.custody === 'here'),
  );
  const at = open.findIndex((view) => view.order.id === now.order.id);
  const next = open[(at + 1) % open.length];
  return next && next.order.id !== now.order.id ? next : null;
}
