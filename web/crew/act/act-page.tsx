import './act.css';
import { useSignal } from '@preact/signals';

import type { CrewId } from '#shared/ids.ts';
import { crewRefusal } from '#shared/order/decide.ts';

import { type OrderView, useClient } from '../../read/client-context.ts';
import { groupedId } from '../../text/format.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { freshFix } from '../field-draft.ts';
import { PageHead } from '../page-head.tsx';
import { usePageWords } from '../page-words.ts';
import { Page } from '../page.tsx';
import type { ActName } from '../place.ts';
import { refusalWords } from '../refusal-words.ts';
import { useShell } from '../shell.ts';
import { stepVerb } from '../steps.ts';
import { useDraft } from '../use-draft.ts';
import type { JustDone } from '../use-step.ts';
import { actDraft } from './act-draft.ts';
import { ActForm } from './act-form.tsx';

export type ActPageProps = {
  readonly view: OrderView;
  readonly crew: CrewId;
  readonly act: ActName;
  /** Told what was kept: the place of the next step shows it before it can be touched. */
  readonly onKept: (done: JustDone) => void;
};

/** One fact that needs words: chosen by big buttons, kept by the one at the bottom. */
export function ActPage({ view, crew, act, onKept }: ActPageProps) {
  const { t, p } = usePageWords();
  const shell = useShell();
  const client = useClient();
  const draft = useDraft(`${act}.${view.order.id}`);
  const busy = useSignal(false);
  const { order } = view;
  const now = client.now.value;
  const fix = freshFix(client.position.here.value, now);
  const made = actDraft(act, draft.filled.value, { crew, fix, now, t, p });
  const refusal = crewRefusal(order, act, crew);
  const leave = (): void => shell.go({ at: 'order', order: order.id });

  const keep = async (): Promise<void> => {
    if (busy.value || 'whyNot' in made) return;
    busy.value = true;
    const stored = await client.submit(order.id, made);
    busy.value = false;
    if (!stored.ok) return;
    draft.forget();
    onKept({ order: order.id, kind: act, at: now, id: stored.value });
    leave();
  };

  const whyNot = refusal ? refusalWords(refusal, t) : 'whyNot' in made ? made.whyNot : undefined;
  return (
    <Page
      main={
        <div class="act">
          <PageHead title={stepVerb(act, t)} onBack={leave}>
            <p class="act-order">
              <span class="tabular">{groupedId(order.id)}</span> <span>{order.report?.address}</span>
            </p>
          </PageHead>
          <ActForm act={act} view={view} draft={draft} now={now} />
        </div>
      }
      step={<ActionButton label={p('form.keep')} whyNot={whyNot} onTap={() => void keep()} />}
    />
  );
}
