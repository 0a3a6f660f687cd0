import { FLOOD } from '../alert-flood.ts';
import { useDesk, useWords } from '../desk-state.ts';

/** How much this seat is asked to bear: new alerts in ten minutes. */
export function Load() {
  const desk = useDesk();
  const { load } = desk.alerts.value;
  const { t } = useWords();
  const flood = load > FLOOD;
  return (
    <span class={`header-load tabular${flood ? ' is-flood' : ''}`}>
      <meter min={0} max={FLOOD} value={Math.min(load, FLOOD)} aria-hidden="true" />
      {t(flood ? 'desk.loadFlood' : 'desk.load', { n: load, of: FLOOD })}
    </span>
  );
}
