import './order-drawer.css';
import { foldAll } from '#shared/order/fold.ts';

import type { OrderView } from '../../read/client-context.ts';
import { groupedId } from '../../text/format.ts';
import { Drawer } from '../../ui/drawer.tsx';
import { EmptyLine } from '../../ui/empty-line.tsx';
import { Section } from '../../ui/section.tsx';
import { VerdictChip } from '../../ui/verdict-chip.tsx';
import { useDesk, useWords } from '../desk-state.ts';
import { judge, type Judged } from '../judge.ts';
import { shapeOf, stageWord, verdictWords } from '../order-words.ts';
import { Clocks } from './clocks.tsx';
import { Commands } from './commands.tsx';
import { EraseTexts } from './erase-texts.tsx';
import { Particulars } from './particulars.tsx';
import { Tablets } from './tablets.tsx';
import { TimesToJudge } from './times-to-judge.tsx';
import { Trace } from './trace.tsx';

/** One order: what and where, what can be done, its clocks, and everything that happened to it. */
export function OrderDrawer() {
  const desk = useDesk();
  const { t } = useWords();
  const id = desk.selected.value;
  if (!desk.drawerOpen.value) return null;
  const archived = desk.archived.value;
  const view = archived ? archivedView(archived) : id === null ? null : desk.client.order(id).value;
  const close = (): void => {
    desk.closeTop();
  };
  if (view === null)
    return (
      <Drawer title={id ?? ''} closeLabel={t('act.close')} onClose={close}>
        <EmptyLine text={t('desk.orderGone')} />
      </Drawer>
    );
  const one = judge(view, desk.known.value);
  return (
    <Drawer
      key={archived ? `archived ${archived.id}` : 'live'}
      title={<Title one={one} />}
      closeLabel={t('act.close')}
      onClose={close}
      takesFocus={desk.drawerTakesFocus.value}
    >
      {archived && <p class="read-only">{t('sheet.readOnly')}</p>}
      <Particulars one={one} />
      {!archived && <Commands one={one} />}
      {!archived && <TimesToJudge one={one} />}
      {!archived && <Tablets one={one} />}
      <Section title={t('sheet.clocks')}>
        <Clocks one={one} />
      </Section>
      <Section title={t('sheet.trace')} count={view.events.length}>
        <Trace one={one} />
      </Section>
      <EraseTexts one={one} archived={archived !== null} />
    </Drawer>
  );
}

function Title({ one }: { readonly one: Judged }) {
  const desk = useDesk();
  const words = useWords();
  const { word, second } = verdictWords(one, words);
  const shape = shapeOf(one, one.silentMs);
  return (
    <>
      <span class="number">{groupedId(one.order.id)}</span>
      {shape && <VerdictChip {...shape} word={word} second={second} />}
      <span class="drawer-stage">{stageWord(one.view, desk.known.value.heard, words.t)}</span>
    </>
  );
}

function archivedView({ id, events }: { id: OrderView['order']['id']; events: OrderView['events'] }): OrderView {
  const order = foldAll(
    id,
    events.map(({ recorded }) => recorded),
  );
  return { order, events, drop: null, unread: false };
}
