import './custody-mark.css';

/** `held` is received into quarantine: in the centre's hands, still being checked. */
export type Custody = 'onTablet' | 'received' | 'settled' | 'held';

/** A portrait rectangle, empty, half or full: no verdict has that outline. */
export function CustodyMark({ state, size }: { readonly state: Custody; readonly size?: number | undefined }) {
  return (
    <svg
      class={`custody-mark is-${state}`}
      viewBox="0 0 20 20"
      width={size}
      height={size}
      aria-hidden="true"
      focusable="false"
    >
      <path class="part-line" d="M3 1.5h10.5v17H3z" />
      {state === 'settled' && <path class="part-fill" d="M3 1.5h10.5v17H3z" />}
      {(state === 'received' || state === 'held') && <path class="part-fill" d="M3 10h10.5v8.5H3z" />}
      {state === 'held' && <path class="part-call" d="M18 1.5v11.5M18 16v2.6" />}
    </svg>
  );
}
