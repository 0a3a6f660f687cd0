import type { CallerField as Field } from '#shared/order/caller-keys.ts';

import { useDesk, useWords } from '../desk-state.ts';
import type { PossibleCaller } from './possible-callers.ts';
import { SuggestField } from './suggest-field.tsx';
import type { useCallers } from './use-callers.ts';
import type { IntakeState } from './use-intake.ts';

type Props = {
  readonly field: Field;
  readonly state: IntakeState;
  readonly callers: ReturnType<typeof useCallers>;
};

const NAMES = {
  address: 'address',
  name: 'customer-name',
  phone: 'customer-phone',
  account: 'customer-account',
} as const satisfies Record<Field, string>;

/** A line of the form by which somebody can be known. */
export function CallerField({ field, state, callers }: Props) {
  const { t } = useWords();
  const possible = callers.of(field);
  return (
    <SuggestField
      label={t(`field.${field}`)}
      name={NAMES[field]}
      inputMode={field === 'phone' ? 'tel' : 'text'}
      tabular={field === 'phone' || field === 'account'}
      value={state.form.value[field]}
      onInput={(text) => state.put({ [field]: text })}
      onLook={(text) => callers.look(field, text)}
      suggestions={possible.map((one) => ({ id: one.id, shown: <CallerLines one={one} /> }))}
      meaning={t('caller.who')}
      keys={t('caller.keys')}
      found={t('caller.found', { n: possible.length })}
      onChoose={(id) => {
        const chosen = possible.find((one) => one.id === id);
        callers.done();
        if (chosen) state.choose(chosen, field);
      }}
    />
  );
}

function CallerLines({ one: { caller, order } }: { readonly one: PossibleCaller }) {
  const desk = useDesk();
  const { t, format } = useWords();
  const { name, phone, account, address, area, transformer, customerClass } = caller;
  const where = [
    area && t(`areaName.${area}`),
    transformer,
    customerClass === 'important' ? t('class.important') : null,
  ].filter(Boolean);
  return (
    <>
      <span class="caller-line">
        <b>{address}</b>
        <span class="meta">
          {order
            ? t('caller.reported', { id: order.id, when: format.when(order.reportedAt, desk.client.now.value) })
            : t('caller.customer')}
        </span>
      </span>
      <span class="caller-line">
        <span class="tabular">{[name, phone, account].filter(Boolean).join(' · ')}</span>
        <span class="meta">{where.join(' · ')}</span>
      </span>
    </>
  );
}
