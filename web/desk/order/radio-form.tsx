import { useSignal } from '@preact/signals';

import type { DataOf, Draft } from '#shared/event/catalog.ts';
import { SUSPEND_REASONS, type Suspended } from '#shared/event/field.ts';
import type { CrewId } from '#shared/ids.ts';
import { type Order, stageRank } from '#shared/order/order.ts';

import type { DeskText } from '../../text/desk-text.ts';
import { Field } from '../../ui/field.tsx';
import { SegmentedChoice } from '../../ui/segmented-choice.tsx';
import { useDesk, useWords } from '../desk-state.ts';
import { FormBox } from '../form-box.tsx';
import type { Judged } from '../judge.ts';
import { typedTime } from '../typed-time.ts';
import { FormActions } from './form-actions.tsx';
import { useCommit } from './use-commit.ts';

const STAGES = ['accepted', 'departed', 'arrived', 'restored'] as const;
const KINDS = [...STAGES, 'suspended', 'resumed'] as const;
type RadioKind = (typeof KINDS)[number];

/** What a crew says over the radio, with the time it says. Marked so; the tablet's own record stands beside it later. */
export function RadioForm({ one }: { readonly one: Judged }) {
  const desk = useDesk();
  const { t, format } = useWords();
  const { order } = one;
  const held = [...new Set(order.holdings.map(({ crew }) => crew))];
  const crew = useSignal<CrewId | null>(order.crew ?? held.at(-1) ?? null);
  const kind = useSignal<RadioKind>(nextKind(order));
  const extent = useSignal<'all' | 'part'>('all');
  const why = useSignal<Suspended['reason']>('safety');
  const clock = useSignal(format.clock(desk.client.now.value));
  const { error, commit } = useCommit(order.id);

  const report = async (): Promise<void> => {
    const at = typedTime(clock.value, desk.client.seconds.peek());
    if (at === null) {
      error.value = t('radio.badTime');
      return;
    }
    if (crew.value === null) {
      error.value = t('refusal.notWithThatCrew');
      return;
    }
    const data: Said = { crew: crew.value, radio: true, at: { at, source: 'typed' } };
    const draft = draftOf(kind.value, data, { extent: extent.value, reason: why.value });
    const said = kindWord(kind.value, t);
    await commit(draft, t('answer.byRadio', { id: order.id, said, time: format.clock(at) }));
  };

  return (
    <FormBox onCommit={report} error={error.value}>
      <SegmentedChoice
        label={t('radio.what')}
        options={KINDS.map((value) => ({ value, label: kindWord(value, t) }))}
        value={kind.value}
        onChoose={(value) => (kind.value = value)}
      />
      {kind.value === 'restored' && (
        <SegmentedChoice
          label={t('radio.extent')}
          options={[
            { value: 'all', label: t('trace.restored') },
            { value: 'part', label: t('trace.restoredPart') },
          ]}
          value={extent.value}
          onChoose={(value) => (extent.value = value)}
        />
      )}
      {kind.value === 'suspended' && (
        <SegmentedChoice
          label={t('field.reason')}
          options={SUSPEND_REASONS.map((value) => ({ value, label: t(`suspendFor.${value}`) }))}
          value={why.value}
          onChoose={(value) => (why.value = value)}
        />
      )}
      <div class="form-row">
        <Field
          label={t('radio.time')}
          hint={t('radio.timeHint')}
          name="time"
          inputMode="numeric"
          tabular
          value={clock.value}
          onInput={(text) => (clock.value = text)}
        />
        {held.length > 1 && (
          <Field
            label={t('field.crew')}
            hint={t('radio.crewHint')}
            name="crew"
            kind="select"
            options={held.map((id) => ({ value: id, label: desk.client.org.value.crews.get(id)?.name ?? id }))}
            value={crew.value ?? ''}
            onInput={(value) => (crew.value = held.find((id) => id === value) ?? null)}
          />
        )}
      </div>
      <FormActions label={t('act.byRadio')} />
    </FormBox>
  );
}

/** The step the crew has not reported yet. */
const nextKind = (order: Order): RadioKind =>
  STAGES.find((kind) => stageRank(kind) > stageRank(order.stage)) ?? 'restored';

const kindWord = (kind: RadioKind, t: DeskText): string =>
  kind === 'suspended' ? t('radio.suspended') : t(`trace.${kind}`);

type Said = DataOf<'accepted'>;

type Told = { readonly extent: 'all' | 'part'; readonly reason: Suspended['reason'] };

function draftOf(kind: RadioKind, data: Said, { extent, reason }: Told): Draft {
  switch (kind) {
    case 'restored':
      return { kind, data: { ...data, extent } };
    case 'suspended':
      return { kind, data: { ...data, reason } };
    case 'resumed':
      return { kind, data };
    case 'accepted':
      return { kind, data };
    case 'departed':
      return { kind, data };
    case 'arrived':
      return { kind, data };
  }
}
