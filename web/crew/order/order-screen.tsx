import './order.css';
import type { CrewId } from '#shared/ids.ts';
import { takenFrom } from '#shared/order/order.ts';

import { type OrderView, useClient } from '../../read/client-context.ts';
import { groupedId } from '../../text/format.ts';
import { EmptyLine } from '../../ui/empty-line.tsx';
import { backIcon } from '../../ui/icons.ts';
import { QuietButton } from '../../ui/quiet-button.tsx';
import { AfterPaint } from '../after-paint.tsx';
import { LatestRecord } from '../latest-record.tsx';
import { OrderChip } from '../order-chip.tsx';
import { RestoreForm } from '../restore-form.tsx';
import { useShell, useWords } from '../shell.ts';
import { UrgeCard } from '../urge-card.tsx';
import { urgesOf } from '../urges.ts';
import type { StepModel } from '../use-step.ts';
import { ClockLines } from './clock-lines.tsx';
import { MoreActions } from './more-actions.tsx';
import { OrderFacts } from './order-facts.tsx';
import { PauseLine } from './pause-line.tsx';
import { StageRail } from './stage-rail.tsx';
import { TakenAway } from './taken-away.tsx';
import { Trace } from './trace.tsx';

export type OrderScreenProps = { readonly view: OrderView; readonly crew: CrewId; readonly model: StepModel };

/** One order. Its next step lies below it, or at the thumb's side on a wide screen. */
export function OrderScreen({ view, crew, model }: OrderScreenProps) {
  const { t } = useWords();
  const shell = useShell();
  const client = useClient();
  const { order } = view;
  const wide = shell.wide.value;
  const urges = urgesOf([view], crew);
  const away = view.drop !== null || takenFrom(order, crew) !== null;
  return (
    <div class="order">
      <header class="order-head">
        {!wide && <QuietButton label={t('tab.orders')} icon={backIcon} onTap={() => shell.go({ at: 'today' })} />}
        <h1 class="number tabular" aria-label={t('order.title', { id: order.id })}>
          {groupedId(order.id)}
        </h1>
        {!away && (
          <span class="label">
            <OrderChip order={order} crew={crew} now={client.seconds.value} filled second seconds />
          </span>
        )}
      </header>
      <TakenAway view={view} crew={crew} />
      {wide && model.phase === 'asking' && model.asked?.kind === 'restored' && <RestoreForm answer={model.answer} />}
      <PauseLine view={view} crew={crew} />
      {urges.map((urge) => (
        <UrgeCard key={urge.fact.id} urge={urge} crew={crew} named={false} />
      ))}
      <StageRail order={order} crew={crew} />
      <LatestRecord view={view} />
      {!away && <ClockLines order={order} crew={crew} />}
      {order.report ? <OrderFacts report={order.report} /> : <EmptyLine text={t('today.unreadable')} />}
      <AfterPaint>
        {() => (
          <>
            <MoreActions view={view} crew={crew} model={model} />
            <Trace view={view} />
          </>
        )}
      </AfterPaint>
    </div>
  );
}
