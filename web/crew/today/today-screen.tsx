import './today.css';
import { useSignal } from '@preact/signals';

import type { CrewId } from '#shared/ids.ts';

import { useClient } from '../../read/client-context.ts';
import { guideIcon, messagesIcon, personIcon, vanIcon } from '../../ui/icons.ts';
import { QuietButton } from '../../ui/quiet-button.tsx';
import { Section } from '../../ui/section.tsx';
import { MoreRows } from '../more-rows.tsx';
import { NotSecureLine } from '../not-secure-line.tsx';
import { useShell, useWords } from '../shell.ts';
import { UpdateLine } from '../update-line.tsx';
import type { Board } from './board.ts';
import { NextCard } from './next-card.tsx';
import { NothingNext } from './nothing-next.tsx';
import { AwayRow, OrderRow } from './order-row.tsx';

/** The crew's orders by what is due first. On a wide screen it stands at the left of every page. */
export function TodayScreen(props: {
  readonly crew: CrewId;
  readonly board: Board;
  readonly urges: number;
  readonly onDrive: () => void;
}) {
  const { crew, board, urges, onDrive } = props;
  const { t } = useWords();
  const client = useClient();
  const place = useShell().place.value;
  const showDone = useSignal(false);
  const now = client.now.value;
  const isOpen = (id: string): boolean => 'order' in place && place.order === id;

  return (
    <div class="today">
      <h1 class="visually-hidden">{t('today.title')}</h1>
      <NotSecureLine />
      <UpdateLine />
      <ToKnow crew={crew} urges={urges} />
      <Section title={t('today.next')}>
        {board.next ? (
          <NextCard view={board.next} crew={crew} now={now} selected={isOpen(board.next.order.id)} />
        ) : (
          <NothingNext />
        )}
      </Section>
      {(board.others.length > 0 || board.unreadable.length > 0) && (
        <Section title={t('today.others')} count={board.others.length + board.unreadable.length}>
          <MoreRows
            views={board.others}
            renderRow={(view) => <OrderRow view={view} crew={crew} now={now} selected={isOpen(view.order.id)} />}
          >
            {board.unreadable.map((view) => (
              <li key={view.order.id} class="unreadable">
                <span class="tabular">{view.order.id}</span> <span>{t('today.unreadable')}</span>
              </li>
            ))}
          </MoreRows>
        </Section>
      )}
      {board.away.length > 0 && (
        <Section title={t('today.away')} count={board.away.length}>
          <MoreRows
            views={board.away}
            renderRow={(view) => <AwayRow view={view} crew={crew} selected={isOpen(view.order.id)} />}
          />
        </Section>
      )}
      {board.done.length > 0 && (
        <div class="today-done">
          <QuietButton
            label={t('today.done', { n: board.done.length })}
            expanded={showDone.value}
            onTap={() => (showDone.value = !showDone.value)}
          />
          {showDone.value && (
            <MoreRows
              label={t('today.showDone')}
              views={board.done}
              renderRow={(view) => <OrderRow view={view} crew={crew} now={now} selected={isOpen(view.order.id)} />}
            />
          )}
        </div>
      )}
      <Further onDrive={onDrive} drivable={board.next !== null} />
    </div>
  );
}

/** What wants an answer or a look before the work goes on. */
function ToKnow({ crew, urges }: { readonly crew: CrewId; readonly urges: number }) {
  const { t } = useWords();
  const client = useClient();
  const shell = useShell();
  const shift = client.org.value.crews.get(crew)?.shift;
  const begun = shift !== undefined && client.now.value - shift.at < SHIFT_MS;
  if (urges === 0 && begun) return null;
  return (
    <div class="to-know">
      {urges > 0 && (
        <QuietButton
          label={t('today.urges', { n: urges })}
          icon={messagesIcon}
          onTap={() => shell.go({ at: 'messages' })}
        />
      )}
      {!begun && <QuietButton label={t('today.shift')} icon={personIcon} onTap={() => shell.go({ at: 'shift' })} />}
    </div>
  );
}

/** Nobody works longer without beginning anew. */
const SHIFT_MS = 14 * 60 * 60_000;

function Further({ onDrive, drivable }: { readonly onDrive: () => void; readonly drivable: boolean }) {
  const { t } = useWords();
  const shell = useShell();
  return (
    <div class="to-know">
      {drivable && <QuietButton label={t('today.drive')} icon={vanIcon} onTap={onDrive} />}
      <QuietButton label={t('today.guide')} icon={guideIcon} onTap={() => shell.go({ at: 'guide' })} />
    </div>
  );
}
