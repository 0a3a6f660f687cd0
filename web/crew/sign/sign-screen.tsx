import './sign.css';
import { useSignal } from '@preact/signals';

import type { CrewId } from '#shared/ids.ts';
import { crewRefusal } from '#shared/order/decide.ts';

import { type OrderView, useClient } from '../../read/client-context.ts';
import type { PageText } from '../../text/crew-pages-text.ts';
import { type Format, groupedId } from '../../text/format.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Field } from '../../ui/field.tsx';
import { backIcon } from '../../ui/icons.ts';
import { QuietButton } from '../../ui/quiet-button.tsx';
import { Section } from '../../ui/section.tsx';
import { type Drawn, SignatureField } from '../../ui/signature-field.tsx';
import { usePageWords } from '../page-words.ts';
import { refusalWords } from '../refusal-words.ts';
import { useShell } from '../shell.ts';
import { signedOf } from './strokes.ts';

/** Handed to the customer: what is signed stands above the field and is kept with the strokes. */
export function SignScreen({ view, crew }: { readonly view: OrderView; readonly crew: CrewId }) {
  const { t, f, p } = usePageWords();
  const shell = useShell();
  const client = useClient();
  const drawn = useSignal<Drawn | null>(null);
  const pen = useSignal<'loading' | 'ready' | 'failed'>('loading');
  const round = useSignal(0);
  const name = useSignal('');
  const busy = useSignal(false);
  const { order } = view;
  const shown = linesShown(view, crew, p, f);
  const refusal = crewRefusal(order, 'signed', crew);
  const leave = (): void => shell.go({ at: 'order', order: order.id });

  const keep = async (drawing: Drawn): Promise<void> => {
    if (busy.value) return;
    busy.value = true;
    const who = name.value.trim().slice(0, NAME_MAX);
    const data = signedOf(drawing, { crew, shown: [...shown], ...(who === '' ? {} : { name: who }) });
    const stored = await client.submit(order.id, { kind: 'signed', data });
    busy.value = false;
    if (stored.ok) leave();
  };

  return (
    <div class="sign">
      <header class="sign-head">
        <QuietButton label={t('act.back')} icon={backIcon} onTap={leave} />
        <h1 class="number">{t('act.sign')}</h1>
      </header>
      <Section title={p('sign.customerSees')}>
        <div class="sign-shown">
          {shown.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </div>
      </Section>
      <Field label={p('sign.name')} name="signer" value={name.value} onInput={(value) => (name.value = value)} />
      {pen.value === 'loading' && <p class="meta">{p('sign.loading')}</p>}
      {pen.value === 'failed' && <p class="meta">{p('sign.cannotOpen')}</p>}
      <SignatureField
        key={round.value}
        label={p('sign.here')}
        onDrawn={(next) => (drawn.value = next)}
        onState={(state) => (pen.value = state)}
      />
      {drawn.value && (
        <QuietButton
          label={t('act.signAgain')}
          onTap={() => {
            drawn.value = null;
            round.value += 1;
          }}
        />
      )}
      <div class="sign-done">
        <ActionButton
          label={t('act.signed')}
          whyNot={refusal ? refusalWords(refusal, t) : drawn.value ? undefined : p('sign.nothingYet')}
          onTap={() => drawn.value && void keep(drawn.value)}
        />
      </div>
    </div>
  );
}

const NAME_MAX = 80;

/** What stands above the field: the order, the place, and this crew's arrival and restoration. */
function linesShown({ order }: OrderView, crew: CrewId, p: PageText, f: Format): readonly string[] {
  const at = (kind: 'arrived' | 'restored'): number | undefined =>
    order.facts.findLast((fact) => fact.kind === kind && fact.crew === crew)?.time.est;
  const [arrived, restored] = [at('arrived'), at('restored')];
  return [
    p('sign.orderLine', { id: groupedId(order.id) }),
    ...(order.report ? [order.report.address] : []),
    ...(arrived === undefined ? [] : [p('sign.arrivedLine', { time: f.clock(arrived) })]),
    ...(restored === undefined ? [] : [p('sign.restoredLine', { time: f.clock(restored) })]),
  ];
}
