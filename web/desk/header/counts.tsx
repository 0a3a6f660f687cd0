import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { useDesk, useWords } from '../desk-state.ts';
import { type Filter, FILTERS, SILENT_AFTER_MS } from '../judge.ts';
import { Load } from './load.tsx';

/** Counts that are filters; each keeps its place at zero. */
export function Counts() {
  const desk = useDesk();
  const { t } = useWords();
  const counts = desk.counts.value;
  const vans = desk.client.live.value.heard;
  const silent = vans.filter(({ heard }) => desk.asOf.value - heard >= SILENT_AFTER_MS).length;
  return (
    <div class="header-line counts" role="group" aria-label={t('desk.counts')}>
      {FILTERS.map((filter, index) => (
        <button
          key={filter}
          type="button"
          class={`count is-${filter}${counts[filter] === 0 ? ' is-none' : ''}`}
          aria-pressed={desk.filter.value === filter}
          onClick={() => (desk.filter.value = desk.filter.value === filter ? null : filter)}
        >
          {filter !== 'undispatched' && <VerdictMark look={filter} size={18} share={0.4} />}
          <span>{t(WORDS[filter])}</span>
          <span class="number">{counts[filter]}</span>
          <kbd>{index + 1}</kbd>
        </button>
      ))}
      <button
        type="button"
        class="count"
        aria-pressed={desk.filter.value === null}
        onClick={() => (desk.filter.value = null)}
      >
        <span>{t('filter.all')}</span>
        <kbd>0</kbd>
      </button>
      <span class="header-space" />
      {desk.answer.value !== null && !desk.drawerOpen.value && (
        <span class="count-answer" role="status">
          {desk.answer.value}
        </span>
      )}
      <Load />
      <span class="count-vans tabular">{t('desk.vans', { live: vans.length - silent, silent })}</span>
    </div>
  );
}

const WORDS = {
  missed: 'filter.missed',
  unknown: 'filter.unknown',
  soon: 'filter.soon',
  running: 'filter.running',
  undispatched: 'filter.undispatched',
} as const satisfies { readonly [F in Filter]: string };
