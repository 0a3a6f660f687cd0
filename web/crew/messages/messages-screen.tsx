import './messages.css';
import { understood } from '#shared/event/catalog.ts';
import type { CrewId } from '#shared/ids.ts';

import { type TraceLine, useClient } from '../../read/client-context.ts';
import { groupedId } from '../../text/format.ts';
import { EmptyLine } from '../../ui/empty-line.tsx';
import { Section } from '../../ui/section.tsx';
import { CustodyOf } from '../custody-of.tsx';
import { type PageWords, usePageWords } from '../page-words.ts';
import { urgeAnswerWord } from '../reason-words.ts';
import { UrgeCard } from '../urge-card.tsx';
import { urgesOf } from '../urges.ts';

/** What others want to hear from this crew, and what it said. An answer quiets the pressing, never the clock. */
export function MessagesScreen({ crew }: { readonly crew: CrewId }) {
  const words = usePageWords();
  const { t, p, f } = words;
  const client = useClient();
  const views = client.orders.value;
  const open = urgesOf(views, crew);
  const answered = views
    .flatMap((view) => view.events.filter((line) => isAnswer(line, crew)).map((line) => ({ view, line })))
    .toSorted((a, b) => b.line.recorded.time.est - a.line.recorded.time.est)
    .slice(0, MOST_SHOWN);
  return (
    <div class="messages">
      <h1 class="visually-hidden">{t('tab.messages')}</h1>
      <Section title={p('urge.open')} count={open.length}>
        <div class="messages-open">
          {open.length === 0 && <EmptyLine text={p('urge.none')} />}
          {open.map((urge) => (
            <UrgeCard key={urge.fact.id} urge={urge} crew={crew} named />
          ))}
        </div>
      </Section>
      {answered.length > 0 && (
        <Section title={p('urge.answered')} count={answered.length}>
          <ul class="messages-answered">
            {answered.map(({ view, line }) => (
              <li key={line.id}>
                <span>
                  <span class="tabular">{f.when(line.recorded.time.est, client.now.value)}</span>{' '}
                  <span class="tabular">{groupedId(view.order.id)}</span> {answerWords(line, words)}
                </span>
                <CustodyOf custody={line.custody} />
              </li>
            ))}
          </ul>
        </Section>
      )}
    </div>
  );
}

const MOST_SHOWN = 20;

const isAnswer = ({ recorded: { event } }: TraceLine, crew: CrewId): boolean =>
  event.kind === 'urgeAnswered' && event.data['crew'] === crew;

function answerWords({ recorded }: TraceLine, { t, p }: PageWords): string {
  const draft = understood(recorded.event);
  if (draft?.kind !== 'urgeAnswered') return t('did.urgeAnswered');
  return draft.data.note ?? urgeAnswerWord(draft.data.answer, p);
}
