import './step-place.css';
import type { CrewId } from '#shared/ids.ts';

import { type OrderView, useClient } from '../read/client-context.ts';
import { groupedId } from '../text/format.ts';
import { ConfirmInPlace } from '../ui/confirm-in-place.tsx';
import { CustodyOf } from './custody-of.tsx';
import { refusalWords } from './refusal-words.ts';
import { useShell, useWords } from './shell.ts';
import { StepQuestion } from './step-question.tsx';
import { askedWords, didWord, stepVerb } from './steps.ts';
import type { JustDone, StepModel } from './use-step.ts';

export type StepPlaceProps = {
  readonly view: OrderView;
  readonly crew: CrewId;
  readonly model: StepModel;
  /** Names the order above the button where the page shows more than this one. */
  readonly named?: boolean | undefined;
};

/** The one next step, in its one place at the bottom (at the thumb's side on a wide screen). */
export function StepPlace({ view, crew, model, named = false }: StepPlaceProps) {
  const { t } = useWords();
  const wide = useShell().wide.value;
  const { phase, next, asked, done } = model;
  const told = useClient().order(done?.order ?? view.order.id).value ?? view;
  const words = asked ? askedWords(asked.kind, t) : null;
  if (phase === 'none') return null;
  const place = (
    <ConfirmInPlace
      phase={phase === 'quiet' ? 'done' : phase}
      first={{
        label: next ? stepVerb(next, t) : '',
        onTap: () => next && model.tap(next),
        whyNot: model.refusal ? refusalWords(model.refusal, t) : undefined,
      }}
      confirm={{ label: words?.confirm ?? '', onTap: () => model.confirm() }}
      harmless={{ label: words?.notYet ?? '', onTap: () => model.notYet() }}
      beside={next === 'diagnosed' ? { label: stepVerb('restored', t), onTap: () => model.tap('restored') } : undefined}
      fact={done ? <FactDone view={told} done={done} /> : <NowIs view={view} model={model} />}
    >
      {asked && <StepQuestion view={view} crew={crew} asked={asked} answer={wide ? null : model.answer} />}
    </ConfirmInPlace>
  );
  return (
    <div class="step-place">
      {named && (
        <p class="step-order">
          <span class="tabular">{groupedId(told.order.id)}</span> <span>{told.order.report?.address}</span>
        </p>
      )}
      {place}
    </div>
  );
}

/** "14:31:40 出发 · 本机已存": nothing is said of custody before it is stored. */
function FactDone({ view, done }: { readonly view: OrderView; readonly done: JustDone }) {
  const { t, f } = useWords();
  const line = view.events.find((event) => event.id === done.id);
  return (
    <>
      <span>
        <span class="tabular">{f.clockSeconds(line?.recorded.time.est ?? done.at)}</span>{' '}
        {didWord(done.kind, line?.recorded.event.data ?? {}, t)}
      </span>
      {done.id !== null && <CustodyOf custody={line?.custody ?? 'here'} />}
    </>
  );
}

/** Something else than a tap changed what this place does: said, before it can be touched. */
function NowIs({ view, model }: { readonly view: OrderView; readonly model: StepModel }) {
  const { t } = useWords();
  if (!model.next) return <span>{t('order.nothingNext')}</span>;
  return (
    <>
      <span>{t('today.nextIs', { id: groupedId(view.order.id) })}</span>
      <span class="meta">{stepVerb(model.next, t)}</span>
    </>
  );
}
