import './outbox.css';
import { useSignal } from '@preact/signals';

import { type OutboxItem, type SyncStatus, useClient } from '../../read/client-context.ts';
import type { PageText } from '../../text/crew-pages-text.ts';
import { type Format, groupedId } from '../../text/format.ts';
import { EmptyLine } from '../../ui/empty-line.tsx';
import { tryNowIcon } from '../../ui/icons.ts';
import { QuietButton } from '../../ui/quiet-button.tsx';
import { Section } from '../../ui/section.tsx';
import { AfterPaint } from '../after-paint.tsx';
import { CustodyOf } from '../custody-of.tsx';
import { usePageWords } from '../page-words.ts';
import { SaveUnsent } from '../save-unsent.tsx';
import { Settings } from '../settings.tsx';
import { didWord } from '../steps.ts';

/** What waits, since when, when the centre was last reached, and where every own record lies. */
export function OutboxScreen() {
  const { t, f, p } = usePageWords();
  const client = useClient();
  const showAll = useSignal(false);
  const status = client.status.value;
  const now = client.now.value;
  const items = client.outbox.value;
  const waiting = items.filter((item) => item.state === 'waiting' || item.state === 'parked');
  const received = items.filter((item) => item.state === 'received' || item.state === 'held').toReversed();
  const clockOff = status.lastSuccessAt === null ? null : clockSays(client.tablet.clockOffMs(), p, f);
  const shown = showAll.value ? received : received.slice(0, FEW);

  return (
    <div class="outbox">
      <h1 class="visually-hidden">{p('outbox.title')}</h1>
      <div class="outbox-head">
        <div>
          <p class="label">
            {status.waiting > 0 ? p('outbox.here', { n: status.waiting }) : nothingWaits(status, now, p, f)}
          </p>
          {status.waiting > 0 && status.since !== null && (
            <p>{p('outbox.since', { time: f.when(status.since, now), age: f.age(now - status.since) })}</p>
          )}
          {status.waiting > 0 && <p>{lastContact(status, now, p, f)}</p>}
          <p class="meta">{nextTry(status, now, p, f)}</p>
          {status.held > 0 && <p class="meta">{p('outbox.heldOne', { n: status.held })}</p>}
        </div>
        <QuietButton label={t('act.tryNow')} icon={tryNowIcon} onTap={() => client.syncNow()} />
      </div>
      {waiting.length > 0 && (
        <Section title={p('outbox.onTablet')} count={waiting.length}>
          <Items items={waiting} />
        </Section>
      )}
      {status.waiting > 0 && <SaveUnsent />}
      <Section title={p('outbox.received')} count={received.length}>
        {received.length === 0 ? <EmptyLine text={p('outbox.noneReceived')} /> : <Items items={shown} />}
        {received.length > FEW && (
          <QuietButton
            label={p('outbox.all', { n: received.length })}
            expanded={showAll.value}
            onTap={() => (showAll.value = !showAll.value)}
          />
        )}
        <p class="meta">{status.safe === null ? p('outbox.noBackup') : p('outbox.backup')}</p>
      </Section>
      <AfterPaint>
        {() => (
          <>
            <Section title={p('outbox.tablet')}>
              <p>{storage(status, p, f)}</p>
              {clockOff && <p>{clockOff}</p>}
              {status.persisted !== null && (
                <p>{status.persisted ? p('outbox.persisted') : p('outbox.notPersisted')}</p>
              )}
            </Section>
            <Settings />
          </>
        )}
      </AfterPaint>
    </div>
  );
}

const FEW = 5;
/** Less is what people's own watches differ by. */
const CLOCK_OFF_MS = 2 * 60_000;

function clockSays(offMs: number, p: PageText, f: Format): string | null {
  if (Math.abs(offMs) <= CLOCK_OFF_MS) return null;
  return p(offMs > 0 ? 'outbox.clockAhead' : 'outbox.clockBehind', { by: f.span(Math.abs(offMs)) });
}

function Items({ items }: { readonly items: readonly OutboxItem[] }) {
  const { t, f, p } = usePageWords();
  const now = useClient().now.value;
  return (
    <ol class="outbox-items">
      {items.map((item) => (
        <li key={item.id}>
          <span class="outbox-what">
            <span>{didWord(item.kind, {}, t)}</span>
            {item.order && <span class="tabular">{groupedId(item.order)}</span>}
            <span class="tabular">{f.when(item.since, now)}</span>
            {item.tries > 0 && item.state === 'waiting' && (
              <span class="meta">{p('outbox.tries', { n: item.tries })}</span>
            )}
            {item.state === 'parked' && <span class="meta">{p('outbox.parked')}</span>}
          </span>
          <CustodyOf custody={item.custody} />
        </li>
      ))}
    </ol>
  );
}

const lastContact = ({ lastSuccessAt }: SyncStatus, now: number, p: PageText, f: Format): string =>
  lastSuccessAt === null
    ? p('outbox.neverContact')
    : p('outbox.lastContact', { time: f.when(lastSuccessAt, now), age: f.age(now - lastSuccessAt) });

const nothingWaits = ({ lastSuccessAt }: SyncStatus, now: number, p: PageText, f: Format): string =>
  lastSuccessAt === null ? p('outbox.neverContact') : p('outbox.empty', { time: f.when(lastSuccessAt, now) });

function nextTry({ state, nextTryAt }: SyncStatus, now: number, p: PageText, f: Format): string {
  if (state === 'going') return p('outbox.going');
  if (nextTryAt === null) return p('outbox.onSignal');
  return p('outbox.nextTry', { wait: f.span(Math.max(0, nextTryAt - now)) });
}

const storage = ({ storage: space }: SyncStatus, p: PageText, f: Format): string =>
  space
    ? p('outbox.space', { used: f.size(space.usedBytes), quota: f.size(space.quotaBytes) })
    : p('outbox.spaceUnknown');
