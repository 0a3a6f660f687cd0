import type { CrewId } from '#shared/ids.ts';
import { takenFrom } from '#shared/order/order.ts';

import { type OrderView, useClient } from '../../read/client-context.ts';
import { groupedId } from '../../text/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { reassignedIcon } from '../../ui/icons.ts';
import { ListRow } from '../../ui/list-row.tsx';
import { hazardWord } from '../hazard-words.ts';
import { OrderChip } from '../order-chip.tsx';
import { useShell, useWords } from '../shell.ts';
import { stateWord } from '../stage-words.ts';
import { askedWords } from '../steps.ts';
import { askedOf } from '../use-step.ts';

type RowProps = {
  readonly view: OrderView;
  readonly crew: CrewId;
  readonly now: number;
  readonly selected?: boolean | undefined;
};

/** One order of the crew: how it stands, where, its state, its hazards. */
export function OrderRow({ view, crew, now, selected }: RowProps) {
  const { t, f } = useWords();
  const shell = useShell();
  const { order } = view;
  const asked = askedOf(useClient().taps.value, order.id);
  const notes = [
    asked ? askedWords(asked.kind, t).waiting(f.clockSeconds(asked.tap.at)) : stateWord(order, crew, t),
    ...(order.report?.hazards ?? []).map((hazard) => hazardWord(hazard, t)),
    ...(view.unread ? [t('today.unread')] : []),
  ];
  return (
    <ListRow
      lead={<OrderChip order={order} crew={crew} now={now} />}
      title={order.report?.address ?? groupedId(order.id)}
      note={notes.join(' · ')}
      end={groupedId(order.id)}
      selected={selected}
      onTap={() => shell.go({ at: 'order', order: order.id })}
    />
  );
}

/** An order that was taken away: who has it now, and that the crew's own record is kept. */
export function AwayRow({ view, crew, selected }: Omit<RowProps, 'now'>) {
  const { t } = useWords();
  const shell = useShell();
  const org = useClient().org.value;
  const { order, drop } = view;
  const to = drop ? drop.to : (takenFrom(order, crew)?.next ?? null);
  const returned = takenFrom(order, crew)?.returned !== undefined;
  const state = to
    ? `${t('state.reassigned')} ${org.crews.get(to)?.name ?? groupedId(to)}`
    : t(returned ? 'state.returned' : 'state.recalled');
  return (
    <ListRow
      lead={<Icon shape={reassignedIcon} />}
      title={order.report?.address ?? groupedId(order.id)}
      note={`${state} · ${t('today.awayKept')}`}
      end={groupedId(order.id)}
      selected={selected}
      onTap={() => shell.go({ at: 'order', order: order.id })}
    />
  );
}
