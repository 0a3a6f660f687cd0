import './driving.css';
import type { CrewId } from '#shared/ids.ts';

import { type OrderView, useClient } from '../../read/client-context.ts';
import { groupedId } from '../../text/format.ts';
import { navigateIcon } from '../../ui/icons.ts';
import { QuietButton } from '../../ui/quiet-button.tsx';
import { LinkButton } from '../link-button.tsx';
import { OrderChip } from '../order-chip.tsx';
import { usePageWords } from '../page-words.ts';
import { Page } from '../page.tsx';
import { StepPlace } from '../step-place.tsx';
import { urgesOf } from '../urges.ts';
import type { StepModel } from '../use-step.ts';

/** For a glance of two seconds: one place, one limit, one button. Nothing to read, nothing to choose. */
export function DrivingPage(props: {
  readonly view: OrderView;
  readonly crew: CrewId;
  readonly model: StepModel;
  readonly onLift: () => void;
}) {
  const { view, crew, model, onLift } = props;
  const { t, p } = usePageWords();
  const client = useClient();
  const { report } = view.order;
  const urges = urgesOf(client.orders.value, crew).length;
  return (
    <Page
      main={
        <div class="driving">
          <h1 class="visually-hidden">{p('driving.title')}</h1>
          <p class="driving-limit">
            <OrderChip order={view.order} crew={crew} now={client.now.value} filled second />
          </p>
          <p class="driving-where">
            <span class="meta tabular">{groupedId(view.order.id)}</span>
            <span>{report?.address}</span>
          </p>
          {urges > 0 && <p class="label">{p('driving.urges', { n: urges })}</p>}
          {report?.point && (
            <div class="driving-go">
              <LinkButton
                href={`geo:${report.point.lat},${report.point.lon}`}
                label={t('act.navigate')}
                icon={navigateIcon}
              />
            </div>
          )}
          <div class="driving-lift">
            <QuietButton label={p('driving.lift')} onTap={onLift} />
          </div>
        </div>
      }
      step={<StepPlace view={view} crew={crew} model={model} />}
    />
  );
}
