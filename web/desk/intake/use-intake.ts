import { useComputed, useSignal } from '@preact/signals';

import type { UnitId } from '#shared/ids.ts';
import type { CallerField } from '#shared/order/caller-keys.ts';

import { useDesk } from '../desk-state.ts';
import { pointText } from '../typed-point.ts';
import { type Filled, fillFromCaller, takeBack, type Typed } from './fill-from-caller.ts';
import { emptyIntake, type Intake } from './intake-draft.ts';
import type { PossibleCaller } from './possible-callers.ts';

type Choice = Filled & {
  readonly chosen: PossibleCaller;
  readonly field: CallerField;
  readonly before: Intake;
  readonly typedBefore: Typed;
};

export type IntakeState = ReturnType<typeof useIntake>;

/** The form being filled in: what is said by hand, and what a chosen caller brought along. */
export function useIntake(unit: UnitId) {
  const desk = useDesk();
  const empty = emptyIntake(unit);
  const form = useSignal<Intake>(empty);
  const typed = useSignal<Typed>(new Set());
  const choice = useSignal<Choice | null>(null);
  const point = useComputed(() => (desk.picked.value ? pointText(desk.picked.value) : form.value.point));

  return {
    form,
    /** As it would be reported: a place pointed at on the map counts. */
    said: (): Intake => ({ ...form.value, point: point.value }),
    point,
    choice,
    put: (change: Partial<Intake>): void => {
      form.value = { ...form.value, ...change };
      const by = new Set(typed.value);
      for (const [field, value] of Object.entries(change)) {
        if (!isField(field)) continue;
        // What was emptied again is nobody's word.
        if (value === '') by.delete(field);
        else by.add(field);
      }
      typed.value = by;
    },
    choose: (chosen: PossibleCaller, field: CallerField): void => {
      const before = form.peek();
      const typedBefore = typed.peek();
      const byHand: Typed = desk.picked.peek() ? new Set([...typedBefore, 'point']) : typedBefore;
      const now = { ...before, point: point.peek() };
      const filled = fillFromCaller({ form: now, empty, typed: byHand, caller: chosen.caller, field });
      form.value = filled.form;
      typed.value = new Set([...byHand].filter((one) => one !== field));
      choice.value = { ...filled, chosen, field, before, typedBefore };
    },
    /** One of those the person had said otherwise is taken after all. */
    takeKept: (field: keyof Intake): void => {
      const now = choice.peek();
      if (!now) return;
      const value = now.kept[field];
      const { [field]: _, ...kept } = now.kept;
      if (field === 'point') desk.picked.value = null;
      form.value = { ...form.value, [field]: value };
      typed.value = new Set([...typed.value].filter((one) => one !== field));
      choice.value = { ...now, kept, put: { ...now.put, [field]: value } };
    },
    takeBack: (): void => {
      const now = choice.peek();
      if (!now) return;
      form.value = takeBack(form.value, now, now.before);
      typed.value = now.typedBefore;
      choice.value = null;
    },
    /** For the next call. */
    clear: (): void => {
      desk.picked.value = null;
      form.value = empty;
      typed.value = new Set();
      choice.value = null;
    },
  };

  function isField(name: string): name is keyof Intake {
    return name in empty;
  }
}
