import type { Signal } from '@preact/signals';

import type { CrewId } from '#shared/ids.ts';
import { takenFrom } from '#shared/order/order.ts';

import { type OrderView, useClient } from '../read/client-context.ts';
import { metresBetween } from './distance.ts';
import { freshFix, type RestoreAnswer } from './field-draft.ts';
import { localVerdicts } from './local-verdict.ts';
import { RestoreForm } from './restore-form.tsx';
import { useWords } from './shell.ts';
import type { Asked } from './use-step.ts';

export type StepQuestionProps = {
  readonly view: OrderView;
  readonly crew: CrewId;
  readonly asked: Asked;
  /** The restore form belongs here; null where it stands in the page. */
  readonly answer: Signal<RestoreAnswer> | null;
};

/** What is being confirmed: the first tap's time, what it means for the limit, how well the place is known. */
export function StepQuestion({ view, crew, asked, answer }: StepQuestionProps) {
  const { t, f } = useWords();
  const { order } = view;
  const off = Math.abs(asked.tap.clock.wall - asked.tap.at);
  return (
    <div class="step-question">
      <div class="step-time">
        <p class="clock">{f.clockSeconds(asked.tap.at)}</p>
        <p class="meta">{t('order.firstTap')}</p>
        {off > SAID_FROM_MS && <p class="meta">{t('order.clockOff', { off: f.span(off) })}</p>}
      </div>
      {asked.kind === 'arrived' && <ArrivalFacts view={view} crew={crew} at={asked.tap.at} />}
      {takenFrom(order, crew) && <p>{t('order.keptAsEvidence')}</p>}
      {asked.kind === 'restored' && answer && <RestoreForm answer={answer} />}
    </div>
  );
}

/** A tablet's clock may be this far off before it is worth a word. */
const SAID_FROM_MS = 120_000;

function ArrivalFacts({ view, crew, at }: { readonly view: OrderView; readonly crew: CrewId; readonly at: number }) {
  const { t, f } = useWords();
  const client = useClient();
  const { activations } = client.org.value;
  const local = localVerdicts(view.order, { crew, now: at, activations }).find(
    ({ clock: { rule } }) => rule.stop === 'arrived' && rule.kind === 'target',
  );
  const fix = freshFix(client.position.here.value, client.now.value);
  const point = view.order.report?.point;
  return (
    <ul class="step-facts">
      {local && !local.clock.stop && (
        <li>
          {t('verdict.limitAt', { time: f.clock(local.clock.limit.to) })}
          {' → '}
          {t('verdict.byThisTablet', {
            verdict: at <= local.clock.limit.to ? t('verdict.met') : f.over(at - local.clock.limit.to),
          })}
        </li>
      )}
      {fix ? (
        <li>
          {fix.acc !== undefined && t('order.position', { error: f.distance(fix.acc) })}
          {fix.acc !== undefined && point && ' · '}
          {point && t('order.distance', { distance: f.distance(metresBetween(fix, point)) })}
        </li>
      ) : (
        <li>{t('order.noPositionOk')}</li>
      )}
    </ul>
  );
}
