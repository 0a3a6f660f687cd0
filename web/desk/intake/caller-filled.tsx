import { useRef } from 'preact/hooks';

import type { Area, CustomerClass } from '#shared/event/parts.ts';
import type { UnitId } from '#shared/ids.ts';

import { QuietButton } from '../../ui/quiet-button.tsx';
import { useDesk, useWords } from '../desk-state.ts';
import type { KnownField } from './fill-from-caller.ts';
import type { Intake } from './intake-draft.ts';
import type { IntakeState } from './use-intake.ts';

/** Whose particulars were filled in, what was left as the person had said it, and the way back. */
export function CallerFilled({ state }: { readonly state: IntakeState }) {
  const { t } = useWords();
  const box = useRef<HTMLDivElement>(null);
  const kept = useKept(state);
  // The button that was pressed is gone; the focus goes to what it changed.
  const goTo = (place: string): void =>
    box.current?.closest('form')?.querySelector<HTMLElement>(place)?.focus({ preventScroll: true });
  const choice = state.choice.value;
  if (!choice) return null;
  const { caller } = choice.chosen;
  return (
    <div ref={box} class="caller-filled" role="status">
      <p>{t('caller.filled', { who: caller.name ?? caller.account ?? caller.address })}</p>
      <QuietButton
        label={t('caller.takeBack')}
        onTap={() => {
          goTo(PLACES[choice.field]);
          state.takeBack();
        }}
      />
      {kept.map(({ field, word, value }) => (
        <div key={field} class="caller-kept">
          <p>{t('caller.kept', { field: word })}</p>
          <QuietButton
            label={t('caller.take', { value })}
            onTap={() => {
              goTo(PLACES[field]);
              state.takeKept(field);
            }}
          />
        </div>
      ))}
    </div>
  );
}

/** Where each of them stands in the form. */
const PLACES = {
  address: '[name=address]',
  name: '[name=customer-name]',
  phone: '[name=customer-phone]',
  account: '[name=customer-account]',
  area: '.segmented input:checked',
  customerClass: '[name=customer-class]',
  point: '[name=point]',
  transformer: '[name=transformer]',
  feeder: '[name=feeder]',
  unit: '[name=unit]',
} as const satisfies Record<KnownField, string>;

type Kept = { readonly field: KnownField; readonly word: string; readonly value: string };

function useKept({ choice }: IntakeState): readonly Kept[] {
  const desk = useDesk();
  const { t } = useWords();
  const { units } = desk.client.org.value;
  const kept: Partial<Intake> = choice.value?.kept ?? {};
  const area = (value: Area): string => t(`areaName.${value}`);
  const classOf = (value: CustomerClass): string => t(`class.${value}`);
  const unitOf = (value: UnitId): string => units.get(value)?.name ?? value;
  const all: readonly Kept[] = [
    { field: 'address', word: t('field.address'), value: kept.address ?? '' },
    { field: 'name', word: t('field.name'), value: kept.name ?? '' },
    { field: 'phone', word: t('field.phone'), value: kept.phone ?? '' },
    { field: 'account', word: t('field.account'), value: kept.account ?? '' },
    { field: 'area', word: t('field.area'), value: kept.area ? area(kept.area) : '' },
    { field: 'customerClass', word: t('more.class'), value: kept.customerClass ? classOf(kept.customerClass) : '' },
    { field: 'point', word: t('field.point'), value: kept.point ?? '' },
    { field: 'transformer', word: t('field.transformer'), value: kept.transformer ?? '' },
    { field: 'feeder', word: t('field.feeder'), value: kept.feeder ?? '' },
    { field: 'unit', word: t('field.unit'), value: kept.unit ? unitOf(kept.unit) : '' },
  ];
  return all.filter(({ value }) => value !== '');
}
