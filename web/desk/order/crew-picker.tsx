import './crew-picker.css';
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';

import { EmptyLine } from '../../ui/empty-line.tsx';
import { Field } from '../../ui/field.tsx';
import { useDesk, useWords } from '../desk-state.ts';
import { type Judged, SILENT_AFTER_MS } from '../judge.ts';
import { useKeydown } from '../use-keydown.ts';
import { type CrewChoice, crewChoices } from './crew-choices.ts';
import { useCommit } from './use-commit.ts';

/** Who gets it: crews by distance with their load and last news. ↑ ↓ walk, Enter gives it to that crew. */
export function CrewPicker({ one, reassign }: { readonly one: Judged; readonly reassign: boolean }) {
  const desk = useDesk();
  const { t } = useWords();
  const { order } = one;
  const needle = useSignal('');
  const reason = useSignal('');
  const { error, commit } = useCommit(order.id);
  const box = useRef<HTMLDivElement>(null);
  const session = desk.client.session.value;
  useEffect(() => box.current?.querySelector<HTMLElement>('input')?.focus(), []);

  const choices = crewChoices({
    org: desk.client.org.value,
    live: desk.client.live.value,
    judged: desk.judged.value,
    unit: session?.unit.id ?? null,
    point: order.report?.point,
    except: order.crew,
  }).filter(({ crew }) => crew.name.toLowerCase().includes(needle.value.trim().toLowerCase()));

  const give = ({ crew }: CrewChoice): void => {
    const why = reason.value.trim();
    if (!reassign) {
      void commit(
        { kind: 'dispatched', data: { crew: crew.id } },
        t('answer.dispatched', { id: order.id, crew: crew.name }),
      );
      return;
    }
    if (why === '' || order.crew === null) {
      error.value = t('refusal.reasonMissing');
      box.current?.querySelector<HTMLElement>('input')?.focus();
      return;
    }
    const data = { from: order.crew, to: crew.id, reason: why };
    void commit({ kind: 'reassigned', data }, t('answer.reassigned', { id: order.id, crew: crew.name }));
  };

  useKeydown(box, (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      event.stopPropagation();
      walk(box.current, event.key === 'ArrowDown' ? 1 : -1);
    }
    const first = choices[0];
    if (event.key === 'Enter' && event.target instanceof HTMLInputElement && first && !reassign) {
      event.preventDefault();
      give(first);
    }
  });

  return (
    <div ref={box} class="crew-picker">
      {reassign && (
        <Field label={t('field.reason')} name="reason" value={reason.value} onInput={(text) => (reason.value = text)} />
      )}
      <Field
        label={t('dispatch.find')}
        name="crew"
        kind="search"
        hint={reassign ? undefined : t('dispatch.hint')}
        value={needle.value}
        onInput={(text) => (needle.value = text)}
      />
      {error.value !== null && (
        <p class="form-error" role="alert">
          {error.value}
        </p>
      )}
      <div class="crew-choices">
        {choices.map((choice) => (
          <Choice key={choice.crew.id} choice={choice} now={desk.asOf.value} onGive={give} />
        ))}
        {choices.length === 0 && <EmptyLine text={t('dispatch.none')} />}
      </div>
    </div>
  );
}

type ChoiceProps = {
  readonly choice: CrewChoice;
  readonly now: number;
  readonly onGive: (choice: CrewChoice) => void;
};

function Choice({ choice, now, onGive }: ChoiceProps) {
  const { t, format } = useWords();
  const { crew, orders, heard, metres } = choice;
  const silent = heard !== null && now - heard >= SILENT_AFTER_MS;
  const news =
    heard === null
      ? t('verdict.noNewsYet')
      : silent
        ? t('verdict.noNewsFor', { age: format.span(now - heard) })
        : t('sheet.newsAge', { age: format.age(Math.max(0, now - heard)) });
  return (
    <button
      type="button"
      class={`crew-choice${silent || heard === null ? ' is-silent' : ''}`}
      onClick={() => onGive(choice)}
    >
      <span class="crew-name">{crew.name}</span>
      <span class="tabular">{metres === null ? t('dispatch.noPlace') : format.distance(metres)}</span>
      <span class="tabular">{news}</span>
      <span class="tabular">{orders === 0 ? t('dispatch.free') : t('dispatch.orders', { n: orders })}</span>
    </button>
  );
}

function walk(box: HTMLElement | null, step: 1 | -1): void {
  const all = [...(box?.querySelectorAll<HTMLElement>('input, .crew-choice') ?? [])];
  const at = all.findIndex((one) => one === document.activeElement);
  all[Math.max(0, Math.min(all.length - 1, at + step))]?.focus();
}
