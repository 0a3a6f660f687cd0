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
      suggestions={possible.map((one) => ({ id: one.id, shown: <CallerLines one={one} field={field} /> }))}
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

type LinesProps = { readonly one: PossibleCaller; readonly field: Field };

/** What is known in two lines; what was looked for by stands out. */
function CallerLines({ one: { caller, order }, field }: LinesProps) {
  const desk = useDesk();
  const { t, format } = useWords();
  const { address, area, transformer, customerClass } = caller;
  const who = (['name', 'phone', 'account'] as const).flatMap((by) => {
    const text = caller[by];
    return text === null ? [] : [by === field ? <b key={by}>{text}</b> : <span key={by}>{text}</span>];
  });
  const where = [
    area && t(`areaName.${area}`),
    transformer,
    customerClass === 'important' ? t('class.important') : null,
  ].filter(Boolean);
  return (
    <>
      <span class="caller-line">
        {field === 'address' ? <b>{address}</b> : <span>{address}</span>}
        <span class="meta">
          {order
            ? t('caller.reported', { id: order.id, when: format.when(order.reportedAt, desk.client.now.value) })
            : t('caller.customer')}
        </span>
      </span>
      <span class="caller-line">
        <span class="caller-who tabular">{who}</span>
        <span class="meta">{where.join(' · ')}</span>
      </span>
    </>
  );
}
