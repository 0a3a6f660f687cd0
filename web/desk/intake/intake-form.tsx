import './intake-form.css';
import { useComputed, useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';

import { AREAS, CUSTOMER_CLASSES } from '#shared/event/parts.ts';
import { asOrderId, type OrderId, type UnitId } from '#shared/ids.ts';

import { ActionButton } from '../../ui/action-button.tsx';
import { Drawer } from '../../ui/drawer.tsx';
import { Field } from '../../ui/field.tsx';
import { QuietButton } from '../../ui/quiet-button.tsx';
import { SegmentedChoice } from '../../ui/segmented-choice.tsx';
import { useDesk, useWords } from '../desk-state.ts';
import { FormBox } from '../form-box.tsx';
import { refusalWords } from '../order-words.ts';
import { typedPoint } from '../typed-point.ts';
import { useKeydown } from '../use-keydown.ts';
import { isWellFormed } from '../well-formed.ts';
import { CallerField } from './caller-field.tsx';
import { CallerFilled } from './caller-filled.tsx';
import { HazardChoice } from './hazard-choice.tsx';
import { CHANNELS, intakeDraft } from './intake-draft.ts';
import { SameTroubleList } from './same-trouble-list.tsx';
import { sameTrouble, type SameTrouble } from './same-trouble.ts';
import { Taken } from './taken.tsx';
import { UnitField } from './unit-field.tsx';
import { useCallers } from './use-callers.ts';
import { useIntake } from './use-intake.ts';

/** A report while the customer is on the line: the order of the fields is the order of the questions. */
export function IntakeForm() {
  const session = useDesk().client.session.value;
  return session && <Form unit={session.unit.id} />;
}

function Form({ unit }: { readonly unit: UnitId }) {
  const desk = useDesk();
  const { t } = useWords();
  const { client } = desk;
  const state = useIntake(unit);
  const callers = useCallers();
  const { form, put } = state;
  const error = useSignal<string | null>(null);
  const taken = useSignal<OrderId | null>(null);
  const round = useSignal(0);

  const found = useComputed(() =>
    sameTrouble(
      { ...form.value, point: typedPoint(state.point.value) },
      desk.judged.value.map(({ order }) => order),
    ),
  );

  const goOn = async ({ order }: SameTrouble): Promise<void> => {
    const { name, phone, words } = form.value;
    const said = [name, phone, words].map((text) => text.trim()).filter(Boolean);
    const draft = {
      kind: 'noted',
      data: { crew: order.crew, text: [t('same.calledAgain'), ...said].join(' · ') },
    } as const;
    if (!isWellFormed(draft)) {
      error.value = t('refusal.tooLong');
      return;
    }
    const done = await client.submit(order.id, draft);
    error.value = done.ok ? null : refusalWords(done.error, t);
    if (!done.ok) return;
    desk.layer.value = 'none';
    desk.open(order.id);
    desk.answer.value = t('answer.noted', { id: order.id });
  };

  const commit = async (into?: SameTrouble): Promise<void> => {
    const draft = intakeDraft(state.said());
    if (!draft.ok) {
      error.value = t(`intake.${draft.error}`);
      return;
    }
    if (!isWellFormed(draft.value)) {
      error.value = t('refusal.tooLong');
      return;
    }
    const done = await client.submit('new', draft.value);
    error.value = done.ok ? null : refusalWords(done.error, t);
    if (!done.ok) return;
    const id = asOrderId(done.value);
    if (into) {
      const reason = into.reasons.map((why) => t(why === 'near' ? 'same.nearby' : `same.${why}`)).join(' · ');
      const merged = await client.submit(id, { kind: 'merged', data: { into: into.order.id, reason } });
      error.value = merged.ok ? null : refusalWords(merged.error, t);
    }
    taken.value = id;
    desk.select(asOrderId(done.value));
    state.clear();
    callers.done();
    round.value += 1;
  };

  // The chord belongs to the form wherever the focus is in it.
  const place = useRef<HTMLDivElement>(null);
  useKeydown(place, (event) => {
    const [first] = found.peek();
    if (event.code !== 'KeyM' || !(event.ctrlKey || event.metaKey) || !first) return;
    event.preventDefault();
    void commit(first);
  });

  const { value } = form;
  return (
    <Drawer
      title={t('intake.title')}
      closeLabel={t('act.close')}
      onClose={() => (desk.layer.value = 'none')}
      takesFocus={false}
    >
      <div ref={place}>
        {taken.value !== null && <Taken id={taken.value} />}
        <FormBox key={round.value} onCommit={() => commit()} error={error.value}>
          <CallerField field="address" state={state} callers={callers} />
          <SegmentedChoice
            label={t('field.area')}
            options={AREAS.map((area) => ({ value: area, label: t(`areaName.${area}`), note: t(`areaLimit.${area}`) }))}
            value={value.area}
            onChoose={(area) => put({ area })}
          />
          <Field
            kind="area"
            rows={2}
            label={t('field.words')}
            name="words"
            value={value.words}
            onInput={(words) => put({ words })}
          />
          <HazardChoice chosen={value.hazards} onChange={(hazards) => put({ hazards })} />
          <div class="form-row">
            <CallerField field="name" state={state} callers={callers} />
            <CallerField field="phone" state={state} callers={callers} />
            <CallerField field="account" state={state} callers={callers} />
          </div>
          <CallerFilled state={state} />
          <div class="form-row">
            <Field
              label={t('field.customersOut')}
              name="customers"
              inputMode="numeric"
              tabular
              value={value.customers}
              onInput={(customers) => put({ customers })}
            />
            <Field
              label={t('field.channel')}
              name="channel"
              kind="select"
              options={CHANNELS.map((channel) => ({ value: channel, label: t(`channel.${channel}`) }))}
              value={value.channel}
              onInput={(chosen) => put({ channel: CHANNELS.find((one) => one === chosen) ?? 'phone' })}
            />
            <UnitField value={value} put={put} />
          </div>
          <div class="form-row">
            <Field
              label={t('more.class')}
              name="customer-class"
              kind="select"
              options={CUSTOMER_CLASSES.map((one) => ({ value: one, label: t(`class.${one}`) }))}
              value={value.customerClass}
              onInput={(chosen) => put({ customerClass: CUSTOMER_CLASSES.find((one) => one === chosen) ?? 'ordinary' })}
            />
            <Field
              label={t('field.transformer')}
              name="transformer"
              value={value.transformer}
              onInput={(transformer) => put({ transformer })}
            />
            <Field label={t('field.feeder')} name="feeder" value={value.feeder} onInput={(feeder) => put({ feeder })} />
          </div>
          <Field
            label={t('field.point')}
            hint={t('intake.pointHint')}
            name="point"
            tabular
            value={state.point.value}
            onInput={(point) => {
              desk.picked.value = null;
              put({ point });
            }}
          />
          <SameTroubleList
            found={found.value}
            onContinue={(one) => void goOn(one)}
            onMerge={(one) => void commit(one)}
          />
          <div class="form-actions intake-end">
            <ActionButton label={t('intake.make')} keyHint="Ctrl+Enter" submits onTap={noop} />
            <QuietButton label={t('act.leave')} keyHint="Esc" onTap={() => (desk.layer.value = 'none')} />
          </div>
          <p class="meta">{t('intake.offlineToo')}</p>
        </FormBox>
      </div>
    </Drawer>
  );
}

// The form's own submit does the work, also for the keyboard.
const noop = (): void => undefined;
