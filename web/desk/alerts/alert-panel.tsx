import './alert-panel.css';
import { useSignal } from '@preact/signals';

import { EmptyLine } from '../../ui/empty-line.tsx';
import { QuietButton } from '../../ui/quiet-button.tsx';
import { type AlertTab, currentIn } from '../alert-queue.ts';
import { useDesk, useWords } from '../desk-state.ts';
import { AlertCard } from './alert-card.tsx';

const TABS = [
  ['standing', 'alerts.standing'],
  ['claimed', 'alerts.claimed'],
  ['shelved', 'alerts.shelved'],
  ['withdrawn', 'alerts.withdrawn'],
] as const satisfies readonly (readonly [AlertTab, string])[];

/** What asks for somebody, the most urgent on top; never scrolled by itself. What was taken is one click away. */
export function AlertPanel() {
  const desk = useDesk();
  const { t } = useWords();
  const tab = desk.alertTab;
  const queue = desk.alerts.value;
  const listed = queue[tab.value];
  const current = currentIn(listed, desk.currentAlert.value);
  // Of thousands only as many cards exist as somebody has scrolled to.
  const most = useSignal(MORE);
  const drawn = Math.max(most.value, current + MORE / 2);
  return (
    <section id="alerts" class="pane alert-pane" aria-labelledby="alert-title" tabIndex={-1}>
      <div class="pane-head">
        <h2 id="alert-title" class="label visually-hidden">
          {t('alert.alert')}
        </h2>
        {TABS.map(([name, word]) => (
          <QuietButton
            key={name}
            label={t(word, { n: queue[name].length })}
            pressed={tab.value === name}
            onTap={() => {
              tab.value = name;
              most.value = MORE;
            }}
          />
        ))}
      </div>
      <div class="alert-box" onScroll={(event) => reachedEnd(event.currentTarget) && (most.value = drawn + MORE)}>
        {listed.slice(0, drawn).map((one, at) => (
          <AlertCard key={one.alert.id} one={one} current={at === current} />
        ))}
        {listed.length === 0 && <EmptyLine text={t(tab.value === 'standing' ? 'alerts.none' : 'alerts.noneHere')} />}
      </div>
    </section>
  );
}

const MORE = 40;

const reachedEnd = ({ scrollTop, scrollHeight, clientHeight }: HTMLElement): boolean =>
  scrollTop + 3 * clientHeight > scrollHeight;
