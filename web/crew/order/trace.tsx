import './trace.css';
import type { Envelope } from '#shared/event/envelope.ts';
import { CrewId } from '#shared/ids.ts';

import { type OrderView, type Organisation, type TraceLine, useClient } from '../../read/client-context.ts';
import type { CrewText } from '../../text/crew-text.ts';
import { timeWords } from '../../text/time-words.ts';
import { EmptyLine } from '../../ui/empty-line.tsx';
import { Section } from '../../ui/section.tsx';
import { TimeLabel } from '../../ui/time-label.tsx';
import { CustodyOf } from '../custody-of.tsx';
import { usePageWords } from '../page-words.ts';
import { didWord } from '../steps.ts';
import { crewName, personName } from '../who.ts';
import { saidIn } from './said-in.ts';

/** Everything that was recorded about an order, newest first, each line with where its record lies. */
export function Trace({ view }: { readonly view: OrderView }) {
  const { t } = usePageWords();
  const lines = view.events.filter((line) => line.recorded.event.kind !== 'archived').toReversed();
  return (
    <Section title={t('order.trace')}>
      {lines.length === 0 && <EmptyLine text={t('order.noNews')} />}
      <ol class="trace">
        {lines.map((line) => (
          <Line key={line.id} line={line} />
        ))}
      </ol>
    </Section>
  );
}

function Line({ line }: { readonly line: TraceLine }) {
  const words = usePageWords();
  const { t, f } = words;
  const client = useClient();
  const { event, time, rcv } = line.recorded;
  const who = whoSays(line, client.org.value, t);
  return (
    <li>
      <span class="trace-time tabular">{f.when(time.est, client.now.value)}</span>
      <span class="trace-what">
        <span class="trace-did">{didWord(event.kind, event.data, t)}</span>
        {isFieldFact(event) && <TimeLabel {...timeWords(time, f, true)} />}
        {who !== '' && <span class="meta">{who}</span>}
        {saidIn(line.recorded, words).map((said) => (
          <span key={said}>{said}</span>
        ))}
      </span>
      <CustodyOf custody={line.custody} time={line.custody === 'received' && rcv !== null ? f.clock(rcv) : undefined} />
    </li>
  );
}

/** How sure a time is stands only with facts that judge people. */
const isFieldFact = (event: Envelope): boolean =>
  ['accepted', 'departed', 'arrived', 'restored', 'submitted'].includes(event.kind);

function whoSays({ recorded: { event } }: TraceLine, org: Organisation, t: CrewText): string {
  const crew = CrewId.safeParse(event.data['crew'] ?? event.data['to']);
  return [
    personName(org, event.by),
    crew.success ? crewName(org, crew.data) : '',
    event.data['radio'] === true ? t('order.byRadio') : '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
}
