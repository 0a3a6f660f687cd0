import './crew-picker.css';
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';

import { EmptyLine } from '../../ui/empty-line.tsx';
import { Field } from '../../ui/field.tsx';
import { useDesk, useWords } from '../desk-state.ts';
import type { Judged } from '../judge.ts';
import { useKeydown } from '../use-keydown.ts';
import { type CrewChoice, crewChoices } from './crew-choices.ts';
import { type Chance, rankCrews, type Ranked } from './rank-crews.ts';
import { useCommit } from './use-commit.ts';

/** Who gets it: crews by whether they are there in time, each with why. ↑ ↓ walk, Enter gives it to that crew. */
export function CrewPicker({ one, reassign }: { readonly one: Judged; readonly reassign: boolean }) {
  const desk = useDesk();
  const { t, format } = useWords();
  const { order } = one;
  const needle = useSignal('');
  const reason = useSignal('');
  const { error, commit } = useCommit(order.id);
  const box = useRef<HTMLDivElement>(null);
  const session = desk.client.session.value;
  useEffect(() => box.current?.querySelector<HTMLElement>('input')?.focus(), []);

  const now = desk.asOf.value;
  const limit = one.clocks.find(({ clock }) => clock.rule.stop === 'arrived' && !clock.stop)?.clock.limit.from ?? null;
  const known = crewChoices({
    org: desk.client.org.value,
    live: desk.client.live.value,
    judged: desk.judged.value,
    unit: session?.unit.id ?? null,
    point: order.report?.point,
    except: order.crew,
    now,
  }).filter(({ name }) => name.toLowerCase().includes(needle.value.trim().toLowerCase()));
  const choices = rankCrews(known, limit === null ? null : limit - now);

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
      give(first.known);
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
      <p class="meta tabular">
        {limit === null
          ? t('picker.noLimit')
          : t('picker.limit', { time: format.when(limit, now), left: format.left(limit - now) })}
      </p>
      <div class="crew-choices">
        {CHANCES.map((chance) => {
          const among = choices.filter((ranked) => ranked.chance === chance);
          return (
            among.length > 0 && (
              <div key={chance} role="group" aria-labelledby={`chance-${chance}`}>
                <h3 id={`chance-${chance}`} class={`chance is-${chance}`}>
                  {t(`picker.${chance}`)}
                </h3>
                {among.map((ranked) => (
                  <Choice key={ranked.known.crew.id} ranked={ranked} onGive={give} />
                ))}
              </div>
            )
          );
        })}
        {choices.length === 0 && <EmptyLine text={t('dispatch.none')} />}
      </div>
    </div>
  );
}

const CHANCES = ['inTime', 'cannotSay', 'tooLate'] as const satisfies readonly Chance[];

type ChoiceProps = { readonly ranked: Ranked<CrewChoice>; readonly onGive: (choice: CrewChoice) => void };

/** One crew with when it can be there and everything that speaks for and against it. */
function Choice({ ranked, onGive }: ChoiceProps) {
  const { t, format } = useWords();
  const { known, fromMs, toMs, reasons } = ranked;
  const { name, orders, silentMs, metres, fixAgeMs } = known;
  const said = reasons.filter((reason) => reason !== 'neverHeard' && reason !== 'silent' && reason !== 'noPlace');
  const unheard = reasons.includes('silent') || reasons.includes('neverHeard');
  return (
    <button type="button" class={`crew-choice${unheard ? ' is-silent' : ''}`} onClick={() => onGive(known)}>
      <span class="crew-name">{name}</span>
      <span class="tabular crew-span">
        {fromMs === null || toMs === null
          ? t('dispatch.noPlace')
          : t('picker.span', { from: minutes(fromMs), to: minutes(toMs) })}
      </span>
      <span class="tabular crew-why">
        {[
          metres === null ? null : format.distance(metres),
          silentMs === null
            ? t('verdict.noNewsYet')
            : reasons.includes('silent')
              ? t('verdict.noNewsFor', { age: format.span(silentMs) })
              : t('sheet.newsAge', { age: format.age(silentMs) }),
          orders === 0 ? t('dispatch.free') : t('dispatch.orders', { n: orders }),
          ...said.map((reason) => t(`picker.${reason}`, { age: format.age(fixAgeMs ?? 0) })),
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </button>
  );
}

const minutes = (ms: number): number => Math.ceil(ms / 60_000);

function walk(box: HTMLElement | null, step: 1 | -1): void {
  const all = [...(box?.querySelectorAll<HTMLElement>('input, .crew-choice') ?? [])];
  const at = all.findIndex((one) => one === document.activeElement);
  all[Math.max(0, Math.min(all.length - 1, at + step))]?.focus();
}
