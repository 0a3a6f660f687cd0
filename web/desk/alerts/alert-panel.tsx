import './alert-panel.css';
import { useSignal } from '@preact/signals';

import { EmptyLine } from '../../ui/empty-line.tsx';
import { QuietButton } from '../../ui/quiet-button.tsx';
import { alone, causeKey, groupedAlerts } from '../alert-groups.ts';
import { type AlertTab, currentIn } from '../alert-queue.ts';
import { useDesk, useWords } from '../desk-state.ts';
import { AlertCard } from './alert-card.tsx';
import { AlertGroup } from './alert-group.tsx';

const TABS = [
  ['standing', 'alerts.standing'],
  ['claimed', 'alerts.claimed'],
  ['shelved', 'alerts.shelved'],
  ['withdrawn', 'alerts.withdrawn'],
] as const satisfies readonly (readonly [AlertTab, string])[];

/**
 * What asks for somebody, the most urgent on top; never scrolled by itself. What was taken is one click away, on a big
 * screen what was claimed stands beside it.
 */
export function AlertPanel() {
  const { alertTab, preferences } = useDesk();
  const { t } = useWords();
  const beside = preferences.wall?.value ?? false;
  const tabs = TABS.filter(([name]) => !beside || name !== 'claimed');
  const shown = beside && alertTab.value === 'claimed' ? 'standing' : alertTab.value;
  return (
    <section id="alerts" class="pane alert-pane" aria-labelledby="alert-title" tabIndex={-1}>
      <h2 id="alert-title" class="label visually-hidden">
        {t('alert.alert')}
      </h2>
      <Column tabs={tabs} shown={shown} />
      {beside && <Column tabs={TABS.filter(([name]) => name === 'claimed')} shown="claimed" />}
    </section>
  );
}

type ColumnProps = { readonly tabs: readonly (typeof TABS)[number][]; readonly shown: AlertTab };

/** One list with what leads to others. Keys act in the column whose list was chosen last. */
function Column({ tabs, shown }: ColumnProps) {
  const desk = useDesk();
  const { t } = useWords();
  const queue = desk.alerts.value;
  const chosen = desk.alertTab.value === shown;
  const listed = queue[shown];
  const current = chosen ? listed[currentIn(listed, desk.currentAlert.value)] : undefined;
  const rows = queue.flood && shown === 'standing' ? groupedAlerts(listed) : listed.map(alone);
  const at = rows.findIndex(({ face, others }) => current && (face === current || others.includes(current)));
  // Of thousands only as many cards exist as somebody has scrolled to.
  const most = useSignal(MORE);
  const drawn = Math.max(most.value, at + MORE / 2);
  return (
    <div class="alert-column">
      <div class="pane-head">
        {tabs.map(([name, word]) => (
          <QuietButton
            key={name}
            label={t(word, { n: queue[name].length })}
            pressed={desk.alertTab.value === name}
            onTap={() => {
              desk.alertTab.value = name;
              most.value = MORE;
            }}
          />
        ))}
      </div>
      <div class="alert-box" onScroll={(event) => reachedEnd(event.currentTarget) && (most.value = drawn + MORE)}>
        {rows
          .slice(0, drawn)
          .map(({ face, cause, others }) =>
            cause === null ? (
              <AlertCard key={face.alert.id} one={face} tab={shown} current={face === current} />
            ) : (
              <AlertGroup key={causeKey(cause)} {...{ face, cause, others, current }} />
            ),
          )}
        {listed.length === 0 && <EmptyLine text={t(shown === 'standing' ? 'alerts.none' : 'alerts.noneHere')} />}
      </div>
    </div>
  );
}

const MORE = 40;

const reachedEnd = ({ scrollTop, scrollHeight, clientHeight }: HTMLElement): boolean =>
  scrollTop + 3 * clientHeight > scrollHeight;
