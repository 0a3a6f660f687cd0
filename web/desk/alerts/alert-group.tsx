import { useSignal } from '@preact/signals';

import { QuietButton } from '../../ui/quiet-button.tsx';
import type { AlertCause } from '../alert-groups.ts';
import type { QueuedAlert } from '../alert-queue.ts';
import { useDesk, useWords } from '../desk-state.ts';
import { AlertCard } from './alert-card.tsx';
import { crewName } from './alert-words.ts';

type AlertGroupProps = {
  readonly face: QueuedAlert;
  readonly cause: AlertCause;
  readonly others: readonly QueuedAlert[];
  readonly current: QueuedAlert | undefined;
};

/** The worst of a group, and a line for the others; what only comes due is that line alone. Never closed over the current one. */
export function AlertGroup({ face, cause, others, current }: AlertGroupProps) {
  const desk = useDesk();
  const { t, format } = useWords();
  const shown = useSignal(0);
  const inside = current !== undefined && others.includes(current);
  const open = shown.value > 0 || inside;
  const org = desk.client.org.value;
  const showsFace = cause.is !== 'soon' || open || face === current;
  const n = showsFace ? others.length : others.length + 1;
  const what =
    cause.is === 'soon'
      ? t('alerts.groupSoon', { n, time: format.when(face.alert.limit, desk.asOf.value) })
      : cause.is === 'silent'
        ? t('alerts.groupSilent', { n, crew: crewName(cause.crew, org) })
        : t('alerts.groupUnit', { n, unit: org.units.get(cause.unit)?.name ?? cause.unit });
  const drawn = Math.max(shown.value, inside ? others.indexOf(current) + STEP : 0);
  return (
    <section class="alert-group" aria-label={what}>
      {showsFace && <AlertCard one={face} tab="standing" current={face === current} />}
      <div class="alert-more">
        <QuietButton label={what} expanded={open} onTap={() => (shown.value = open ? 0 : STEP)} />
      </div>
      {open && (
        <div class="alert-others">
          {others.slice(0, drawn).map((one) => (
            <AlertCard key={one.alert.id} one={one} tab="standing" current={one === current} />
          ))}
          {drawn < others.length && (
            <QuietButton
              label={t('alerts.groupMore', { n: others.length - drawn })}
              onTap={() => (shown.value = drawn + STEP)}
            />
          )}
        </div>
      )}
    </section>
  );
}

/** So many cards at once. */
const STEP = 20;
