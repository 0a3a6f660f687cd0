import type { CrewId } from '#shared/ids.ts';

import type { OrderView } from '../../read/client-context.ts';
import { groupedId } from '../../text/format.ts';
import { Hazards } from '../hazards.tsx';
import { OrderChip } from '../order-chip.tsx';
import { useShell, useWords } from '../shell.ts';
import { stateWord } from '../stage-words.ts';

/** The one order to look at now, readable at a glance; a tap opens it. Its step lies at the bottom of the screen. */
export function NextCard(props: {
  readonly view: OrderView;
  readonly crew: CrewId;
  readonly now: number;
  readonly selected: boolean;
}) {
  const { view, crew, now, selected } = props;
  const { t } = useWords();
  const shell = useShell();
  const { order } = view;
  const { report } = order;
  const facts = [
    stateWord(order, crew, t),
    ...(report?.customers === undefined || order.extent === 'all'
      ? []
      : [t('order.customers', { n: report.customers })]),
    ...(view.unread ? [t('today.unread')] : []),
  ];
  return (
    <button
      type="button"
      class={`next-card${selected ? ' is-selected' : ''}`}
      aria-current={selected ? 'true' : undefined}
      onClick={() => shell.go({ at: 'order', order: order.id })}
    >
      <span class="next-head">
        <span class="number">
          <OrderChip order={order} crew={crew} now={now} second filled />
        </span>
        <span class="label tabular">{groupedId(order.id)}</span>
      </span>
      <span class="label">{report?.address}</span>
      {report?.words !== undefined && <span class="next-words">{report.words}</span>}
      <span class="meta">{facts.join(' · ')}</span>
      {report && <Hazards report={report} />}
    </button>
  );
}
