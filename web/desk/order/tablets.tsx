import './tablets.css';
import { useSignal } from '@preact/signals';

import { subjectOf } from '#shared/ids.ts';
import { isLive } from '#shared/order/order.ts';
import { reachOf } from '#shared/order/rights.ts';

import { Field } from '../../ui/field.tsx';
import { QuietButton } from '../../ui/quiet-button.tsx';
import { Section } from '../../ui/section.tsx';
import { useDesk, useWords } from '../desk-state.ts';
import { FormBox } from '../form-box.tsx';
import { type Judged, SILENT_AFTER_MS } from '../judge.ts';
import type { KnownDevice } from '../known.ts';
import { FormActions } from './form-actions.tsx';
import { useCommit } from './use-commit.ts';

/** The tablets whose news is waited for, and those that are waited for no more; the others need no word. */
export function Tablets({ one }: { readonly one: Judged }) {
  const desk = useDesk();
  const { t } = useWords();
  const { order, at } = one;
  if (!isLive(order)) return null;
  const told = desk.known.value
    .devicesAround(order)
    .filter(({ device, heard }) => device.lost !== null || at - heard >= SILENT_AFTER_MS);
  if (told.length === 0) return null;
  return (
    <Section title={t('tablet.title')}>
      <ul class="tablets">
        {told.map((known) => (
          <Tablet key={known.device.id} known={known} at={at} />
        ))}
      </ul>
    </Section>
  );
}

function Tablet({ known, at }: { readonly known: KnownDevice; readonly at: number }) {
  const desk = useDesk();
  const { t, format } = useWords();
  const { device, crew, heard } = known;
  const { lost } = device;
  const org = desk.client.org.value;
  const kind = lost ? 'deviceFound' : 'deviceLost';
  const role = desk.client.session.value?.person.role;
  const barred = role === undefined || reachOf(role, kind) === null;
  const form = desk.orderForm.value;
  const open = typeof form === 'object' && form !== null && 'device' in form && form.device === device.id;
  const person = lost && (lost.by === null ? t('trace.machine') : (org.persons.get(lost.by)?.name ?? lost.by));
  return (
    <li class={`tablet-line${lost ? ' is-lost' : ''}`}>
      <p>
        <b>{t('tablet.name', { writer: device.writer })}</b> · {org.crews.get(crew)?.name ?? crew}
        <span class="tablet-news tabular">{format.noNewsSince(heard, at)}</span>
        {lost && (
          <span class="meta">
            {t('tablet.lostBy', { time: format.when(lost.at, at), person: person ?? '', reason: lost.reason })}
          </span>
        )}
      </p>
      {device.renamedAt !== undefined && !lost && (
        <p class="meta">{t('tablet.renamed', { time: format.when(device.renamedAt, at) })}</p>
      )}
      <QuietButton
        label={t(lost ? 'tablet.found' : 'tablet.lost')}
        expanded={open}
        whyNot={barred ? t('refusal.notAllowed') : undefined}
        onTap={() => (desk.orderForm.value = open ? null : { device: device.id })}
      />
      {open && <TabletForm key={kind} known={known} kind={kind} />}
    </li>
  );
}

type TabletFormProps = { readonly known: KnownDevice; readonly kind: 'deviceLost' | 'deviceFound' };

/** The second look: what it means, and why it is said. */
function TabletForm({ known: { device }, kind }: TabletFormProps) {
  const { t } = useWords();
  const reason = useSignal('');
  const { error, commit } = useCommit(subjectOf('device', device.id));
  const declare = async (): Promise<void> => {
    const why = reason.value.trim();
    if (why === '') {
      error.value = t('refusal.reasonMissing');
      return;
    }
    const answer = kind === 'deviceLost' ? 'answer.tabletLost' : 'answer.tabletFound';
    await commit({ kind, data: { reason: why } }, t(answer, { writer: device.writer }));
  };
  return (
    <div class="order-form">
      <FormBox onCommit={declare} error={error.value}>
        <p>{t(kind === 'deviceLost' ? 'tablet.lostMeans' : 'tablet.foundMeans')}</p>
        <Field label={t('field.reason')} name="reason" value={reason.value} onInput={(text) => (reason.value = text)} />
        <FormActions label={t(kind === 'deviceLost' ? 'tablet.lost' : 'tablet.found')} />
      </FormBox>
    </div>
  );
}
