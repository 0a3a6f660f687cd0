import { RETURN_REASONS, SUSPEND_REASONS } from '#shared/event/field.ts';

import type { OrderView } from '../../read/client-context.ts';
import { Field } from '../../ui/field.tsx';
import { callIcon } from '../../ui/icons.ts';
import { QuietButton } from '../../ui/quiet-button.tsx';
import { SegmentedChoice } from '../../ui/segmented-choice.tsx';
import { dialledOf } from '../dialled.ts';
import { LinkButton } from '../link-button.tsx';
import { usePageWords } from '../page-words.ts';
import type { ActName } from '../place.ts';
import { returnWord, suspendWord } from '../reason-words.ts';
import type { Draft } from '../use-draft.ts';
import { CHOICE_WORDS, etrAt } from './act-draft.ts';
import { MaterialsForm } from './materials-form.tsx';

type FormProps = { readonly act: ActName; readonly view: OrderView; readonly draft: Draft; readonly now: number };

export function ActForm({ act, view, draft, now }: FormProps) {
  const { t, p } = usePageWords();
  switch (act) {
    case 'contacted':
      return <ContactForm view={view} draft={draft} />;
    case 'diagnosed':
      return (
        <>
          <Several group="cause" label={p('form.cause')} draft={draft} />
          <Words label={p('form.inWords')} draft={draft} />
          <EtrChoice draft={draft} now={now} />
        </>
      );
    case 'explained':
      return (
        <>
          <Several group="why" label={p('form.why')} draft={draft} />
          <Words label={p('form.inWords')} draft={draft} />
        </>
      );
    case 'suspended':
      return (
        <>
          <Reason draft={draft} options={SUSPEND_REASONS.map((value) => ({ value, label: suspendWord(value, p) }))} />
          <Words label={p('form.inWords')} draft={draft} />
          <p class="meta">{p('form.clockGoesOn')}</p>
        </>
      );
    case 'returned':
      return (
        <>
          <Reason draft={draft} options={RETURN_REASONS.map((value) => ({ value, label: returnWord(value, p) }))} />
          <Words label={p('form.inWords')} draft={draft} />
          <p>{p('form.returnMeans')}</p>
        </>
      );
    case 'materialsUsed':
      return <MaterialsForm draft={draft} />;
    case 'noted':
      return <Words label={t('order.whatToNote')} draft={draft} rows={6} />;
  }
}

function ContactForm({ view, draft }: { readonly view: OrderView; readonly draft: Draft }) {
  const { t, p } = usePageWords();
  const customer = view.order.report?.customer;
  const dialled = customer?.phone === undefined ? null : dialledOf(customer.phone);
  return (
    <>
      <div class="act-call">
        <p class="label">
          {customer?.name ?? t('order.customer')} <span class="tabular">{customer?.phone ?? ''}</span>
        </p>
        {dialled !== null && <LinkButton href={`tel:${dialled}`} label={t('act.call')} icon={callIcon} />}
        {customer?.phone === undefined && <p class="meta">{t('order.noPhone')}</p>}
        {customer?.phone !== undefined && dialled === null && <p class="meta">{t('order.phoneMasked')}</p>}
      </div>
      <SegmentedChoice
        label={p('form.reached')}
        value={draft.filled.value['reached']}
        options={[
          { value: 'yes', label: p('form.reachedYes') },
          { value: 'no', label: p('form.reachedNo') },
        ]}
        onChoose={(reached) => draft.set({ reached })}
      />
    </>
  );
}

/** Any number of them, each on or off by a tap. */
function Several(props: { readonly group: 'cause' | 'why'; readonly label: string; readonly draft: Draft }) {
  const { group, label, draft } = props;
  const { p } = usePageWords();
  return (
    <fieldset class="act-choices">
      <legend class="label">{label}</legend>
      {CHOICE_WORDS[group](p).map(([name, word]) => {
        const key = `${group}.${name}`;
        const on = draft.filled.value[key] === 'on';
        return (
          <QuietButton key={name} label={word} pressed={on} onTap={() => draft.set({ [key]: on ? 'off' : 'on' })} />
        );
      })}
    </fieldset>
  );
}

/** One of them. */
function Reason(props: {
  readonly draft: Draft;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}) {
  const { t } = usePageWords();
  const { draft, options } = props;
  const chosen = draft.filled.value['reason'];
  return (
    <fieldset class="act-choices">
      <legend class="label">{t('away.reason')}</legend>
      {options.map(({ value, label }) => (
        <QuietButton key={value} label={label} pressed={chosen === value} onTap={() => draft.set({ reason: value })} />
      ))}
    </fieldset>
  );
}

const ETR_MINUTES = [30, 60, 120, 240] as const;

/** When power is expected back; nothing is promised for anybody who chooses nothing. */
function EtrChoice({ draft, now }: { readonly draft: Draft; readonly now: number }) {
  const { p, f } = usePageWords();
  const unsure = { value: '0', label: p('form.etrUnsure') };
  const minutes = ETR_MINUTES.map((value) => ({
    value: String(value),
    label: f.span(value * 60_000),
    note: f.clock(etrAt(value, now)),
  }));
  return (
    <SegmentedChoice
      label={p('form.etr')}
      value={draft.filled.value['etr']}
      options={[...minutes, unsure]}
      onChoose={(etr) => draft.set({ etr })}
    />
  );
}

function Words({ label, draft, rows = 2 }: { readonly label: string; readonly draft: Draft; readonly rows?: number }) {
  return (
    <Field
      kind="area"
      rows={rows}
      label={label}
      name="words"
      value={draft.filled.value['text'] ?? ''}
      onInput={(text) => draft.set({ text })}
    />
  );
}
