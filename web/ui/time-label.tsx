import './time-label.css';
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';

export type TimeLabelProps = {
  /** "14:21 ± 20 秒" */
  readonly label: string;
  /** Why it is as sure as it is, shown when tapped; null: nothing to show. */
  readonly why: string | null;
  /** The clock cannot be trusted for it. */
  readonly unsure?: boolean;
};

/** When something happened and how surely. A tap tells why. */
export function TimeLabel({ label, why, unsure = false }: TimeLabelProps) {
  const open = useSignal(false);
  const id = useId();
  const look = `time-label tabular${unsure ? ' is-unsure' : ''}`;
  if (why === null) return <span class={look}>{label}</span>;
  return (
    <span class="time-place">
      <button
        type="button"
        class={look}
        aria-expanded={open.value}
        aria-controls={id}
        onClick={() => (open.value = !open.value)}
      >
        {label}
      </button>
      <span id={id} class="time-why" role="status">
        {open.value ? why : ''}
      </span>
    </span>
  );
}
