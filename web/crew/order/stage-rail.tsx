import './stage-rail.css';
import type { CrewId } from '#shared/ids.ts';
import { done } from '#shared/order/decide.ts';
import { CREW_WORK, nextStep } from '#shared/order/operations.ts';
import type { Order } from '#shared/order/order.ts';

import { useWords } from '../shell.ts';
import { stepVerb } from '../steps.ts';

/** The work in its order: what is done and when, and where we are. */
export function StageRail({ order, crew }: { readonly order: Order; readonly crew: CrewId }) {
  const { t, f } = useWords();
  const next = nextStep(order, crew);
  return (
    <ol class="stage-rail" aria-label={t('order.stages')}>
      {CREW_WORK.map((kind) => {
        const fact = order.facts.findLast((one) => one.kind === kind && one.crew === crew);
        const isDone = done(order, kind, crew);
        return (
          <li
            key={kind}
            class={isDone ? 'is-done' : kind === next ? 'is-next' : 'is-ahead'}
            aria-current={kind === next ? 'step' : undefined}
          >
            <span>
              {kind === 'arrived'
                ? t('order.railArrive')
                : kind === 'diagnosed'
                  ? t('order.railCause')
                  : stepVerb(kind, t)}
            </span>
            <span class="meta tabular">{isDone && fact ? f.clock(fact.time.est) : ''}</span>
          </li>
        );
      })}
    </ol>
  );
}
