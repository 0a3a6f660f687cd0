import { useSignal } from '@preact/signals';

import { subjectOf, type CrewId, type UnitId } from '#shared/ids.ts';

import type { Organisation } from '../../read/client-context.ts';
import { Field } from '../../ui/field.tsx';
import { QuietButton } from '../../ui/quiet-button.tsx';
import { useDesk, useWords } from '../desk-state.ts';
import { FormBox } from '../form-box.tsx';
import { refusalWords } from '../order-words.ts';
import { isInUnit } from '../unit-tree.ts';
import { isWellFormed } from '../well-formed.ts';
import { useRowEnd } from './act-row.tsx';
import { ownUnits } from './own-units.ts';

type Props = {
  readonly crew: Organisation['crews'] extends ReadonlyMap<CrewId, infer C> ? C : never;
};

/** A crew works for another unit from now on: where to, why, and what becomes of the orders it holds. */
export function MoveCrewForm({ crew }: Props) {
  const desk = useDesk();
  const end = useRowEnd();
  const { t } = useWords();
  const { org } = desk.client;
  const units = ownUnits(desk).filter(
    ({ id }) => id !== crew.unit && centreOf(org.value, id) === centreOf(org.value, crew.unit),
  );
  const to = useSignal('');
  const reason = useSignal('');
  const error = useSignal<string | null>(null);
  const held = desk.judged.value.filter(({ order }) => order.crew === crew.id && !order.closed).length;
  const from = org.value.units.get(crew.unit)?.name ?? '';
  const goal = units.find(({ id }) => id === to.value);
  // A unit above goes on seeing what is below it.
  const leaves = goal !== undefined && !isInUnit(goal.id, crew.unit, org.value);
  const record = async (): Promise<void> => {
    const unit = goal?.id;
    const why = reason.value.trim();
    const draft = unit && ({ kind: 'crewMoved', data: { unit, reason: why } } as const);
    if (!draft || why === '' || !isWellFormed(draft)) {
      error.value = t('admin.moveWrong');
      return;
    }
    const told = await desk.client.submit(subjectOf('crew', crew.id), draft);
    error.value = told.ok ? null : refusalWords(told.error, t);
    if (told.ok) end();
  };
  return (
    <FormBox onCommit={record} error={error.value}>
      <div class="form-row">
        <Field
          kind="select"
          label={t('admin.moveTo', { name: crew.name })}
          name="move-to"
          options={[
            { value: '', label: t('admin.chooseUnit') },
            ...units.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={to.value}
          onInput={(chosen) => (to.value = chosen)}
        />
        <Field
          label={t('field.reason')}
          name="move-reason"
          value={reason.value}
          onInput={(text) => (reason.value = text)}
        />
      </div>
      {leaves && <p class="meta">{t('admin.moveMeans', { from })}</p>}
      {held > 0 && <p class="meta">{t('admin.moveKeeps', { n: held, from })}</p>}
      <div class="form-actions">
        <QuietButton label={t('act.moveCrew')} keyHint="Ctrl+Enter" onTap={() => void record()} />
        <QuietButton label={t('act.leave')} keyHint="Esc" onTap={end} />
      </div>
    </FormBox>
  );
}

/** The unit at the top: a crew does not leave its company. */
function centreOf({ units }: Organisation, unit: UnitId): UnitId {
  const seen = [unit];
  for (const below of seen) {
    const parent = units.get(below)?.parent ?? null;
    if (parent !== null && !seen.includes(parent)) seen.push(parent);
  }
  return seen.at(-1) ?? unit;
}
