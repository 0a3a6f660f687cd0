import './more-actions.css';
import { useSignal } from '@preact/signals';

import type { CrewId } from '#shared/ids.ts';
import { crewOperations } from '#shared/order/operations.ts';

import type { OrderView } from '../../read/client-context.ts';
import { radioIcon } from '../../ui/icons.ts';
import { QuietButton } from '../../ui/quiet-button.tsx';
import { usePageWords } from '../page-words.ts';
import { refusalWords } from '../refusal-words.ts';
import { useShell } from '../shell.ts';
import { stepVerb } from '../steps.ts';
import type { StepModel } from '../use-step.ts';

type MoreProps = { readonly view: OrderView; readonly crew: CrewId; readonly model: StepModel };

/** Everything else that can be recorded; what cannot be done now says why. What is done needs no button. */
export function MoreActions({ view, crew, model }: MoreProps) {
  const { t, p } = usePageWords();
  const shell = useShell();
  const { order } = view;
  const open = useSignal(false);
  const rest = crewOperations(order, crew).filter(
    ({ name, refusal }) => name !== model.next && name !== 'urgeAnswered' && refusal !== 'alreadyDone',
  );
  // What may be done now stands first; what waits for another step, or is nobody's here any more, after it.
  const now = rest.filter(({ refusal }) => refusal === null);
  const later = rest.filter(({ refusal }) => refusal !== null);
  return (
    <div class="more-actions">
      <div class="more-row">
        <QuietButton label={t('act.note')} onTap={() => model.tap('noted')} />
        <QuietButton
          label={p('readOut.title')}
          icon={radioIcon}
          onTap={() => shell.go({ at: 'readOut', order: order.id })}
        />
        <QuietButton label={t('act.more')} expanded={open.value} onTap={() => (open.value = !open.value)} />
      </div>
      {open.value && (
        <div class="more-row more-grid">
          {[...now.filter(({ name }) => name !== 'noted'), ...later].map(({ name, refusal }) => (
            <QuietButton
              key={name}
              label={stepVerb(name, t)}
              whyNot={refusal ? refusalWords(refusal, t) : undefined}
              onTap={() => model.tap(name)}
            />
          ))}
        </div>
      )}
    </div>
  );
}
